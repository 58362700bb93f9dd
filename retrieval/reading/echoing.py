"""Answers that only say again what was asked about are none."""

from __future__ import annotations

from collections.abc import Sequence

from index.store import Generation
from retrieval.deciding.agreement import echoes
from retrieval.finding.known import Archive
from retrieval.finding.search import Hit
from retrieval.reading.reader import Reader, Span


class UnechoedReader:
    """``reader`` without its echoes: "WADA" to "who heads WADA?", or the long form of it that
    ``generation`` knows, unless that is what was asked."""

    def __init__(self, reader: Reader, generation: Generation) -> None:
        self._reader, self._known = reader, Archive(generation)

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        told = self._known.spelt_out(question)
        return [span for span in self._reader.read(question, hits) if not echoes(told, span.text)]
