"""Lines of programs and data that pages leave in their texts. Pure.

One sign or two may stand in a sentence; three kinds of them on a line do not.
"""

from __future__ import annotations

import re

_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        r"\b(?:var|let|const|import|export|return) [\w{$]|\bfunction ?\w{0,40}\(|<\?php|@media\b",
        r"\b(?:window|document|dataLayer|googletag|jQuery|console|JSON|module|Math)[.\[(]",
        r"\|\||&&|[=!]==?|=>|\+\+|\+=",
        r"\w ?\([^()\n]{0,200}\)\s?[;{]|\}\)|\}\s?;|\w\.\w{1,40}\(",
        r"\"\s?:\s?[\"\[{\d]|\"\s?:\s?(?:true|false|null)\b",
        r"^\s?[{\[]\s?\"|[\w-]\s?\{\s?[\w-]{1,40}\s?:",
        r"[\w-]:\s?[^:;{}\n]{1,80}[;}]",
        r"[;}\]]\s?\Z",
    )
)
_LEAST = 3


def is_code(line: str) -> bool:
    """Whether ``line`` is a piece of a script, a style sheet or data, and no text.

    >>> is_code("var x = document.getElementById('a');"), is_code("He said: let it be {sic};")
    (True, False)
    """
    if "{" not in line and not line.rstrip().endswith((";", "}")):
        return False  # nearly all
    return sum(bool(sign.search(line)) for sign in _SIGNS) >= _LEAST
