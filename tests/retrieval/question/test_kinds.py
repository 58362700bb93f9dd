"""What kind of answer a question wants."""

import pytest

from retrieval.question.kinds import echoes, fits_a_name_question, timely, yes_or_no


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
        ("Who led the march?", "students", True),
        ("Who proposed the settlement?", "religious clerics", True),
        ("What is the name of the general?", "13 bodyguards", False),
        ("what's his full name", "Abdul Wudod Zara", True),
        ("What is the name of his phone?", "the new iPhone", True),
        ("What does the name mean?", "five lions", True),
    ],
)
def test_who_asks_for_a_name_is_given_one(question: str, answer: str, may: bool) -> None:
    assert fits_a_name_question(question, answer) is may


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


def test_an_answer_that_only_says_again_what_was_asked() -> None:
    asked = "Who is the chief of WADA (World Anti-Doping Agency)?"
    assert echoes(asked, "The World Anti-Doping Agency") and echoes(asked, "WADA")
    assert not echoes(asked, "Dick Pound") and not echoes(asked, "the")
    assert not echoes("Is it Oslo or Rome?", "Rome") and not echoes("Did the NRF agree?", "agree")
