"""The numbers of a sentence, in digits and in words, where they stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language.numbers import ONES, TENS
from index.language.quantity_words import DOZENS, MONEY_SCALES, NOBODY, PARTS, SCALES

_LEXEME = re.compile(
    r"(?P<dotted>\d{1,3}(?:\.\d{3}){2,}(?![\d.]))|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+)|(?P<mark>[^\s\w])"
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A number in digits ("number", or "dotted" for 4.500.000), a word or a mark of a sentence."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


def lexemes(sentence: str) -> list[Lexeme]:
    """The numbers, words and marks of ``sentence``, in order."""
    return [
        Lexeme(found.lastgroup or "", found[0], *found.span())
        for found in _LEXEME.finditer(sentence)
    ]


def number_at(read: Sequence[Lexeme], at: int) -> tuple[float, int] | None:
    """The number that begins at ``at``, without its scale, and where it ends; None for none."""
    return _digits(read, at) or _spelt(read, at)


def _digits(read: Sequence[Lexeme], at: int) -> tuple[float, int] | None:
    one = read[at]
    if one.kind == "dotted":
        return float(one.text.replace(".", "")), at + 1
    if one.kind == "mark" and one.text in PARTS:
        return PARTS[one.text], at + 1
    if one.kind != "number":
        return None
    value, after = float(one.text.replace(",", "")), at + 1
    if after < len(read) and read[after].text in PARTS:
        value, after = value + PARTS[read[after].text], after + 1
    return value, after


def _spelt(read: Sequence[Lexeme], at: int) -> tuple[float, int] | None:
    """A number in words that begins at ``at``: "two hundred and forty", "a dozen"."""
    if read[at].low in NOBODY:
        return 0.0, at + 1
    if read[at].low in ("a", "an", "half") and at + 1 < len(read):
        scale = SCALES.get(read[at + 1].low) or DOZENS.get(read[at + 1].low)
        part = 0.5 if read[at].low == "half" else 1.0
        if scale:
            return part * scale, at + 2
    total = group = 0.0
    after, seen = at, False
    while after < len(read):
        low = read[after].low
        if low in ONES or low in TENS:
            if seen and not _goes_on(read, after, group):
                break
            group += ONES.get(low) or TENS.get(low, 0)
            seen = True
        elif seen and low == "hundred":
            group *= 100
        elif seen and low in ("thousand", "million", "billion", "trillion"):
            total, group = total + group * SCALES[low], 0.0
        elif seen and low in ("and", "-") and after + 1 < len(read) and _joins(read, after, group):
            pass
        else:
            break
        after += 1
    return (total + group, after) if seen else None


def _goes_on(read: Sequence[Lexeme], at: int, group: float) -> bool:
    """Whether the number word at ``at`` belongs to the number before it: "twenty", "one"."""
    low = read[at].low
    return group % 100 == 0 or (low in ONES and 0 < ONES[low] < 10 and group % 100 >= 20)


def _joins(read: Sequence[Lexeme], at: int, group: float) -> bool:
    """Whether "and" or a hyphen joins two parts of one number, and no two numbers."""
    then = read[at + 1].low
    if read[at].low == "and":
        return (then in ONES or then in TENS) and read[at - 1].low in SCALES
    return then in ONES and group % 100 >= 20 and group % 10 == 0


def scaled(read: Sequence[Lexeme], value: float, at: int, money: bool) -> tuple[float, int]:
    """The value with the scale that stands at ``at``, if one does, and where that ends."""
    if at < len(read):
        low = read[at].low
        scale = SCALES.get(low) or (MONEY_SCALES.get(low) if money else None)
        if scale:
            return value * scale, at + 1
    return value, at
