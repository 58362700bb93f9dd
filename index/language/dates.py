"""Dates as texts and people write them. Pure. The one door to dateutil."""

from __future__ import annotations

import re
from datetime import datetime


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
