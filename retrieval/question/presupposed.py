"""What a question takes for granted: that there is such a thing.

Pure but for the counts of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.language.function_words import BE, PREPOSITIONS, TIMING
from index.language.patterns import any_of
from index.language.vocabulary import tokens
from index.language.words import words

_ENDS = (
    PREPOSITIONS
    | TIMING
    | frozenset("between among near that which who when while because".split())
)
_HERE_ENDS = rf"{any_of(_ENDS)}\b"
_THERE_IS = re.compile(
    rf"\b(?:why|when|where|how (?:long|often)) {any_of(BE)} there (?!{_HERE_ENDS})"
    rf"(?P<thing>[^?.,;:]+?)(?= {_HERE_ENDS}|[?.,;:]|$)",
    re.IGNORECASE,
)


def unheard_of(question: str, frequency: Callable[[str], int]) -> str | None:
    """The thing that ``question`` takes to exist and that no passage mentions, if there is one:
    "outage" of "Why is there a power outage in Kabul?" where articles speak of power alone.

    "Is there an outage?" takes nothing for granted. ``frequency``: how many passages hold a word.
    Only the last word of what is there counts: it names the thing, and those before describe it.
    """
    found = _THERE_IS.search(question)
    named = [one[0] for one in tokens(found["thing"]) if words(one[0])] if found else []
    if not named or any(map(frequency, words(named[-1]))):
        return None
    return named[-1]
