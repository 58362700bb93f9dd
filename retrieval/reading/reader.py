"""The reading seam: a question and passages in, spans that may answer it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from retrieval.answer import Span
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question

__all__ = ["Reader", "Span"]


class Reader(Protocol):
    """Finds spans. Reading the same passage alone or among others gives the same span scores."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        """Spans of the passages in ``hits``, best first; empty when none has any promise."""
        ...
