"""Double marks of quotation in a line: which open, which close, which pair with none. Pure."""

from __future__ import annotations

import re

_MARK = re.compile(r"[\"“”„]")


def evened(line: str) -> str:
    """``line``, as long as it is, its quotations between “ and ” and all other double marks spaces.

    A mark pairs with none where its quotation goes on from the last line, or to the next, where a
    closing one is set apart by mistake (``she said. " He left``), or where it means inches outside
    of a quotation.
    Quotations do not nest in double marks: a second one that opens leaves the first alone. One
    that a curly mark opens may be closed by a straight one, as happens in print.
    """
    marks = list(line)
    opened: int | None = None
    for found in _MARK.finditer(line):
        at = found.start()
        marks[at] = " "
        if _opens(line, at, opened):
            opened = at
        elif opened is not None:
            marks[opened], marks[at] = "“", "”"
            opened = None
    return "".join(marks)


def _opens(line: str, at: int, opened: int | None) -> bool:
    """Whether the mark at ``at`` opens a quotation; ``opened``: where one is open already."""
    if line[at] == "“":
        return opened is None or line[opened] != "„"
    if line[at] != '"':
        return line[at] == "„"
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    free_before = not before or before.isspace() or before in "([—–-‘'"
    free_after = not after or after.isspace() or after in ",;:!?)"
    if free_before and free_after:
        return False
    return free_before or (opened is None and not free_after)
