"""A number that is one end of a range is no answer: the range is. Pure."""

from __future__ import annotations

import re

_NUMBER = (
    r"[$£€¥]?\d(?:[\d,.]*\d)?(?:\s?(?:%|(?:per ?cent|pct|hundred|thousand|million|billion|trillion|"
    r"bn|tn|m|k)\b))?"
)
_RANGE = re.compile(
    rf"\bbetween (?P<least>{_NUMBER}) and (?P<most>{_NUMBER})(?![\w-])", re.IGNORECASE
)
_YEAR = re.compile(r"1\d{3}|20\d\d")


def whole_range(text: str, start: int, end: int) -> tuple[int, int]:
    """The span ``start:end`` of ``text``, grown to the whole of "between … and …" where it holds an
    end of it. Years are left alone, as is "from … to …": when something began may be asked."""
    for found in _RANGE.finditer(text):
        ends = found.span("least"), found.span("most")
        held = any(start < last and first < end for first, last in ends)
        if held and not all(_YEAR.fullmatch(text[first:last]) for first, last in ends):
            start, end = min(start, found.start()), max(end, found.end())
    return start, end


def within(number: str, answer: str) -> bool:
    """Whether ``answer`` is a range that holds ``number``, or begins or ends with it."""
    found = _RANGE.search(answer)
    if found is None:
        return False
    return _value(found["least"]) <= _value(number) <= _value(found["most"])


def _value(number: str) -> float:
    digits = re.search(r"\d+(?:,\d{3})*(?:\.\d+)?", number)
    return float(digits[0].replace(",", "")) if digits else 0.0
