"""Texts as people type them: without capitals and accents, one sign for apostrophes. Pure."""

from __future__ import annotations

import unicodedata

APOSTROPHES = "'’ʼ‘`´′＇"
"""All signs that stand for an apostrophe."""
_PLAIN = {
    **dict.fromkeys(APOSTROPHES, "'"),
    "ł": "l", "ø": "o", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h",
    "ŋ": "n", "ŧ": "t", "ĸ": "k",
}  # fmt: skip
# Letters that no accent makes, as keyboards without them write them.


class _Folding(dict[int, str]):
    """What becomes of a code point, worked out when it is first met."""

    def __missing__(self, code_point: int) -> str:
        typed = chr(code_point).casefold()
        plain = _PLAIN.get(typed) or unicodedata.normalize("NFKD", typed)
        self[code_point] = "".join(_PLAIN.get(c, c) for c in plain if not _unseen(c))
        return self[code_point]


def _unseen(character: str) -> bool:
    """Whether a character is an accent, or one that nobody sees: a soft hyphen, a joiner."""
    return bool(unicodedata.combining(character)) or unicodedata.category(character) == "Cf"


_FOLDING = _Folding()


def fold(text: str) -> str:
    """``text`` in lower case without accents: how words and long forms are compared.

    What is remembered is characters, of which there are few, and no texts.

    >>> fold("Søren Ødegård’s Œuvre in Łódź")
    "soren odegard's oeuvre in lodz"
    """
    if text.isascii() and "`" not in text:
        return text.lower()
    return text.translate(_FOLDING)
