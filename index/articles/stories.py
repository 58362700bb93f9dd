"""Copies, which may stand for each other, and stories, which are told anew as they go on. Pure.

Two near-duplicates with the same figures are copies. With other figures, one is an update: the toll
has risen, or it was corrected. Updates that are less near are of one story if they are of nearly
one day, share part of their text, their headlines' subject, their names and most figures. See
docs/decisions/021-stories.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from index.articles.duplicates import joined, near, sharing
from index.language.dates import MONTHS, WEEKDAYS, Days
from index.language.folding import fold
from index.language.function_words import STOP
from index.language.names import capitalised_words
from index.language.numbers import in_digits, numerals
from index.language.words import surface_words, words
from index.model import Article

VERSION = 1
"""Recorded in the manifest: articles grouped by other rules are grouped again."""

WITHIN = 3
"""Days between two tellings of one story: two quakes or two matches are further apart, or tell of
other names."""
INSIDE = 0.8
"""A text that is nearly all in another one of its days is of its story."""
_SAME_FIGURES = 0.9  # of what has fewer: of copies
_FIGURES = 0.6  # of those of an update


@dataclass(frozen=True, slots=True)
class Likeness:
    """What must be alike of two tellings at least, besides their figures. ``jaccard``: of their
    runs of words; ``words``: of the shorter; ``names``: of each opening, in the other; ``title``:
    of each title, in the other text; ``titles``: of the shorter title."""

    jaccard: float
    words: float
    names: float
    title: float
    titles: float


LIKE = (
    Likeness(jaccard=0.15, words=0.75, names=0.7, title=0.5, titles=0.5),
    Likeness(jaccard=0.30, words=0.60, names=0.9, title=0.4, titles=0.4),
)
"""One of these must hold."""

_OPENING = 60  # words
_CALENDAR = frozenset(surface_words(" ".join((*MONTHS, *WEEKDAYS))))
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Telling:
    """What is compared of an article."""

    title: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]


def grouped(
    signatures: Sequence[bytes], published: Sequence[str | None], article: Callable[[int], Article]
) -> tuple[list[int], list[int]]:
    """For each article the index of the first of its copies, and that of the first of its story.

    ``article`` gives the one at an index. Raises ValueError for signatures of another version.
    """
    days = [day_of(text) for text in published]

    @cache
    def told(number: int) -> Telling:
        return telling(article(number))

    copies, updates = [], []
    close = near(signatures)
    for a, b in close:
        if _share(told(a).figures, told(b).figures) >= _SAME_FIGURES:
            copies.append((a, b))
        elif _at_once(days[a], days[b]):
            updates.append((a, b))
    for a, b, jaccard, containment in sharing(signatures, days, WITHIN):
        least = min(like.jaccard for like in LIKE)
        if containment >= INSIDE or (jaccard >= least and one_story(told(a), told(b), jaccard)):
            updates.append((a, b))
    return joined(len(days), copies), joined(len(days), [*copies, *updates])


def telling(article: Article) -> Telling:
    text, title = article.text, article.reference.title
    opening = " ".join(text.split(maxsplit=_OPENING)[:_OPENING])
    tokens = in_digits(_TOKEN.findall(fold(f"{title} {text}")))
    return Telling(
        frozenset(word for word in words(title) if not word[0].isdigit()),
        frozenset(words(f"{title} {text}")),
        frozenset(capitalised_words(opening) - STOP - _CALENDAR),
        frozenset(numerals(tokens)),
    )


def one_story(
    one: Telling, other: Telling, jaccard: float, likenesses: Sequence[Likeness] = LIKE
) -> bool:
    """Whether two articles of nearly one day that share so much of their text tell of one event."""
    if _share(one.figures, other.figures) < _FIGURES:
        return False
    names = min(_held(one.names, other.words), _held(other.names, one.words))
    title = min(_held(one.title, other.words), _held(other.title, one.words))
    words_alike, titles = _share(one.words, other.words), _share(one.title, other.title)
    return any(
        jaccard >= like.jaccard
        and words_alike >= like.words
        and names >= like.names
        and title >= like.title
        and titles >= like.titles
        for like in likenesses
    )


def _held(some: frozenset[str], among: frozenset[str]) -> float:
    return len(some & among) / len(some) if some else 1.0


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Of the smaller set, what stands in the larger."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 1.0


def _at_once(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= WITHIN


def day_of(published: str | None) -> int | None:
    """The number of the day of a date; None for what is no whole date."""
    text = (published or "")[:10]
    days = Days.of(text) if len(text) == 10 else None
    return days.first.toordinal() if days else None
