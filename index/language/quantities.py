"""Quantities in a sentence as values: how many of what, and how sure. Pure.

"Twenty-one", "21" and "21 miners" are one value; "$1.2bn" and "1.2 billion dollars" another;
"£5m" is not "$5m". A number whose reading is not sure (a score, a time, a year) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.dates import MONTHS, SHORT_MONTHS
from index.language.function_words import BE, HAVE, MODALS, STOP
from index.language.numbers import ONES, TENS
from index.language.quantity import PEOPLE, Quantity
from index.language.quantity_words import (
    CODES,
    COUNTRIES,
    DOZENS,
    HEDGES,
    MONEY,
    MONEY_SCALES,
    PARTS,
    PERCENT,
    SCALES,
    SIGNS,
)
from index.language.words import words

_LEXEME = re.compile(
    r"(?P<dotted>\d{1,3}(?:\.\d{3}){2,}(?![\d.]))|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+)|(?P<mark>[^\s\w])"
)
_LONGEST_HEDGE = max(len(hedge.split()) for hedge in HEDGES)
_NOT_COUNTED = STOP | BE | HAVE | MODALS | frozenset("than per during after before since".split())
_NOUN_REACH = 3  # words after a number, the last of which is what is counted
_YEARS = range(1500, 2100)
_MONTHS = frozenset((*MONTHS, *SHORT_MONTHS)) - {"may"}


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


def quantities(sentence: str) -> list[Quantity]:
    """The quantities of ``sentence``, in order."""
    read = [
        _Lexeme(found.lastgroup or "", found[0], *found.span())
        for found in _LEXEME.finditer(sentence)
    ]
    return list(_read(read))


def _read(read: Sequence[_Lexeme]) -> Iterator[Quantity]:
    at = 0
    while at < len(read):
        found = _digits(read, at) or _spelt(read, at)
        if found is None:
            at += 1
            continue
        value, after = found
        first, unit, after = _with_unit(read, at, after)
        value, after = _scaled(read, value, after, bool(unit))
        if not unit:
            first, unit, after = _with_unit(read, at, after)
        if unit or not _is_other(read, at, after, value):
            yield _made(read, (first, after), value, unit)
        at = after


def _made(read: Sequence[_Lexeme], place: tuple[int, int], value: float, unit: str) -> Quantity:
    first, after = place
    opened, hedge = _hedge(read, first)
    counted = () if unit else tuple(_counted(read, after))
    return Quantity(read[opened].start, read[after - 1].end, value, unit, counted, hedge)


def _digits(read: Sequence[_Lexeme], at: int) -> tuple[float, int] | None:
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


def _spelt(read: Sequence[_Lexeme], at: int) -> tuple[float, int] | None:
    """A number in words that begins at ``at``: "two hundred and forty", "a dozen"."""
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


def _goes_on(read: Sequence[_Lexeme], at: int, group: float) -> bool:
    """Whether the number word at ``at`` belongs to the number before it: "twenty", "one"."""
    low = read[at].low
    return group % 100 == 0 or (low in ONES and 0 < ONES[low] < 10 and group % 100 >= 20)


def _joins(read: Sequence[_Lexeme], at: int, group: float) -> bool:
    """Whether "and" or a hyphen joins two parts of one number, and no two numbers."""
    then = read[at + 1].low
    if read[at].low == "and":
        return (then in ONES or then in TENS) and read[at - 1].low in SCALES
    return then in ONES and group % 100 >= 20 and group % 10 == 0


def _scaled(read: Sequence[_Lexeme], value: float, at: int, money: bool) -> tuple[float, int]:
    """The value with the scale that stands at ``at``, if one does, and where that ends."""
    if at < len(read):
        low = read[at].low
        scale = SCALES.get(low) or (MONEY_SCALES.get(low) if money else None)
        if scale:
            return value * scale, at + 1
    return value, at


def _with_unit(read: Sequence[_Lexeme], first: int, after: int) -> tuple[int, str, int]:
    """Where a quantity with its unit begins, the unit, and where it ends."""
    if first:
        before = read[first - 1]
        if before.text in SIGNS:
            whose = read[first - 2] if first > 1 and read[first - 2].end == before.start else None
            country = COUNTRIES.get(whose.low, "") if whose else ""
            unit = f"{country} {SIGNS[before.text]}".strip()
            return first - 1 - bool(country), unit, after
        if before.low in CODES and not before.text.islower():
            return first - 1, CODES[before.low], after
    return (first, *_unit_behind(read, after))


def _unit_behind(read: Sequence[_Lexeme], at: int) -> tuple[str, int]:
    """The unit that stands at ``at``, and where it ends."""
    behind = [one.low for one in read[at : at + 2]]
    if behind[:1] == ["%"] or set(behind[:1]) & PERCENT:
        return "%", at + 1
    if behind == ["per", "cent"]:
        return "%", at + 2
    if behind and behind[0] in MONEY:
        return MONEY[behind[0]], at + 1
    if len(behind) > 1 and behind[0] in COUNTRIES and behind[1] in MONEY:
        return f"{COUNTRIES[behind[0]]} {MONEY[behind[1]]}", at + 2
    return "", at


def _hedge(read: Sequence[_Lexeme], first: int) -> tuple[int, str]:
    """Where the hedge before ``first`` begins, and its kind."""
    for count in range(min(_LONGEST_HEDGE, first), 0, -1):
        said = " ".join(one.low for one in read[first - count : first])
        if said in HEDGES:
            return first - count, HEDGES[said]
    return first, ""


def _counted(read: Sequence[_Lexeme], after: int) -> Iterator[str]:
    """What is counted: the words that follow the number, up to the first that is none of it."""
    for one in read[after : after + _NOUN_REACH]:
        if one.kind != "word" or one.low in _NOT_COUNTED or one.low.endswith(("ly", "ed")):
            return
        yield from words(one.text)
        if PEOPLE.intersection(words(one.text)):
            return


def _is_other(read: Sequence[_Lexeme], at: int, after: int, value: float) -> bool:
    """Whether a number is a year, a day, a time, a score, a rank or part of a name."""
    before = read[at - 1] if at else None
    then = read[after] if after < len(read) else None
    touching = then is not None and then.start == read[after - 1].end
    if then is not None and touching and (then.kind == "word" or then.text in ":/–-’'°"):
        return then.text not in "–-" or after + 1 == len(read) or read[after + 1].kind != "word"
    if before is not None and before.end == read[at].start and before.text in ":/–-.#'’+":
        return True
    near = [*read[max(0, at - 2) : at], *read[after : after + 1]]
    if {one.low for one in near if one.text != "."} & _MONTHS:
        return True
    if before is not None and before.text[:1].isupper() and at > 1 and read[at].kind == "number":
        return before.low not in HEDGES  # "Boeing 747", "Article 5"
    year = read[at].kind == "number" and "," not in read[at].text and value in _YEARS
    return year and not (then is not None and then.low in PEOPLE)
