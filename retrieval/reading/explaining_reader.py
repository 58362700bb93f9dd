"""What a short form stands for, where an article says so itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.vocabulary import definitions, fold
from index.model import Passage
from retrieval.finding.search import Hit
from retrieval.reading.reader import Reader, Span

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


def form_asked(question: str) -> str | None:
    """The short form whose meaning ``question`` asks, if that is what it asks."""
    return next((found["form"] for one in _ASKED if (found := one.fullmatch(question))), None)


class ExplainingReader:
    """Answers what a short form stands for; leaves every other question to ``reader``."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        asked = form_asked(question)
        read = self._reader.read(question, hits)
        if asked is None:
            return read
        sure = max([EXPLAINED, *(span.score for span in read[:1])])  # scores never rise
        passages = (hit.passage for hit in hits)
        explained = (_explained(asked, passage, sure) for passage in passages)
        return [*filter(None, explained), *read]


def _explained(asked: str, passage: Passage, score: float) -> Span | None:
    """Where ``passage`` writes out the short form."""
    for short, long in definitions(passage.text):
        at = passage.text.find(long)
        if fold(short) == fold(asked) and at >= 0:
            return Span(passage, at, at + len(long), score)
    return None
