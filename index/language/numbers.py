"""Numbers: the words for them, what answers count, and ranges. Pure.

A number that is one end of a range is no answer: the range is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.language.dates import YEAR
from index.language.patterns import any_of

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ONES = {word: number for number, word in enumerate(_SMALL)}
"""The number words below twenty."""
TENS = {word: 10 * number for number, word in enumerate(_TENS, 2)}
_UNITS_AND_TENS = ONES | TENS
_SCALES = "hundred thousand million billion trillion".split()
_SHORT_SCALES = "m bn tn k".split()
WORDS = frozenset((*_SMALL, *_TENS, *_SCALES))
"""All number words in the singular."""
_SCALE = any_of((*_SCALES, *_SHORT_SCALES))

APPROXIMATE = frozenset("about around some over more than nearly almost".split())
"""Words that say that a number is not exact."""

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SCALED = re.compile(rf"\b{_SCALE}\b", re.IGNORECASE)
# Zero tolerance and ground zero are no amounts.
_COUNTED = any_of(_UNITS_AND_TENS.keys() - {"zero"})
_AMOUNT = re.compile(
    rf"[0-9]|\b(?:{_COUNTED}|{any_of(('dozen', *_SCALES))}s?|half|quarter|third|twice|none|no)\b",
    re.IGNORECASE,
)
_WITH_UNIT = rf"[$£€¥]?\d(?:[\d,.]*\d)?(?:\s?(?:%|(?:per ?cent|pct|{_SCALE})\b))?"
_RANGE = re.compile(
    rf"\bbetween (?P<least>{_WITH_UNIT}) and (?P<most>{_WITH_UNIT})(?![\w-])", re.IGNORECASE
)
_YEAR = re.compile(YEAR)


def in_digits(words: Sequence[str]) -> Iterator[str]:
    """``words``, in lower case, with those below a hundred in digits: "twenty", "one" as "21".

    "Million" and the like stay what they are, for "1.5 million" has its number in digits already.
    """
    at = 0
    while at < len(words):
        number = _UNITS_AND_TENS.get(words[at])
        at += 1
        if number is None:
            yield words[at - 1].replace(",", "")
            continue
        unit = ONES.get(words[at], 0) if at < len(words) else 0
        if number >= 20 and 0 < unit < 10:
            number += unit
            at += 1
        yield str(number)


def numerals(words: Iterable[str]) -> list[str]:
    """Those of ``words`` that are numbers in digits."""
    return [word for word in words if _DIGITS.fullmatch(word)]


def is_scaled(text: str) -> bool:
    """Whether ``text`` counts in thousands, millions and so on."""
    return bool(_SCALED.search(text))


def tells_amount(text: str) -> bool:
    """Whether ``text`` says how many or how much, in digits or words."""
    return bool(_AMOUNT.search(text))


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
