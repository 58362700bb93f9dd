"""Which of the passages found are read, where a question asks how things are now. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.search import Hit

FRESH = 2
"""Passages, of those read, whose place newer articles may take."""


def to_read(hits: Sequence[Hit], count: int, timely: bool) -> list[Hit]:
    """The best ``count`` of ``hits``, in their order.

    Where newer articles know better (``timely``), the newest ones found stand in for the last
    `FRESH` that are read, if those are dated and of before all of them.
    """
    read = list(range(len(hits)))[:count]
    days = [_day(hit) for hit in hits]
    if timely and read:
        latest = max(days[place] for place in read)
        newer = [place for place in range(len(read), len(hits)) if days[place] > latest]
        newer.sort(key=days.__getitem__)
        for place in reversed(read[-FRESH:]):
            if days[place] and newer:
                read[place] = newer.pop()
    return [hits[place] for place in sorted(read)]


def _day(hit: Hit) -> str:
    """The day on which its article was published, "" where that is not known."""
    return (hit.passage.reference.published or "")[:10]
