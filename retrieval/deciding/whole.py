"""A short answer as a whole: a full name, a number with its hedge and unit, a whole date. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.language.facts import Facts
from retrieval.answer import Span


def whole(span: Span, told: Sequence[Facts]) -> Span:
    """``span`` grown to the whole of each quantity and time that it holds a part of, and of a name
    that it cuts. ``told``: the facts of its sentences."""
    start, end = span.start, span.end
    for facts in told:
        held = [
            *((one.start, one.end) for one in facts.quantities),
            *((one.start, one.end) for one in facts.moments),
        ]
        for first, last in [*held, *facts.names]:
            cut = first < span.start < last or first < span.end < last
            value = (first, last) in held and first < span.end and span.start < last
            if cut or value:
                start, end = min(start, first), max(end, last)
    return replace(span, start=start, end=end)
