"""How the path of a file is written where text is wanted. Pure."""

from __future__ import annotations

import os
from pathlib import PurePath


def shown(path: PurePath | str) -> str:
    """``path`` as valid text: bytes of a name that are not UTF-8 are written as escapes.

    >>> shown("news/caf\\udce9.txt")
    'news/caf\\\\xe9.txt'
    """
    text = os.fspath(path)
    if text.isascii():
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half a character, which no file system gave
        return text.encode("utf-8", "backslashreplace").decode()
