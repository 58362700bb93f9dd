"""The door to dateparser: the days that sources write, in their order and in any language. Pure.

"03/04/2021" is two days. It is the 3rd of April, unless other dates of the same source can only be
written month first. So a date is read when all of its source is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ]\d\d:?\d\d.*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?(?:\.\d+)?Z?)?")
_WEEK = re.compile(r"\d{4}-W(?:0[1-9]|[1-4]\d|5[0-2])-[1-7]", re.ASCII)
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16}|\d{18,19})(?:\.\d*)?")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?(?!\w))?", re.I)
_TIME = re.compile(
    r"(?<![\d:+-])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?: ?([ap])\.?m)?", re.I
)
_ZONE = re.compile(r":\d\d(?:\.\d+)? ?([+-])(\d\d):?(\d\d)\Z")
_PLAIN = re.compile(
    r"(?:[a-z]{3}, ?)?(\d{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) (\d{4})\b", re.I
)
_WORDED = re.compile(  # among other words: "Posted on 3 Sept 2021 by …"
    r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|\.)? (?:de )?[^\W\d]{3,20}\.?,? (?:de )?\d{4}(?!\d)"
    r"|[^\W\d]{3,20}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}(?!\d)"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DIGIT = re.compile(r"\d")
_CENTURY = 100
_FIRST_YEAR = 1400
"""Before it nobody printed news: "0001-01-01" is how programs write that they know no date."""


class DateOrder:
    """Whether a source writes the month first: what its unambiguous dates show."""

    def __init__(self) -> None:
        self._shown: Counter[tuple[str, str, bool]] = Counter()

    def add(self, places: Iterable[str], text: str) -> None:
        """Learn of one date of the source; ``places``: its outlet, its file, its folder."""
        match = _NUMBERS.search(text)
        if match is None:
            return
        first, sign, second = int(match[1]), match[2], int(match[3])
        if max(first, second) > 12 >= min(first, second) and len(match[1]) <= 2:
            for place in places:
                self._shown[place, sign, second > 12] += 1

    def month_first(self, places: Iterable[str], text: str) -> bool:
        """Whether ``text`` has its month first: the first of ``places`` that shows it tells."""
        match = _NUMBERS.search(text)
        if match is None:
            return False
        for place in places:
            month, day = (self._shown[place, match[2], first] for first in (True, False))
            if month != day:
                return month > day
        return False


def day_of(text: str, month_first: bool = False) -> str | None:
    """``text`` as an ISO 8601 date, as far as it tells: "2021-08-31", "2021-08" or "2021". None for
    what is no date, and for what is only so long ago ("yesterday").

    >>> day_of("26-FEB-1987 15:02"), day_of("3/4/21"), day_of("1.9.2021"), day_of("7 gen 2023")
    ('1987-02-26', '2021-04-03', '2021-09-01', '2023-01-07')
    """
    text = " ".join(text.split())
    if iso := _ISO.fullmatch(text):
        return _date(*iso.groups())
    if plain := _PLAIN.match(text):
        return _date(plain[3], str(_MONTHS.index(plain[2].lower()) + 1), plain[1])
    if _WEEK.fullmatch(text):
        return date.fromisoformat(text).isoformat()
    if compact := _COMPACT.fullmatch(text):
        return _date(*compact.groups()) or _epoch(text)
    if _EPOCH.fullmatch(text):
        return _epoch(text)
    if numbers := _NUMBERS.search(text):
        return _numeric(numbers, month_first)
    if not _DIGIT.search(text):
        return None
    inside = _WORDED.search(text)
    return _worded(_CLOCK.sub(" ", text)) or (_worded(inside[0]) if inside else None)


def time_of(text: str, month_first: bool = False) -> str | None:
    """`day_of` with the hour and minute behind it where ``text`` tells them: "2021-08-31T06:10".
    They are those of its own zone, as the day is.

    >>> time_of("Tue, 31 Aug 2021 06:10:00 +0430"), time_of("2021-08-31 6:10 pm"), time_of("2021")
    ('2021-08-31T06:10', '2021-08-31T18:10', '2021')
    """
    day = day_of(text, month_first)
    clock = _TIME.search(text)
    if day is None or len(day) < len("2021-08-31") or clock is None:
        return day
    hour = int(clock[1]) % 12 + 12 if clock[3] and clock[3] in "pP" else int(clock[1])
    if clock[3] and clock[3] in "aA":
        hour %= 12
    return f"{day}T{hour:02}:{clock[2]}"


def is_to_come(day: str, text: str, now: datetime) -> bool:
    """Whether ``day``, read from ``text``, is after today: today where the text was written, if it
    says so, and otherwise here."""
    zone = _ZONE.search(text.strip())
    if zone is not None:
        offset = timedelta(hours=int(zone[2]), minutes=int(zone[3]))
        if offset < timedelta(hours=24):
            now = now.astimezone(timezone(-offset if zone[1] == "-" else offset))
    return day > now.date().isoformat()


def _date(year: str, month: str | None = None, day: str | None = None) -> str | None:
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if whole.year < _FIRST_YEAR:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]


def _epoch(text: str) -> str | None:
    """Seconds since 1970, or thousandths, millionths or billionths of them: by their size."""
    digits = text.partition(".")[0]
    scale = 10 ** ((len(digits) - 9) // 3 * 3)
    try:
        return datetime.fromtimestamp(int(digits) // scale, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return None


def _numeric(numbers: re.Match[str], month_first: bool) -> str | None:
    first, second, third = numbers[1], numbers[3], numbers[4]
    if len(first) == 4:
        return _date(first, second, third)
    if len(third) not in (2, 4) or len(first) > 2:
        return None
    if int(second) > 12 or (month_first and int(first) <= 12):
        first, second = second, first
    return _date(third if len(third) == 4 else _whole_year(third), second, first)


def _whole_year(two: str) -> str:
    """The year of two digits that is not more than a year from now."""
    this = date.today().year
    year = this - this % _CENTURY + int(two)
    return str(year if year <= this + 1 else year - _CENTURY)


@lru_cache(maxsize=10_000)
def _worded(text: str) -> str | None:
    """A date with the name of its month, in whatever language dateparser knows."""
    parser = _parser()
    try:
        found = parser.get_date_data(text)
    except Exception:  # the parser trusts what it is given, and raises what it happens to
        return None
    if found.date_obj is None or found.period not in ("day", "month", "year"):
        return None
    day, month = found.date_obj, found.period != "year"
    return _date(str(day.year), str(day.month) if month else None,
                 str(day.day) if found.period == "day" else None)  # fmt: skip


@lru_cache(maxsize=1)
def _parser() -> DateDataParser:
    from dateparser.date import DateDataParser  # slow to import; most dates are plain

    return DateDataParser(
        settings={
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["month", "year"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        }
    )
