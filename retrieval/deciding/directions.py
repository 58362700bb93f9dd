"""Whether a name in a sentence can be who does what is asked for. Pure."""

from __future__ import annotations

import re

from index.language.function_words import BE
from index.language.patterns import any_of
from index.language.words import words

_BEFORE_IT = re.compile(r"\b(?P<word>[^\W\d_]+) (?:the |a |an |his |her |its )?$")
_OBLIQUE = frozenset("to from against for with at".split())
"""Prepositions after which nobody stands who does what the sentence tells."""
_PASSIVE = re.compile(rf"\b(?:{any_of(BE | {'been', 'being', 'be'})})(?: \w+ly)? (?P<verb>\w+)\b")
_AGENT = re.compile(r"\bby\b")


_SIDES = tuple(
    frozenset(words(said))
    for said in (
        "support back favour favor welcome praise endorse defend applaud approve",
        "oppose criticise criticize condemn reject denounce attack slam object against protest",
    )
)
"""Who takes a side is not told by a sentence that has no word of that side."""


def may_do(verb: str, sentence: str, start: int, end: int) -> bool:
    """Whether the name at ``start:end`` of ``sentence`` may be the subject of the ``verb`` (as
    `words` gives it): "sold to Bolt" does not make Bolt the seller, nor does "Bolt was sold". True
    where the sentence does not use the verb."""
    before, after = sentence[:start], sentence[end:]
    said = set(words(sentence))
    if any(verb in side and not side & said for side in _SIDES):
        return False
    if verb not in said:
        return True
    led = _BEFORE_IT.search(before)
    if led and led["word"].lower() in _OBLIQUE and verb in words(before):
        return False
    suffers = _PASSIVE.match(after.lstrip())
    if suffers and verb in words(suffers["verb"]):
        return False
    done = [found for found in _PASSIVE.finditer(before) if verb in words(found["verb"])]
    return not done or bool(_AGENT.search(before, done[-1].end()))
