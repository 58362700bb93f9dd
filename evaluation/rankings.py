"""The two rankings that a search fuses, each by itself, for who measures them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.model import Query, Scored
from index.store import Generation

Ranking = list[tuple[int, float]]
"""(key, score) of passages, the best first."""


def by_words(generation: Generation, words: Sequence[str], k: int) -> Ranking:
    """The best ``k`` passages by Okapi BM25; equal scores are in order of keys."""
    found = generation.search(Query(tuple(words), None, k))
    return _ranked(found, [one.bm25 for one in found])[:k]


def by_vector(generation: Generation, vector: NDArray[np.float32], k: int) -> Ranking:
    """The best ``k`` passages by cosine."""
    found = generation.search(Query((), vector, k))
    return _ranked(found, [one.cosine for one in found])[:k]


def _ranked(found: Sequence[Scored], scores: Sequence[float | None]) -> Ranking:
    known = [(one.key, s) for one, s in zip(found, scores, strict=True) if s is not None]
    return sorted(known, key=lambda pair: (-pair[1], pair[0]))
