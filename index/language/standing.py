"""Whether what is said of an office is denied, only supposed, or over. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.function_words import BE, HAVE
from index.language.offices import DENIED, DOUBTED, LEFT, REMOVED, SUPPOSED
from index.language.patterns import any_of

CLAUSE_ENDS = frozenset([*",;:()–—.", "who", "which", "that", "when", "while"])

# What may follow a name, with its office, that says that it has left it.
_LEFT = re.compile(
    rf",?(?: who)?(?:(?: {any_of(HAVE)})? {any_of(LEFT)}"
    rf"|(?: {any_of(BE | HAVE | {'been'})})+ {any_of(REMOVED)})\b"
)


def has_left(sentence: str, at: int) -> bool:
    """Whether the sentence goes on from ``at`` with how an office ended."""
    return bool(_LEFT.match(sentence, at))


def denied(description: Sequence[str]) -> bool:
    """Whether the words (in lower case) that describe an office deny it."""
    return not DENIED.isdisjoint(description)


def doubtful(lows: Sequence[str], at: int) -> bool:
    """Whether what is said of the name or office at ``at`` is denied, supposed or only claimed."""
    if (at and lows[at - 1] in DENIED) or not DOUBTED.isdisjoint(lows[:at]):
        return True
    clause = next((n + 1 for n in range(at - 1, -1, -1) if lows[n] in CLAUSE_ENDS), 0)
    return not SUPPOSED.isdisjoint(lows[clause:at])
