"""Which of the passages found are read, where a question asks how things are now. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.words import words
from retrieval.finding.hits import Hit
from retrieval.question.role_questions import RoleAsked, holders

FRESH = 2
"""Passages, of those read, whose place newer articles may take."""


TOLD = 3
"""Passages, of those read, whose place may be taken by others that say who holds the office asked
for."""


def to_read(
    hits: Sequence[Hit], count: int, timely: bool, office: RoleAsked | None = None
) -> list[Hit]:
    """The best ``count`` of ``hits``, in their order.

    Where it is asked who holds an ``office``, the last `TOLD` places go to passages that say so,
    the newest first where newer articles know better (``timely``). Where none does, but newer
    articles know better, the last `FRESH` places, as far as what has them is dated, go to the
    newest of all that are further down or have them.
    """
    read = list(range(len(hits)))[:count]
    telling = [place for place, hit in enumerate(hits) if hit.tells and _tells(hit, office)]
    if telling:
        if timely:
            telling.sort(key=lambda place: _day(hits[place]), reverse=True)
        first = telling[:TOLD]
        others = [place for place in read if place not in first]
        read = sorted({*others[: count - len(first)], *first})
    elif timely:
        given = [place for place in read[-FRESH:] if _day(hits[place])]
        among = [*given, *range(len(read), len(hits))]
        newest = sorted(among, key=lambda place: _day(hits[place]), reverse=True)[: len(given)]
        read = sorted({*read} - {*given} | {*newest})
    return [hits[place] for place in read]


def _tells(hit: Hit, office: RoleAsked | None) -> bool:
    """Whether a passage says who holds the office asked for."""
    passage = hit.passage
    told = {*words(passage.reference.title), *words(passage.text)}
    return office is not None and bool(
        holders(office, [role for one in passage.facts for role in one.roles], told)
    )


def _day(hit: Hit) -> str:
    """The day on which its article was published, "" where that is not known."""
    return (hit.passage.reference.published or "")[:10]
