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
    start, end = quotes[0].start - home.start, quotes[0].end - home.start
    near = [
        number
        for number in range(1, len(values))
        if passages[number].key == home.key and values[number] >= values[0] + math.log(LEAST)
    ]
    while near:
        for number in near:
            other = quotes[number].start - home.start, quotes[number].end - home.start
            whole = min(start, other[0]), max(end, other[1])
            fits = whole == (start, end) or _words(home.text, whole) <= MOST_WORDS
            if fits and _touch(home.text, (start, end), other):
                (start, end), taken = whole, [*taken, number]
                near.remove(number)
                break
        else:
            break
    return taken, (start, end)


def shown(quotes: Sequence[Quote], taken: Sequence[int]) -> list[str]:
    """The text that each of ``quotes`` is shown in, by its first sentences: those ``taken`` in by
    the first are no rivals of it."""
    return [quotes[0 if n in taken else n].text for n in range(len(quotes))]


def _touch(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether nothing but space is between two slices of ``text``."""
    return not text[min(one[1], other[1]) : max(one[0], other[0])].strip()


def _words(text: str, bounds: tuple[int, int]) -> int:
    return len(text[slice(*bounds)].split())
