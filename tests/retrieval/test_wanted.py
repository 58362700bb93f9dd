"""What kind of answer a question wants."""

import pytest

from retrieval.wanted import may_name, timely, yes_or_no


@pytest.mark.parametrize(
    ("question", "now"),
    [
        ("who leads the NRF?", True),
        ("who is the prime minister?", True),
        ("how many people are still missing?", True),
        ("what is the latest on the truce?", True),
        ("who was the prime minister?", False),
        ("who won the match?", False),
        ("when did it open?", False),
        ("who is the man who had a stroke in 1999?", False),
    ],
)
def test_timely(question: str, now: bool) -> None:
    assert timely(question) is now


@pytest.mark.parametrize(
    ("question", "answer", "may"),
    [
        ("who leads the NRF?", "former Afghan security forces and local militias", False),
        ("who leads the NRF?", "Ahmad Massoud", True),
        ("Who is the spokesman of the NRF?", "Fahim Dashti, a journalist", True),
        ("Who's the president?", "Mr Kirchner", True),
        ("Who heads the union?", "Gordon of Khartoum", True),
        ("Who is the captain?", "Özil", True),
        ("Who is the captain?", "“Ömer” the elder", True),
        ("Who led the march?", "students", True),
        ("Who is the current mayor?", "its founder", False),
        ("Who proposed the settlement?", "religious clerics", True),
        ("What does the NRF lead?", "local militias", True),
        ("What is the name of the general?", "13 bodyguards", False),
        ("what's his full name", "Abdul Wudod Zara", True),
        ("What is the name of his phone?", "the new iPhone", True),
        ("What does the name mean?", "five lions", True),
        ("Who is Tony Blair's chancellor?", "Westminster legend", False),
        ("Who is Tony Blair's chancellor?", "Gordon Brown", True),
        ("who is the NRF’s spokesman", "a former journalist", False),
        ("Who is the prime minister of India?", "the head of government", False),
        ("Who was in the minister's office?", "two guards", True),
        ("Who heads the party, Ann Lind or Per Falk?", "Ann Lind", True),
        ("Who is the chief suspect in the murder?", "a former soldier", True),
        ("Who is Queen Elizabeth?", "the longest-reigning monarch", True),
        ("Who is coach Jürgen Klopp?", "the manager who won", True),
        ("Who is the chief of WADA?", "a doping agency", False),
        ("Who was the lawyer of the sprinter?", "Gregory Ioannidis", True),
    ],
)
def test_who_asks_for_a_name_is_given_one(question: str, answer: str, may: bool) -> None:
    assert may_name(question, answer) is may


def test_whom_the_question_tells_of_is_no_answer() -> None:
    long = frozenset({"nation", "front"})
    for asked in ("Who leads the NRF?", "who is the NRF’s leader?"):
        assert not may_name(asked, "Taliban stopped, the National Front", long)
        assert may_name(asked, "Massoud of the National Front", long)
        assert not may_name(asked, "a former journalist of the NRF", long)


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("Did the NRF agree?", True),
        ("didn't they agree?", True),
        ("Won’t he go?", True),
        ("Can the valley hold?", True),
        ("Can you tell me what Ann Lind said?", False),
        ("Who did it?", False),
        ("Island life?", False),
    ],
)
def test_yes_or_no(question: str, so: bool) -> None:
    assert yes_or_no(question) is so
