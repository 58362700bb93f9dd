"""Whether a text holds what a question's gold answer says. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*$")

SENTENCE_WORDS = 6
LONG_WORDS = 12


def plain_words(text: str) -> list[str]:
    """The words of ``text`` in lower case: cleaning may have changed what is between them."""
    return _WORD.findall(text.casefold())


def is_evidence(gold: str) -> bool:
    """Whether a gold answer is a sentence or more, not the short answer inside one."""
    size = len(gold.split())
    return size >= LONG_WORDS or (size >= SENTENCE_WORDS and bool(_SENTENCE.search(gold.strip())))


def contains(text: str, gold: str) -> bool:
    """Whether the words of ``gold`` stand in ``text`` in a row."""
    wanted = plain_words(gold)
    if not wanted:
        return gold.strip() in text
    return f" {' '.join(wanted)} " in f" {' '.join(plain_words(text))} "


def overlaps(text: str, evidence: str) -> bool:
    """Whether the longest run of words that both share is half of the shorter one or more."""
    one, two = plain_words(text), plain_words(evidence)
    if not one or not two:
        return False
    longest, row = 0, [0] * (len(two) + 1)
    for word in one:
        row = [0, *(row[n] + 1 if word == other else 0 for n, other in enumerate(two))]
        longest = max(longest, *row)
    return longest >= min(len(one), len(two)) / 2


def holds(text: str, golds: Sequence[str]) -> bool:
    """Whether ``text`` holds one of the short golds, or overlaps one that is evidence."""
    return any(overlaps(text, g) if is_evidence(g) else contains(text, g) for g in golds)
