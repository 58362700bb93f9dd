"""The clock time that an entry of a live report begins with. Pure."""

from __future__ import annotations

import re

_ENTRY = re.compile(r"(\d{1,2}(?:[:.h]\d{2})? ?(?:[ap]\.?m\.?)?(?: [A-Z]{1,5})?) – ", re.I)


def entry_time(text: str) -> str:
    """The clock time before ``text``, as it is written; "" if it is no entry.

    >>> entry_time("14:30 BST – Polls have closed."), entry_time("In 1998 – or later – it closed.")
    ('14:30 BST', '')
    """
    found = _ENTRY.match(text)
    return found[1] if found and not found[1].isdecimal() else ""
