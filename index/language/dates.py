"""Dates: the words for them, and spans of days as texts and people write them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.language.patterns import any_of

MONTHS = (
    "january february march april may june july august september october november december".split()
)
SHORT_MONTHS = "jan feb mar apr jun jul aug sep sept oct nov dec".split()
"""Months as they are shortened, without the stop."""
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_FEASTS = "christmas easter".split()
YEAR = r"(?:1[0-9]|20)[0-9]{2}"
"""A pattern for a year that news speaks of, 1000 to 2099."""

_DATE_WORD = rf"(?:{any_of((*MONTHS, *_FEASTS))}|{any_of(WEEKDAYS)}s?|{YEAR}s?)"
_FURTHER = rf"[ ,–-]{{1,2}}(?:the |of )?(?:{_DATE_WORD}|[0-9]{{1,2}}(?:st|nd|rd|th)?|day|eve)"
# "March 3", "Friday the 13th", "May of 2003", "January-March 2021", "Christmas Eve", "the 1980s".
_DATE = re.compile(rf"(?:the )?{_DATE_WORD}(?:{_FURTHER})*", re.IGNORECASE)
_DATE_BEFORE = re.compile(
    rf"{_DATE_WORD}(?:['’]s?|\.|(?:{_FURTHER})+|(?= (?:and )?the )) (?:and )?", re.IGNORECASE
)
_TIME = re.compile(
    rf"\b(?:{any_of((*MONTHS, *SHORT_MONTHS))}|{any_of(WEEKDAYS)}s?|yesterday|today|tonight|"
    r"tomorrow|ago|weekend|morning|evening|last (?:week|month|year|night)|[12][0-9]{3}s?|"
    r"[0-9]{1,2}(?::[0-9]{2})? ?[ap]\.?m|century|decades?)\b",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_SPOKEN = re.compile(
    r"(?:\bin the |\bthe )?\b(?P<which>last|past|this) (?P<unit>week|month|year)\b(?!['’]s)"
    r"|\b(?P<day>yesterday|today)\b(?!['’]s)",
    re.IGNORECASE,
)
_PAST = {"week": 7, "month": 30, "year": 365}  # days of "the past week" and so on


@dataclass(frozen=True, slots=True)
class Days:
    """A span of whole days: from ``first`` on, and before ``after``."""

    first: date
    after: date

    @property
    def last(self) -> date:
        return self.after - timedelta(days=1)

    @classmethod
    def of(cls, text: str) -> Days | None:
        """The days that "2021", "2021-08" or "2021-08-31" means; None for any other text.

        >>> Days.of("2021-02").last.isoformat()
        '2021-02-28'
        """
        match = _NUMERIC.fullmatch(text)
        if match is None:
            return None
        parts = [int(part) for part in match.groups() if part]
        try:
            first = date(*[*parts, 1, 1][:3])
            return cls(first, _next(first, len(parts)))
        except (ValueError, OverflowError):  # no such day, or the calendar ends before the next one
            return None


def _next(first: date, parts: int) -> date:
    """The first day after the year, month or day (1 to 3 ``parts`` of a date) that begins so."""
    if parts == 1:
        return date(first.year + 1, 1, 1)
    if parts == 2:
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + timedelta(days=1)


def is_date(text: str) -> bool:
    """Whether ``text`` is a date in words, and nothing else: "May" and "March 3", not "Mayotte"."""
    return bool(_DATE.fullmatch(text))


def after_date(text: str) -> int:
    """How much of the start of ``text`` is a date that what follows does not need: "July 17 Punjab
    polls", "Monday's Guardian", "March the Office". A date of one word may be the beginning of a
    name ("Sunday Times", "April Jones", "March of the Living"): 0."""
    found = _DATE_BEFORE.match(text)
    return found.end() if found else 0


def tells_time(text: str) -> bool:
    """Whether ``text`` says when something is: a day, a year, "two weeks ago"."""
    return bool(_TIME.search(text))


def spoken(text: str, today: date) -> tuple[str, Days] | None:
    """The first time that ``text`` speaks of in passing ("last week"): its words, and the days that
    they mean on the day ``today``. "Last year's" only describes something else."""
    match = _SPOKEN.search(text)
    return (match[0], _period(match, today)) if match else None


def _period(match: re.Match[str], today: date) -> Days:
    tomorrow = today + timedelta(days=1)
    if match["day"]:
        first = today - timedelta(days=match["day"].lower() == "yesterday")
        return Days(first, first + timedelta(days=1))
    unit, which = match["unit"].lower(), match["which"].lower()
    if which == "past":
        return Days(today - timedelta(days=_PAST[unit]), tomorrow)
    begin = _begin(unit, today)
    if which == "this":
        return Days(begin, tomorrow)
    return Days(_begin(unit, begin - timedelta(days=1)), begin)


def _begin(unit: str, day: date) -> date:
    """The first day of the week, month or year that ``day`` is in."""
    return {
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "year": day.replace(month=1, day=1),
    }[unit]
