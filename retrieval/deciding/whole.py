"""A short answer as a whole: a full name, a number with its hedge and unit, all of a list. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer import Span
from retrieval.question.asked import Question

_JOINED = re.compile(r",? (?:and|&) |, ")
_AND = re.compile(r"(?:,? and|,? &) $")


def grown(question: Question, span: Span) -> Span:
    """``span`` grown to the whole of a quantity or a name that it is a part of."""
    start, end = span.start, span.end
    for bounds, facts in zip(span.passage.sentences, span.passage.facts, strict=False):
        if not (bounds[0] < span.end and span.start < bounds[1]):
            continue
        for quantity in facts.quantities:
            if quantity.start < span.end and span.start < quantity.end:
                start, end = min(start, quantity.start), max(end, quantity.end)
        for first, last in facts.names:
            cut = first < span.start < last or first < span.end < last
            if cut:
                start, end = min(start, first), max(end, last)
    return replace(span, start=start, end=end)
