"""Paths of somebody's machine in the fields of a record, which nobody else should read. Pure.

Tools that collect articles like to write where they found them: as the id, the outlet, the title.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_ROOT = re.compile(r"file:/*|[A-Za-z]:(?=[/\\])|~(?=[/\\])", re.I)
_ENDING = re.compile(r"\.[A-Za-z]\w{0,4}(?:\.gz)?\Z")
_FEWEST = 2
"""Steps of a path from a root: "/dev" and "/s" may be written by anybody."""


def is_local(text: str) -> bool:
    """Whether ``text``, all of it, is a path from the root of a file system, or leads up in one.

    >>> [is_local(text) for text in ("/srv/news/a.txt", "C:\\\\news\\\\a", "../a", "2024/a", "/s")]
    [True, True, True, False, False]
    """
    root = _ROOT.match(text)
    path = text[root.end() if root else 0 :].replace("\\", "/")
    steps = [step for step in path.split("/") if step]
    if ".." in steps and " " not in text:
        return True
    rooted = bool(root) or path.startswith("/")
    written = " " not in text or bool(_ENDING.search(text))
    return rooted and written and len(steps) >= (1 if root else _FEWEST)


def last_name(text: str) -> str:
    """The last step of a path without its ending, which says nothing of where it lies.

    >>> last_name("/srv/news/ledger.jsonl.gz"), last_name("file:///srv/news/")
    ('ledger', 'news')
    """
    name = PurePosixPath(text.replace("\\", "/")).name
    return _ENDING.sub("", name) or name
