"""The sentence reader: the best sentence by the encoder and by words, or by words alone.

It needs no trained network, so it is what still serves when nothing else does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.language.words import words
from index.model import Passage
from index.models.encoder import Encoder
from retrieval.answer import Span
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question
from retrieval.question.weighing import Weighed, features

# Logistic regressions over `evidence.FEATURES`, by training/fit_sentences.py (see
# docs/decisions/004-sentence-reader.md for the data and what they reach).
_LEXICAL = (-4.884, (6.829, -1.317, 0.519, 0.740))
_HYBRID = (-6.403, (5.420, -1.483, 0.474, 0.939, 4.979, -0.649))

MOST_SENTENCES = 24
"""Sentences embedded for one question: the encoder reads about 40 a second on one core."""


class SentenceReader:
    """Gives whole sentences; with ``encoder`` None it judges by words alone."""

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        asked = question.weighed.as_typed
        rough = [
            (_probability(_LEXICAL, features(asked, sentence, held, ())), hit, start, end)
            for hit in hits
            for held in [set(words(f"{hit.passage.reference.title} {hit.passage.text}"))]
            for start, end, sentence in _sentences(hit.passage)
        ]
        # Equal evidence keeps the order of the search.
        rough.sort(key=lambda found: -found[0])
        if self._encoder is None:
            return [Span(hit.passage, start, end, score) for score, hit, start, end in rough]
        return self._with_encoder(self._encoder, asked, rough[:MOST_SENTENCES])

    def _with_encoder(
        self, encoder: Encoder, asked: Weighed, rough: list[tuple[float, Hit, int, int]]
    ) -> list[Span]:
        texts = [hit.passage.text[start:end] for _, hit, start, end in rough]
        rows = encoder.encode([asked.text, *texts])
        spans = []
        for (_, hit, start, end), text, row in zip(rough, texts, rows[1:], strict=True):
            held = words(f"{hit.passage.reference.title} {hit.passage.text}")
            near = float(row @ rows[0])
            # A passage that only the words found is at least as near as its sentence.
            cosines = (near, hit.dense if hit.dense is not None else near)
            score = _probability(_HYBRID, features(asked, text, held, cosines))
            spans.append(Span(hit.passage, start, end, score))
        return sorted(spans, key=lambda span: -span.score)


def _sentences(passage: Passage) -> list[tuple[int, int, str]]:
    return [(start, end, passage.text[start:end]) for start, end in passage.sentences]


def _probability(model: tuple[float, tuple[float, ...]], evidence: tuple[float, ...]) -> float:
    bias, weights = model
    total = bias + sum(w * x for w, x in zip(weights, evidence, strict=True))
    return 1 / (1 + math.exp(-total))
