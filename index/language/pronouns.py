"""Names that a quote means without saying them: "he", or a speaker's own "I". Pure."""

from __future__ import annotations

import re
from collections.abc import Set

from index.language.words import words

REACH = 400
"""Code points before a quote, some three sentences, in which a name still says who "he" is; 250 to
600 do as well (docs/decisions/017-ranking-spans.md)."""

# In capitals, "US" and "IT" are names.
_REFERS = re.compile(
    r"\b(?:(?i:he|she|they|him|her|them|his|hers|its|their|theirs|we|me|my|our)|[Ii]t|us|I)\b"
    r"|[“”\"]"
)


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
