"""Dense and lexical search, fused into one ranking; lexical alone when it must, and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.language.words import words
from index.model import Passage
from index.store import Generation
from retrieval.question.weighing import Question

DEPTH = 100
"""Candidates taken from each ranking before they are fused."""

LEXICAL_WEIGHT = 0.3
"""Learnt on training questions (docs/decisions/013-fusion.md)."""


ARTICLE_WEIGHT = 0.3
"""Of what a passage's article says of the question's words, beside the passage itself; learnt on
training questions (docs/decisions/013-fusion.md)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores: cosine, Okapi BM25, and fused (0 to 1, comparable only within
    one search). ``dense`` is None when only words were searched, ``lexical`` when the passage was
    not among the best by words. ``standout``: of the search, see `_standout`."""

    passage: Passage
    dense: float | None
    lexical: float | None
    fused: float
    standout: float | None = None


def search(
    generation: Generation,
    question: str,
    vector: NDArray[np.float32] | None,
    k: int,
    among: NDArray[np.int64] | None = None,
) -> list[Hit]:
    """The best ``k`` passages for ``question``, best first.

    ``vector`` is the question's embedding, or None to search by words alone. ``among``: the keys
    that may be found, ascending, if not all.
    """
    keys, scores = generation.lexical(words(question), DEPTH, among)
    lexical = dict(zip(keys.tolist(), scores.tolist(), strict=True))
    dense: dict[int, float] = {}
    standout = None
    if vector is not None:
        near, _ = generation.dense(vector, DEPTH, among)
        both = np.union1d(near, keys)
        dense = dict(zip(both.tolist(), generation.cosines(vector, both).tolist(), strict=True))
        standout = _standout([dense[key] for key in near.tolist()])
    own = fuse(dense, lexical) if vector is not None else _scaled(lexical, 0.0)
    fused = _with_articles(own, question, generation)
    best = sorted(fused, key=lambda key: (-fused[key], key))[:k]
    passages = generation.passages(best)
    return [
        Hit(passage, dense.get(key), lexical.get(key), fused[key], standout)
        for key, passage in zip(best, passages, strict=True)
    ]


def fuse(dense: dict[int, float], lexical: dict[int, float]) -> dict[int, float]:
    """Convex combination of the two rankings, each scaled by its best score and the least that is
    possible: -1 for cosine, 0 for BM25.

    Bruch, Gai & Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval" (theoretical
    min-max): it keeps how much better a passage is, which reciprocal rank fusion throws away. A
    passage that one ranking lacks gets that ranking's least score: it is at most as good.
    """
    near, worded = _scaled(dense, -1.0), _scaled(lexical, 0.0)
    far, unworded = min(near.values(), default=0.0), min(worded.values(), default=0.0)
    return {
        key: (1 - LEXICAL_WEIGHT) * near.get(key, far) + LEXICAL_WEIGHT * worded.get(key, unworded)
        for key in near.keys() | worded.keys()
    }


def _standout(near: Sequence[float]) -> float | None:
    """How far the nearest passage stands out from the `DEPTH` nearest: its cosine less their mean.

    Some questions are close to many passages; one that is answered is closer to a few. None where
    fewer were compared: the mean would be that of all there is, however distant.
    """
    return max(near) - sum(near) / len(near) if len(near) >= DEPTH else None


def _with_articles(
    own: dict[int, float], question: str, generation: Generation
) -> dict[int, float]:
    """``own`` scores of passages, and the weighed share of the question's words that stand in
    their articles: a passage of the right story need not repeat whom it is about."""
    asked = Question.weighed(question, generation.frequency, generation.manifest.passages)
    weights = np.array(list(asked.weights.values()))
    keys = list(own)
    if not len(weights) or not keys:
        return own
    told = generation.in_articles(list(asked.weights), np.array(keys, np.int64))
    shares = weights @ told / weights.sum()
    return {
        key: (own[key] + ARTICLE_WEIGHT * share) / (1 + ARTICLE_WEIGHT)
        for key, share in zip(keys, shares.tolist(), strict=True)
    }


def _scaled(scores: dict[int, float], least: float) -> dict[int, float]:
    """``least`` to 0 and the best to 1; BM25's floor under idf may still lie below its least."""
    most = max(scores.values(), default=least)
    if most <= least:
        return dict.fromkeys(scores, 1.0)
    return {key: max(0.0, (score - least) / (most - least)) for key, score in scores.items()}
