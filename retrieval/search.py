"""Dense and lexical search, fused into one ranking; lexical alone when it must, and says so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.model import Passage
from index.store import Generation
from index.words import words

DEPTH = 100
"""Candidates taken from each ranking before they are fused."""

LEXICAL_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores: cosine, Okapi BM25, and fused (0 to 1, comparable only within
    one search). ``dense`` or ``lexical`` is None when that ranking did not hold the passage."""

    passage: Passage
    dense: float | None
    lexical: float | None
    fused: float


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
    if vector is not None:
        near, cosines = generation.dense(vector, DEPTH, among)
        dense = dict(zip(near.tolist(), cosines.tolist(), strict=True))
    fused = fuse(dense, lexical) if vector is not None else _unit(lexical)
    best = sorted(fused, key=lambda key: (-fused[key], key))[:k]
    passages = generation.passages(best)
    return [
        Hit(passage, dense.get(key), lexical.get(key), fused[key])
        for key, passage in zip(best, passages, strict=True)
    ]


def fuse(dense: dict[int, float], lexical: dict[int, float]) -> dict[int, float]:
    """Convex combination of the two rankings, each scaled to 0…1 by its best and least score.

    Bruch, Gai & Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval": it keeps
    how much better a passage is, which reciprocal rank fusion throws away. A passage that one
    ranking lacks gets that ranking's least score.
    """
    near, worded = _unit(dense), _unit(lexical)
    return {
        key: (1 - LEXICAL_WEIGHT) * near.get(key, 0.0) + LEXICAL_WEIGHT * worded.get(key, 0.0)
        for key in near.keys() | worded.keys()
    }


def _unit(scores: dict[int, float]) -> dict[int, float]:
    if not scores:
        return {}
    least, most = min(scores.values()), max(scores.values())
    if most == least:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - least) / (most - least) for key, score in scores.items()}
