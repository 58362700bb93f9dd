"""Names: a table of questions and answers, each with its names and what they seem to be."""

import pytest

from index.language.names import capitalised_words, mentions, names_in, topic

MENTIONS = {
    # names
    "who is Floyd Mayweather?": "Floyd Mayweather (name)",
    "who beat Mayweather?": "Mayweather (name)",
    "what did Mayor Adams say?": "Mayor Adams (name)",
    "who lives in Mayotte?": "Mayotte (place)",
    "is it cold in Juneau?": "Juneau (place)",
    "did Augustus find Rome?": "Augustus (name), Rome (name)",
    "who won the war in Eastern Europe?": "Eastern Europe (place)",
    "when did Theresa May resign?": "Theresa May (name)",
    "who is April Jones?": "April Jones (name)",
    "who owns the Sunday Times?": "the Sunday Times (group)",
    "who joined the March for Life?": "the March for Life (group)",
    "who sang on Saturday Night Live?": "Saturday Night Live (name)",
    "who painted like Leonardo da Vinci?": "Leonardo da Vinci (name)",
    "did Ursula von der Leyen agree?": "Ursula von der Leyen (name)",
    "what did WHO say?": "WHO (group)",
    # what stands before them
    "Did Massoud agree?": "Massoud (name)",
    "After Massoud left, who led it?": "Massoud (name)",
    "Which is Massoud’s book?": "Massoud (name)",
    "who won January's Australian Open?": "Australian Open (name)",
    "who lost in March the Office of Fair Trading won?": "the Office of Fair Trading won (group)",
    "who won the July 17 Punjab polls?": "the July 17 Punjab polls (group)",
    "who won July 17 Punjab polls?": "Punjab (name)",
    # dates
    "who won in May?": "",
    "who won on March 3?": "",
    "who won on Friday the 13th?": "",
    "who won in May of 2003?": "",
    "who won in 1945?": "",
    "Where 345 were killed in the 2006 Hajj stampede?": "Hajj (name)",  # and no number
    "what began in the 1980s?": "",
    "who left on Christmas Eve?": "",
    "who won on Monday?": "",
    # persons, groups, places
    "what did Prime Minister Blair say?": "Prime Minister Blair (person)",
    "what did the Prime Minister say?": "the Prime Minister (person)",
    "who won the President's Cup?": "the President's Cup (group)",
    "who leads the Taliban?": "the Taliban (group)",
    "who leads Riggs Bank?": "Riggs Bank (group)",
    "how many died in the Mecca crane collapse?": "the Mecca crane collapse (group)",
    "Why?": "",
    "Massoud": "Massoud (name)",
}


@pytest.mark.parametrize(("text", "names"), MENTIONS.items())
def test_mentions(text: str, names: str) -> None:
    found = mentions(text)
    assert ", ".join(f"{one.text} ({one.kind})" for one in found) == names
    assert all(text[one.start :].startswith(one.text) for one in found)


TOPICS = {
    "who bought the airline?": "the airline (thing)",
    "what did the spokesman say?": "the spokesman (person)",
    "who is the chief executive of Apple?": "the chief executive of Apple (person)",
    "how big is the fire in Madrid?": "the fire in Madrid (thing)",
    "who caught a doctor?": "the doctor (person)",
    "how many died in the 2006 Hajj stampede?": None,
    "did it rain in the 1980s on the island?": "the island (thing)",
    "why?": None,
}


@pytest.mark.parametrize(("question", "said"), TOPICS.items())
def test_topic(question: str, said: str | None) -> None:
    found = topic(question)
    assert (found and f"{found.text} ({found.kind})") == said


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who leads the National Front?", {"nation", "front"}),
        ("Massoud leads what?", set()),  # a first word has its capital anyhow
        ("who leads the nrf?", set()),
        ("WHO LEADS THE NRF?", set()),
        ("What did “Özil” say to I. Gündoğan?", {"ozil", "gundogan"}),
        ("Who said The Times lied?", {"time"}),
    ],
)
def test_names_are_written_with_a_capital(question: str, names: set[str]) -> None:
    assert names_in(question) - {"i"} == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("He did.", set()),
        ("He met Ann.", {"ann"}),
        ("Ann Lind left.", {"ann", "lind"}),
    ],
)
def test_capitalised_words(sentence: str, names: set[str]) -> None:
    assert capitalised_words(sentence) == names
