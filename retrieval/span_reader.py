"""The span reader: the short answer inside a passage, or "not here", by a trained network.

Each passage gives its best spans with their margin over "not here". Margins compare across the
passages of one question (the network was trained for it), so the best span of all passages is the
best span; how high the search ranked its passage has a say too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.confidence import Calibration
from retrieval.decode import DecodedSpan, Window, decode
from retrieval.reader import Span
from retrieval.search import Hit

SPANS_PER_PASSAGE = 3


@dataclass(frozen=True, slots=True)
class Logits:
    """What a network said of one passage: its windows, and the code points of its word pieces."""

    windows: tuple[Window, ...]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]


class SpanModel(Protocol):
    """A network that reads passages."""

    def logits(self, question: str, texts: Sequence[str]) -> list[Logits]:
        """One for each text, in order; the same alone or in a batch."""
        ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: Hit
    span: DecodedSpan
    value: float  # logits: the margin, and what the rank of its passage is worth


class SpanReader:
    """Reads passages with ``model`` and judges spans with ``calibration``."""

    def __init__(self, model: SpanModel, calibration: Calibration) -> None:
        self.model, self._calibration = model, calibration

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        found = self.model.logits(question, [hit.passage.text for hit in hits])
        candidates = [
            _Candidate(hit, span, span.margin + self._calibration.search * hit.fused)
            for hit, said in zip(hits, found, strict=True)
            for span in decode(
                said.windows, hit.passage.text, said.starts, said.ends, SPANS_PER_PASSAGE
            )
        ]
        candidates.sort(key=lambda candidate: -candidate.value)
        return self._judged(candidates)

    def _judged(self, candidates: Sequence[_Candidate]) -> list[Span]:
        """Spans with their probabilities, which never rise down the ranking."""
        spans: list[Span] = []
        ceiling = 1.0
        for number, candidate in enumerate(candidates):
            behind = candidates[number + 1].value if number + 1 < len(candidates) else None
            gap = candidate.value - behind if behind is not None and number == 0 else 0.0
            # A passage that only the words found: its cosine is not known, and low.
            cosine = candidate.hit.dense or 0.0
            chance = self._calibration.confidence(candidate.span.margin, gap, cosine)
            ceiling = min(ceiling, chance)
            span = candidate.span
            spans.append(Span(candidate.hit.passage, span.start, span.end, ceiling))
        return spans
