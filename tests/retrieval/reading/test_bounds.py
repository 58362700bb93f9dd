"""How likely a neighbour must be, how long quotes get, how far a lead counts, in figures of their
own: a test that borrows them from the code cannot see them move."""

from __future__ import annotations

import math

import pytest

from index.model import Passage, Reference
from retrieval.question.asked import Question
from retrieval.quoting import quote_of
from retrieval.reading.article_margin import article_margins
from retrieval.reading.explaining_reader import ExplainingReader
from retrieval.reading.joining import joined
from retrieval.reading.reader import Span
from tests.retrieval.reading.test_explaining_reader import HITS, Other


def taken(first: int, second: int, share: float) -> list[int]:
    """Which of two neighbours, of so many words, are quoted together when the second is ``share``
    as likely as the first."""
    sentences = ["Rain " + "fell " * (words - 2) + "on." for words in (first, second)]
    text = " ".join(sentences)
    cut = len(sentences[0])
    bounds = ((0, cut), (cut + 1, len(text)))
    passage = Passage(0, Reference("a", "T"), 0, text, bounds)
    quotes = [quote_of(Span(passage, *bound, 0.5)) for bound in bounds]
    return joined([0.0, math.log(share)], quotes, [passage] * 2)[0]


@pytest.mark.parametrize(("share", "found"), [(0.32, [0, 1]), (0.28, [0])])
def test_three_tenths_as_likely_is_near_enough(share: float, found: list[int]) -> None:
    assert taken(6, 6, share) == found


@pytest.mark.parametrize(("words", "found"), [(80, [0, 1]), (81, [0])])
def test_eighty_words_are_the_most(words: int, found: list[int]) -> None:
    assert taken(40, words - 40, 1.0) == found


def test_a_lead_counts_up_to_six_and_down_to_three() -> None:
    assert article_margins([5.5, 0.0], ["A", "A"], ["p", "q"]) == pytest.approx([5.5, -3.0])
    assert article_margins([6.5, 0.0], ["A", "A"], ["p", "q"]) == pytest.approx([6.0, -3.0])
    assert article_margins([2.9, 0.0], ["A", "A"], ["p", "q"]) == pytest.approx([2.9, -2.9])


def test_an_explained_form_is_nearly_sure() -> None:
    """Nineteen in twenty: a reader that is less sure of something else does not outdo it."""
    asked = Question.alone("What does NRF stand for?")
    first, *_ = ExplainingReader(Other(0.94)).read(asked, HITS)
    assert first.score == pytest.approx(0.95)
