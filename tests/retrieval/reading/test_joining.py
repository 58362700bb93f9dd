"""Neighbours that are quoted together."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from index.model import Passage, Reference
from retrieval.quoting import quote_of
from retrieval.reading.joining import LEAST, MOST_WORDS, joined, rivals
from retrieval.reading.reader import Span

# Of five words each: a shorter one would bring along the sentence before it.
SENTENCES = [
    "Anna came home very late.",
    "Boris left much too early.",
    "Clara stayed on till noon.",
    "Dora slept all day long.",
]
TEXT = " ".join(SENTENCES)
STARTS = [TEXT.index(one) for one in SENTENCES]
BOUNDS = tuple((at, at + len(one)) for at, one in zip(STARTS, SENTENCES, strict=True))
PASSAGE = Passage(4, Reference("a", "T"), 7, TEXT, BOUNDS)
FAR = Passage(5, Reference("a", "T"), 7 + len(TEXT) + 1, TEXT, BOUNDS)
NEAR = math.log(LEAST) + 0.01


def put_together(*ranked: tuple[int, float], passages: list[Passage] | None = None) -> list[str]:
    """The sentences taken in by the first; each ranked one is (its number, its value)."""
    where = passages or [PASSAGE] * len(ranked)
    spans = [
        Span(one, BOUNDS[number][0], BOUNDS[number][0] + 4, 0.5)
        for (number, _), one in zip(ranked, where, strict=True)
    ]
    quotes = [quote_of(span) for span in spans]
    taken, around = joined([value for _, value in ranked], quotes, where)
    assert taken[0] == 0
    both = quote_of(Span(where[0], spans[0].start, spans[0].end, 0.5, around))
    assert all(rivals(quotes, taken)[n] == quotes[0].text for n in taken)
    together = [one for one in SENTENCES if one in both.text]
    # All that is quoted was taken in, and all that was taken in is quoted.
    assert together == sorted((quotes[n].text for n in taken), key=SENTENCES.index)
    return together


def test_a_neighbour_nearly_as_likely_is_taken_in() -> None:
    assert put_together((1, 0.0), (2, NEAR)) == SENTENCES[1:3]
    assert put_together((2, 0.0), (1, NEAR)) == SENTENCES[1:3]
    assert put_together((1, 0.0), (2, NEAR - 0.1)) == SENTENCES[1:2]


def test_only_what_is_beside_it() -> None:
    assert put_together((0, 0.0), (2, 0.0)) == SENTENCES[:1]
    assert put_together((0, 0.0), (2, 0.0), (1, 0.0)) == SENTENCES[:3]
    assert put_together((3, 0.0), (0, 0.0), passages=[PASSAGE, FAR]) == SENTENCES[3:]


def test_not_more_than_a_phone_shows() -> None:
    long = "Rain fell " + "and " * (MOST_WORDS - 8) + "fell."
    text = f"{SENTENCES[0]} {long} {SENTENCES[1]}"
    begins = [0, text.index(long), text.index(SENTENCES[1])]
    bounds = tuple(zip(begins, [begins[1] - 1, begins[2] - 1, len(text)], strict=True))
    passage = Passage(0, Reference("a", "T"), 0, text, bounds)
    quotes = [quote_of(Span(passage, a, b, 0.5)) for a, b in (bounds[1], bounds[2], bounds[0])]
    taken, around = joined([0.0, 0.0, 0.0], quotes, [passage] * 3)
    assert taken == [0, 1] and len(text[slice(*around)].split()) == MOST_WORDS


@given(st.permutations(range(4)), st.lists(st.floats(-3, 0), min_size=4, max_size=4))
def test_what_is_taken_in_is_one_stretch(order: list[int], values: list[float]) -> None:
    ranked = sorted(values, reverse=True)
    together = put_together(*zip(order, ranked, strict=True))
    assert SENTENCES[order[0]] in together
    numbers = [SENTENCES.index(one) for one in together]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    beside = {numbers[0] - 1, numbers[-1] + 1}
    likely = {n for n, value in zip(order, ranked, strict=True) if value >= ranked[0] + NEAR}
    assert not beside & likely
