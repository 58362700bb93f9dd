"""Dates: the words for them, and dates as texts write them. Pure.

The one door to dateutil.
"""

from __future__ import annotations

import re
from datetime import datetime

from index.language.patterns import any_of

MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SHORT_MONTHS = "jan feb mar apr jun jul aug sep sept oct nov dec".split()
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
    rf"\b(?:{any_of((*MONTHS, *_SHORT_MONTHS))}|{any_of(WEEKDAYS)}s?|yesterday|today|tonight|"
    r"tomorrow|ago|weekend|morning|evening|last (?:week|month|year|night)|[12][0-9]{3}s?|"
    r"[0-9]{1,2}(?::[0-9]{2})? ?[ap]\.?m|century|decades?)\b",
    re.IGNORECASE,
)


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


def iso_date(text: str) -> str | None:
    """``text`` as an ISO 8601 date, or None when it does not name a full date.

    >>> iso_date("26-FEB-1987 15:02:20.00")
    '1987-02-26'
    """
    if re.fullmatch(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2]))?", text):
        return text
    if not re.search(r"\d{4}", text):
        return None
    from dateutil import parser  # takes longer to import than a question to read

    try:
        # Two defaults that differ in every part: a date that follows them was not in the text.
        found = {
            parser.parse(text, default=datetime(*default)).date()
            for default in ((1971, 1, 2), (1972, 3, 4))
        }
    except Exception:  # the parser trusts what it is given, and raises what it happens to
        return None
    return found.pop().isoformat() if len(found) == 1 else None
