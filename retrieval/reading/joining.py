"""Neighbouring sentences that are nearly as likely to answer are quoted together. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.model import Passage
from retrieval.answer import Quote

LEAST = 0.3
"""A neighbour is at least this fraction as likely as the best quote to be the right one."""
MOST_WORDS = 80
"""Of quotes put together: what a phone shows without scrolling."""


def joined(
    values: Sequence[float], quotes: Sequence[Quote], passages: Sequence[Passage]
) -> tuple[list[int], tuple[int, int]]:
    """Which quotes the first one takes in, itself among them, and the (start, end) in its passage
    of what they are together.

    ``values``: of the quotes, log-odds that compare within a question, the best first;
    ``passages``: where each stands. Taken in are those that stand beside the first, or beside one
    that is taken in, with nothing between; the likelier side first.
    """
    home, taken = passages[0], [0]
    placed = [(quote.start - home.start, quote.end - home.start) for quote in quotes]
    together = placed[0]
    near = [
        number
        for number in range(1, len(values))
        if passages[number].key == home.key and values[number] >= values[0] + math.log(LEAST)
    ]
    while fitting := [n for n in near if _fits(home.text, together, placed[n])]:
        taken.append(fitting[0])
        near.remove(fitting[0])
        together = _both(together, placed[fitting[0]])
    return taken, together


def rivals(quotes: Sequence[Quote], taken: Sequence[int]) -> list[str]:
    """What tells the ``quotes`` apart as rivals: their texts, the first one's for all that it has
    ``taken`` in."""
    return [quotes[0 if n in taken else n].text for n in range(len(quotes))]


def _fits(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether nothing but space is between two slices of ``text``, and both are not too long."""
    both = _both(one, other)
    short = both == one or len(text[slice(*both)].split()) <= MOST_WORDS
    return short and not text[min(one[1], other[1]) : max(one[0], other[0])].strip()


def _both(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return min(one[0], other[0]), max(one[1], other[1])
