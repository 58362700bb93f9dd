"""What a short form stands for, where an article says so itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.model import Passage
from index.vocabulary import definitions, fold
from retrieval.reader import Span

EXPLAINED = 0.95
"""An article that writes "the National Resistance Front (NRF)" has answered what NRF stands for."""

_FORM = (
    r"(?:the )?(?:abbreviation |acronym |initials |letters )?"
    r"[“\"'‘]?(?P<form>[\w&./-]{2,12})[”\"'’]?"
)
_IS = r"what(?: is|'s|’s)"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"what (?:do|does|did) {_FORM} (?:stand for|mean)\W*",
        rf"{_IS} {_FORM} (?:short for|an (?:abbreviation|acronym) (?:of|for))\W*",
        rf"{_IS} the (?:full|long) (?:name|form) of {_FORM}\W*",
    )
)


def explained(question: str, passages: Iterable[Passage]) -> Iterator[Span]:
    """Where ``passages`` write out the short form that ``question`` asks the meaning of."""
    asked = next((found["form"] for one in _ASKED if (found := one.fullmatch(question))), None)
    if asked is None:
        return
    for passage in passages:
        for short, long in definitions(passage.text):
            at = passage.text.find(long)
            if fold(short) == fold(asked) and at >= 0:
                yield Span(passage, at, at + len(long), EXPLAINED)
                break
