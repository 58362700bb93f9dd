"""The reading seam: a question and passages in, spans that may answer it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.model import Passage
from retrieval.finding.search import Hit


@dataclass(frozen=True, slots=True)
class Span:
    """``start:end`` of a passage's text may answer the question.

    ``score`` is the probability that it does, comparable between passages and questions.
    ``around``: (start, end) in the passage of what is quoted with it at least.
    """

    passage: Passage
    start: int
    end: int
    score: float
    around: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.passage.text):
            raise ValueError(f"span {self.start}:{self.end} is outside its passage")
        if self.around and not self.around[0] <= self.start < self.end <= self.around[1]:
            raise ValueError(f"span {self.start}:{self.end} is outside what is around it")

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


class Reader(Protocol):
    """Finds spans. Reading the same passage alone or among others gives the same span scores."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        """Spans of the passages in ``hits``, best first; empty when none has any promise."""
        ...
