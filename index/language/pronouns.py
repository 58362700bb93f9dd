"""Pronouns, and the names that a quote means by them: "he", or a speaker's own "I". Pure.

All lists are in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Set

from index.language.function_words import DEMONSTRATIVES
from index.language.patterns import any_of
from index.language.words import words

PERSON = frozenset("he him his she her hers himself herself".split())
GROUP = frozenset("they them their theirs themselves".split())
THING = frozenset("it its itself".split())
SPEAKER = frozenset("i me my we us our".split())
SUBJECTS = frozenset("he she it they".split())
"""Those that may be the subject of a sentence."""
OWNERS = frozenset("his her its their our".split())
"""Those that stand before what belongs to whom they mean."""
_REFLEXIVE = frozenset("himself herself itself themselves".split())
"""Those that mean what their own sentence names."""

REACH = 400
"""Code points before a quote, some three sentences, in which a name still says who "he" is; 250 to
600 do as well (docs/decisions/017-ranking-spans.md)."""

_CASED = frozenset({"it", "us", "i"})  # in capitals, "US" and "IT" are names; "i" is a letter
_OF_OTHERS = (PERSON | GROUP | THING) - _REFLEXIVE
_REFERRING = (_OF_OTHERS | SPEAKER) - _CASED
_REFERS = re.compile(rf"\b(?:(?i:{any_of(_REFERRING)})|[Ii]t|us|I)\b|[“”\"]")


_LEANING = re.compile(
    rf"[“\"‘'(]*(?:{any_of(_OF_OTHERS | DEMONSTRATIVES | {'both', 'such'})}|"
    r"the (?:former|latter|two|pair|group|move|decision|statement|claim))\b",
    re.IGNORECASE,
)


def leans(sentence: str) -> bool:
    """Whether ``sentence`` opens with what the one before it named: "He said", "The two left"."""
    return bool(_LEANING.match(sentence))


def meant(names: Set[str], quote: str, before: str) -> set[str]:
    """Those of ``names`` (as `words` gives them) that ``quote`` may mean: it holds a pronoun or
    direct speech, and they stand in the last `REACH` code points of ``before``.

    A resolver would say which of several persons is meant; that one of them is asked about tells
    more of a sentence than which.
    """
    if not names or not _REFERS.search(quote):
        return set()
    near = before[-REACH:]
    whole = near if len(before) <= REACH else near[near.find(" ") + 1 :]
    return {word for word in words(whole) if word in names}
