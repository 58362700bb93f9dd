"""When a sentence says that something was: days, as far as they can be told. Pure.

What leaves the year out, or counts from the day of writing ("on Friday", "three weeks ago"), is
resolved against the day on which the article was published; without one only the month and the day
are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.language.dates import MONTHS, SHORT_MONTHS, WEEKDAYS, YEAR, Days, spoken
from index.language.numbers import ONES
from index.language.patterns import any_of

_PART = r"(?:(?:early|late|mid|the end of|the beginning of)[ -])?"
_MONTH = rf"(?P<month>{any_of((*MONTHS, *SHORT_MONTHS))})\b\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\b"
_YEARS = rf"(?P<year>{YEAR})(?![\d,.]*\d|[\w-])"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DAY} (?:of )?{_MONTH}(?:,? {_YEARS})?",
        rf"\b{_MONTH} {_DAY}(?:,? {_YEARS})?",
        rf"\b{_PART}{_MONTH},? (?:of )?{_YEARS}",
    )
)
_MONTH_ALONE = re.compile(rf"\b(?:in|since|until|by|during|last|early|late) {_MONTH}(?! \d)", re.I)
_YEAR_ALONE = re.compile(rf"(?P<whole>\b{_PART}(?<![\w$£€.,/–])(?<![A-Za-z]-){_YEARS})")
_DECADE = re.compile(r"\bthe (?P<decade>1[0-9]{2}0|20[0-9]0)s\b")
_AGO = re.compile(
    rf"\b(?P<count>\d{{1,3}}|an?|{any_of(ONES)}) (?P<unit>day|week|month|year)s? (?:ago|earlier)\b",
    re.IGNORECASE,
)
_ANY = re.compile(
    rf"[12]\d{{3}}|\b(?:{any_of((*MONTHS, *SHORT_MONTHS, *WEEKDAYS))}|"
    r"ago|earlier|last|past|this|today|yesterday)\b",
    re.IGNORECASE,
)
"""What no sentence lacks that tells of a day."""
_WEEKDAY = re.compile(rf"\b(?P<next>next |coming )?(?P<weekday>{any_of(WEEKDAYS)})\b", re.I)
_NUMBERS = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    **{name: [month[:3] for month in MONTHS].index(name[:3]) + 1 for name in SHORT_MONTHS},
}
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
_HALF_A_YEAR = 183


@dataclass(frozen=True, slots=True)
class Moment:
    """The slice ``start:end`` of a sentence means ``days``, or where the year is not known the
    ``month`` (1 to 12) and ``day`` (0: not said)."""

    start: int
    end: int
    days: Days | None
    month: int = 0
    day: int = 0

    def equals(self, other: Moment) -> bool:
        """Whether both mean the same days."""
        return (self.days, self.month, self.day) == (other.days, other.month, other.day) or (
            self.days is not None and self.days == other.days
        )

    def agrees(self, other: Moment) -> bool:
        """Whether both may mean the same day, month or year."""
        if self.days and other.days:
            return self.days.first < other.days.after and other.days.first < self.days.after
        return self.month == other.month and (self.day == other.day or not (self.day and other.day))


def moments(sentence: str, published: date | None) -> list[Moment]:
    """The days that ``sentence``, written on the day ``published``, speaks of, in order."""
    found: list[Moment] = []
    if not _ANY.search(sentence):
        return found
    for pattern in _DATES:
        for match in pattern.finditer(sentence):
            _keep(found, _dated(match, published))
    for match in _MONTH_ALONE.finditer(sentence):
        dated = _dated(match, published)
        start, end = match.span("month")
        _keep(found, replace(dated, start=start, end=end) if dated else None)
    for match in _DECADE.finditer(sentence):
        first = int(match["decade"])
        _keep(found, Moment(*match.span(), Days(date(first, 1, 1), date(first + 10, 1, 1))))
    for match in _YEAR_ALONE.finditer(sentence):
        _keep(found, Moment(*match.span("whole"), Days.of(match["year"])))
    if published is not None:
        _counted_from(sentence, published, found)
    return sorted(found, key=lambda one: one.start)


def _keep(found: list[Moment], moment: Moment | None) -> None:
    """Keep ``moment`` unless a longer one that is kept holds it."""
    if moment and all(moment.end <= one.start or one.end <= moment.start for one in found):
        found.append(moment)


def _dated(match: re.Match[str], published: date | None) -> Moment | None:
    parts = match.groupdict()
    if match["month"] in ("may", "march") and not parts.get("year"):
        return None
    place = match.start(), match.end() - match[0].endswith(".")  # the sentence's, or a short form's
    month, day = _NUMBERS[match["month"].lower().rstrip(".")], int(parts.get("day") or 0)
    year = int(parts["year"]) if parts.get("year") else _year_near(month, day, published)
    if year is None:
        return Moment(*place, None, month, day)
    days = Days.of(f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}")
    return Moment(*place, days, month, day) if days else None


def _year_near(month: int, day: int, published: date | None) -> int | None:
    """The year in which that day is nearest to the day of publication."""
    if published is None:
        return None
    years = range(max(1, published.year - 1), min(9999, published.year + 2))
    near = [
        (abs((Days.of(f"{year:04}-{month:02}-{max(day, 1):02}") or _whole(year)).first - published),
         year)
        for year in years
    ]  # fmt: skip
    return min(near)[1] if near and min(near)[0] <= timedelta(_HALF_A_YEAR) else None


def _whole(year: int) -> Days:
    return Days(date(year, 1, 1), date(year, 12, 31))


def _counted_from(sentence: str, published: date, found: list[Moment]) -> None:
    for match in _AGO.finditer(sentence):
        said = match["count"].lower()
        count = int(said) if said.isdigit() else ONES.get(said, 1)
        width = _UNITS[match["unit"].lower()]
        try:
            middle = published - timedelta(count * width)
            # Said of a day it is that day; of weeks and more, about then.
            slack = timedelta(width // 2)
            days = Days(middle - slack, middle + slack + timedelta(1))
        except OverflowError:
            continue
        _keep(found, Moment(*match.span(), days))
    for match in _WEEKDAY.finditer(sentence):
        _keep(found, Moment(*match.span(), _on(match, published)))
    said_of = spoken(sentence, published)
    if said_of is not None:
        at = sentence.find(said_of[0])
        _keep(found, Moment(at, at + len(said_of[0]), said_of[1]))


def _on(match: re.Match[str], published: date) -> Days | None:
    """The last such weekday, the day of publication included; the next one where that is said."""
    back = (published.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    try:
        day = published - timedelta(back - 7 if match["next"] else back)
        return Days(day, day + timedelta(1))
    except OverflowError:
        return None
