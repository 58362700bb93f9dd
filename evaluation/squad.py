"""Exact match and F1 of a short answer, as the SQuAD script counts them. Pure.

Rajpurkar et al. 2016, section 6.1: lower case, no punctuation, no articles, one space; the best
over the gold answers.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence


def normal(text: str) -> str:
    """SQuAD's normal form of an answer."""
    kept = "".join(mark for mark in text.lower() if mark not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", kept).split())


def exact(guess: str, golds: Sequence[str]) -> float:
    """1 if the guess is one of the golds in normal form."""
    return float(any(normal(guess) == normal(gold) for gold in golds))


def f1(guess: str, golds: Sequence[str]) -> float:
    """The best overlap of words with a gold, 0 to 1."""
    found = normal(guess).split()
    best = 0.0
    for gold in golds:
        wanted = normal(gold).split()
        common = sum((Counter(found) & Counter(wanted)).values())
        if common:
            best = max(best, 2 * common / (len(found) + len(wanted)))
    return best
