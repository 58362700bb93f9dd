"""What a short form stands for is read off the article that writes it out."""

from collections.abc import Sequence

import pytest

from index.model import Passage, Reference
from retrieval.answer import Span
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question
from retrieval.reading.explaining_reader import EXPLAINED, ExplainingReader

TEXT = "He leads the National Resistance Front of Afghanistan (NRF). The UN met."
PASSAGE = Passage(0, Reference("a", "T"), 0, TEXT, ((0, 60), (61, len(TEXT))))
HITS = [Hit(PASSAGE, 0.5, 1.0, 1.0)]
LONG = "National Resistance Front of Afghanistan"


class Other:
    """A reader that always takes the UN for the answer."""

    def __init__(self, score: float) -> None:
        self._score = score

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        at = TEXT.index("UN")
        return [Span(hit.passage, at, at + 2, self._score) for hit in hits]


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
    first, other = ExplainingReader(Other(0.4)).read(Question.alone(question), HITS)
    assert (first.text, first.score) == (LONG, EXPLAINED) and other.text == "UN"
    assert ExplainingReader(Other(0.99)).read(Question.alone(question), HITS)[0].score == 0.99


@pytest.mark.parametrize(
    "question",
    ["What does UN stand for?", "Who leads the NRF?", "What does Massoud stand for in the vote?"],
)
def test_anything_else_is_left_to_the_reader(question: str) -> None:
    assert [
        span.text for span in ExplainingReader(Other(0.4)).read(Question.alone(question), HITS)
    ] == ["UN"]
