"""Answers that only say again what was asked about are none."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer import Span
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question
from retrieval.question.kinds import echoes
from retrieval.reading.reader import Reader


class UnechoedReader:
    """``reader`` without its echoes: "WADA" to "who heads WADA?", or the long form of it, unless
    that is what was asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        spans = self._reader.read(question, hits)
        return [span for span in spans if not echoes(question.own_text, span.text)]
