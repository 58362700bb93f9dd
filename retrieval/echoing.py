"""Answers that only say again what was asked about are none."""

from __future__ import annotations

from collections.abc import Sequence

from index.store import Generation
from retrieval.agreement import echoes
from retrieval.definitions import form_asked
from retrieval.reader import Reader, Span
from retrieval.search import Hit
from retrieval.wording import spelt_out


class UnechoedReader:
    """``reader`` without its echoes: "WADA" to "who heads WADA?", or the long form of it that
    ``generation`` knows, unless that is what was asked."""

    def __init__(self, reader: Reader, generation: Generation) -> None:
        self._reader, self._generation = reader, generation

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        told = question if form_asked(question) else spelt_out(question, self._generation)
        return [span for span in self._reader.read(question, hits) if not echoes(told, span.text)]
