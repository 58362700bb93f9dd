"""Lists of words as regular expressions. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, in a group of its own; where one begins another, the longer
    is tried first. What may stand around a word is for the caller to say."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def capitalised(words: Iterable[str]) -> list[str]:
    """``words`` as names write them: "prime minister" as "Prime Minister"."""
    return [" ".join(map(str.capitalize, word.split(" "))) for word in words]
