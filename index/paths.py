"""How the path of a file is written where text is wanted. Pure."""

from __future__ import annotations

import os
import re
from pathlib import PurePath

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown(path: PurePath | str) -> str:
    """``path`` as one line of valid text: bytes of a name that are not UTF-8, and characters that
    would move the cursor or turn the line around, are written as escapes.

    >>> shown("news/caf\\udce9.txt")
    'news/caf\\\\xe9.txt'
    """
    text = os.fspath(path)
    if text.isprintable():
        return text
    try:
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half a character, which no file system gave
        text = text.encode("utf-8", "backslashreplace").decode()
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
