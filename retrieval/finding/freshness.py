"""Which of the passages found are read, where a question asks how things are now. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.finding.hits import Hit

FRESH = 2
"""Passages, of those read, whose place newer articles may take."""


def to_read(hits: Sequence[Hit], count: int, timely: bool) -> list[Hit]:
    """The best ``count`` of ``hits``, in their order.

    Where newer articles know better (``timely``), the last `FRESH` places, as far as what has them
    is dated, go to the newest of all that are further down or have them.
    """
    read = list(range(len(hits)))[:count]
    if timely:
        given = [place for place in read[-FRESH:] if _day(hits[place])]
        among = [*given, *range(len(read), len(hits))]
        newest = sorted(among, key=lambda place: _day(hits[place]), reverse=True)[: len(given)]
        read = sorted({*read} - {*given} | {*newest})
    return [hits[place] for place in read]


def _day(hit: Hit) -> str:
    """The day on which its article was published, "" where that is not known."""
    return (hit.passage.reference.published or "")[:10]
