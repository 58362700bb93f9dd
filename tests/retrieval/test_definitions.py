"""What a short form stands for is read off the article that writes it out."""

import pytest

from index.model import Passage, Reference
from retrieval.definitions import explained

TEXT = "He leads the National Resistance Front of Afghanistan (NRF). The UN met."
PASSAGE = Passage(0, Reference("a", "T"), 0, TEXT, ((0, 60), (61, len(TEXT))))
LONG = "National Resistance Front of Afghanistan"


@pytest.mark.parametrize(
    "question",
    [
        "What does NRF stand for?",
        "what does the abbreviation “nrf” mean",
        "What is NRF short for?",
        "What’s the full name of the NRF?",
    ],
)
def test_the_long_form_is_the_answer(question: str) -> None:
    (span,) = explained(question, [PASSAGE])
    assert span.text == LONG and TEXT[span.start : span.end] == LONG


@pytest.mark.parametrize(
    "question",
    ["What does UN stand for?", "Who leads the NRF?", "What does Massoud stand for in the vote?"],
)
def test_anything_else_is_left_to_the_reader(question: str) -> None:
    assert list(explained(question, [PASSAGE])) == []
