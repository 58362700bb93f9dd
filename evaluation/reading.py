"""The reader alone, on the contexts that come with the questions: nothing is searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation import squad
from evaluation.intervals import Measure
from evaluation.metrics import Floats, auroc, mean
from evaluation.questions import GoldQuestion
from index.model import Passage, Reference
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question
from retrieval.reading.confidence import Calibration, Chance
from retrieval.reading.span_reader import SpanModel, SpanReader

_MARGIN_ALONE = Calibration((Chance(0.0, {"margin": 1.0}),), {"margin": 1.0})
"""Orders questions by the margin of the best span over "not here", whatever was calibrated."""


@dataclass(frozen=True, slots=True)
class ReaderOutcome:
    """What the reader made of one question. ``score`` rises with the margin of its best span over
    "not here"; ``exact`` and ``f1`` are those of that span, None when there is no gold answer."""

    id: str
    group: str
    score: float
    exact: float | None
    f1: float | None

    @property
    def answerable(self) -> bool:
        return self.exact is not None


def read(
    model: SpanModel,
    questions: Sequence[GoldQuestion],
    done: Callable[[int], None] = lambda _: None,
) -> list[ReaderOutcome]:
    """Read each question's own context; "not here" is forbidden, as SQuAD's EM and F1 want it."""
    reader = SpanReader(model, _MARGIN_ALONE)
    readings = []
    for question in questions:
        text = question.context
        passage = Passage(0, Reference("context", ""), 0, text, ((0, len(text)),))
        spans = reader.read(Question.alone(question.text), [Hit(passage, None, None, 0.0)])
        best = text[spans[0].start : spans[0].end] if spans else ""
        golds = question.golds
        readings.append(
            ReaderOutcome(
                question.id,
                question.group,
                spans[0].score if spans else 0.0,
                squad.exact(best, golds) if golds else None,
                squad.f1(best, golds) if golds else None,
            )
        )
        done(1)
    return readings


def measures(readings: Sequence[ReaderOutcome]) -> dict[str, Measure]:
    """Exact match and F1 on the answerable; AUROC of the answerable against the others."""
    answerable = np.array([r.answerable for r in readings], np.float64)
    scores = np.array([r.score for r in readings], np.float64)
    found: dict[str, Measure] = {}
    if answerable.any():
        exact: Floats = np.array([r.exact or 0.0 for r in readings], np.float64)
        overlap: Floats = np.array([r.f1 or 0.0 for r in readings], np.float64)
        found["exact_match"] = lambda w: mean(w * answerable, exact)
        found["f1"] = lambda w: mean(w * answerable, overlap)
    if answerable.any() and not answerable.all():
        found["auroc"] = lambda w: auroc(w, scores, answerable)
    return found
