"""Quantities in a sentence as values: how many of what, and how sure. Pure.

"Twenty-one", "21" and "21 miners" are one value; "$1.2bn" and "1.2 billion dollars" another;
"£5m" is not "$5m". A number whose reading is not sure (a score, a time, a year) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.language.dates import MONTHS, SHORT_MONTHS
from index.language.function_words import BE, HAVE, MODALS, STOP
from index.language.nouns import PEOPLE as KINDS_OF_PEOPLE
from index.language.number_reading import Lexeme, lexemes, number_at, scaled
from index.language.quantity import PEOPLE, Quantity
from index.language.quantity_words import (
    CODES,
    COUNTRIES,
    FATES,
    HEDGES,
    MONEY,
    NOBODY,
    PERCENT,
    SIGNS,
)
from index.language.words import words

_LONGEST_HEDGE = max(len(hedge.split()) for hedge in HEDGES)
_NOT_COUNTED = STOP | BE | HAVE | MODALS | frozenset("than per during after before since".split())
_INCLUDING = frozenset("including include includes among".split())
_OF_THEM = ["of", "them"]
_TO = re.compile(r" (?:to|and) | ?[-–—] ?")
_BETWEEN = re.compile(r"\b[Bb]etween $")
_FATE_REACH = 12
_NOUN_REACH = 3  # words after a number, the last of which is what is counted
_YEARS = range(1500, 2100)
_MONTHS = frozenset((*MONTHS, *SHORT_MONTHS)) - {"may"}


def quantities(sentence: str) -> list[Quantity]:
    """The quantities of ``sentence``, in order."""
    return _ranges(sentence, list(_read(lexemes(sentence))))


def _read(read: Sequence[Lexeme]) -> Iterator[Quantity]:
    at = last = 0
    while at < len(read):
        found = number_at(read, at)
        if found is None:
            at += 1
            continue
        value, after = found
        first, unit, after = _with_unit(read, at, after)
        value, after = scaled(read, value, after, bool(unit))
        if not unit:
            first, unit, after = _with_unit(read, at, after)
        if unit or not _is_other(read, at, after, value):
            made = _made(read, (first, after), value, unit)
            fate = "" if unit else _fate(read, last, first, after)
            if fate or read[at].low not in NOBODY:
                yield replace(made, fate=fate)
            last = after
        at = after


def _made(read: Sequence[Lexeme], place: tuple[int, int], value: float, unit: str) -> Quantity:
    first, after = place
    opened, hedge = _hedge(read, first)
    counted = () if unit else tuple(_counted(read, after))
    part = not unit and _is_part(read, opened, after)
    return Quantity(read[opened].start, read[after - 1].end, value, unit, counted, hedge, part=part)


def _fate(read: Sequence[Lexeme], last: int, first: int, after: int) -> str:
    """What became of those counted: by the words right before the number, else by those behind it,
    else by those since the ``last`` one; never beyond the clause."""
    of = first > last and read[first - 1].low == "of"
    near = [FATES.get(one.low, "") for one in read[max(last, first - 1 - of) : first]]
    behind = _clause(read[after : after + _FATE_REACH])
    before = _clause(read[max(last, first - _FATE_REACH) : first][::-1])
    told = [*reversed(near), *(FATES.get(one.low, "") for one in (*behind, *before))]
    return next(filter(None, told), "")


def _clause(read: Sequence[Lexeme]) -> list[Lexeme]:
    """``read`` up to the end of its clause, or the next number."""
    ends = (n for n, one in enumerate(read) if one.text in ",;:." or one.kind == "number")
    return list(read[: next(ends, len(read))])


def _is_part(read: Sequence[Lexeme], opened: int, after: int) -> bool:
    """Whether who is counted is told apart from others: by a nation, as men or women, as a part."""
    before = [one.low for one in read[max(0, opened - 2) : opened]]
    behind = read[after : after + _NOUN_REACH]
    kinds = any(one.text[:1].isupper() or one.low in KINDS_OF_PEOPLE for one in behind)
    return kinds or not _INCLUDING.isdisjoint(before) or [o.low for o in behind[:2]] == _OF_THEM


def _ranges(sentence: str, found: list[Quantity]) -> list[Quantity]:
    """``found`` with the two ends of a range as one."""
    joined: list[Quantity] = []
    for one in found:
        last = joined[-1] if joined else None
        between = sentence[last.end : one.start] if last else ""
        if last and last.upto is None and last.value < one.value and _TO.fullmatch(between):
            opening = _BETWEEN.search(sentence, 0, last.start)
            if between.strip() != "and" or opening:
                start = opening.start() if opening else last.start
                joined[-1] = replace(
                    one, start=start, value=last.value, upto=one.value, hedge=last.hedge
                )
                continue
        joined.append(one)
    return joined


def _with_unit(read: Sequence[Lexeme], first: int, after: int) -> tuple[int, str, int]:
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


def _unit_behind(read: Sequence[Lexeme], at: int) -> tuple[str, int]:
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


def _hedge(read: Sequence[Lexeme], first: int) -> tuple[int, str]:
    """Where the hedge before ``first`` begins, and its kind."""
    for count in range(min(_LONGEST_HEDGE, first), 0, -1):
        said = " ".join(one.low for one in read[first - count : first])
        if said in HEDGES:
            return first - count, HEDGES[said]
    return first, ""


def _counted(read: Sequence[Lexeme], after: int) -> Iterator[str]:
    """What is counted: the words that follow the number, up to the first that is none of it."""
    for one in read[after : after + _NOUN_REACH]:
        if one.kind != "word" or one.low in _NOT_COUNTED or one.low.endswith(("ly", "ed")):
            return
        yield from words(one.text)
        if PEOPLE.intersection(words(one.text)):
            return


def _is_other(read: Sequence[Lexeme], at: int, after: int, value: float) -> bool:
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
