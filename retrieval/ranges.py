"""A number that is one end of a range is no answer: the range is. Pure."""

from __future__ import annotations

import re

_NUMBER = (
    r"[$£€¥]?\d(?:[\d,.]*\d)?(?:\s?(?:%|(?:per ?cent|pct|hundred|thousand|million|billion|trillion|"
    r"bn|m|k)\b))?"
)
_RANGE = re.compile(rf"\bbetween (?P<least>{_NUMBER}) and (?P<most>{_NUMBER})", re.IGNORECASE)


def whole_range(text: str, start: int, end: int) -> tuple[int, int]:
    """The span ``start:end`` of ``text``, grown to the whole of "between … and …" where it holds an
    end of it. "From 1996 to 2001" is left alone, for when something began may be asked."""
    for found in _RANGE.finditer(text):
        ends = found.span("least"), found.span("most")
        if any(start < last and first < end for first, last in ends):
            return min(start, found.start()), max(end, found.end())
    return start, end
