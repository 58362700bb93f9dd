"""What a short form stands for, where an article says so itself. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.folding import fold
from index.language.vocabulary import definitions
from index.model import Passage
from retrieval.answer import Span
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question
from retrieval.reading.reader import Reader

EXPLAINED = 0.95
"""An article that writes "the National Resistance Front (NRF)" has answered what NRF stands for."""


class ExplainingReader:
    """Answers what a short form stands for; leaves every other question to ``reader``."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        asked = question.kind.form
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
