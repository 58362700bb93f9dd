"""Dense and lexical search, fused into one ranking; lexical alone when it must, and says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.language.words import words
from index.model import Query, Selection
from index.store import Generation
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question

DEPTH = 100
"""Candidates taken from each ranking before they are fused."""

LEXICAL_WEIGHT = 0.3
"""Learnt on training questions (docs/decisions/013-fusion.md)."""


TELLING = 12
"""Passages that say who holds the office asked for, found by that alone."""

ARTICLE_WEIGHT = 0.3
"""Of what a passage's article says of the question's words, beside the passage itself; learnt on
training questions (docs/decisions/013-fusion.md)."""


def search(
    generation: Generation,
    question: Question,
    vector: NDArray[np.float32] | None,
    k: int,
    selection: Selection | None = None,
) -> list[Hit]:
    """The best ``k`` passages for ``question``, best first, among those of ``selection``: its own
    unless another is given; and of the others those that say who holds the office asked for.

    ``vector`` is the embedding of its spelt text, or None to search by words alone.
    """
    chosen = question.selection if selection is None else selection
    asked = tuple(words(question.spelt))
    office = question.kind.office.sought(TELLING) if question.kind.office else None
    scored = generation.search(Query(asked, vector, DEPTH, chosen, question.sought, office))
    tell = {one.key for one in scored if one.tells}
    lexical = {one.key: one.bm25 for one in scored if one.bm25 is not None}
    dense = {one.key: one.cosine for one in scored if one.cosine is not None}
    own = fuse(dense, lexical) if vector is not None else _scaled(lexical, 0.0)
    own = dict.fromkeys(tell, 0.0) | own
    fused = _with_articles(own, question, {one.key: one.held for one in scored})
    standout = _standout(sorted(dense.values(), reverse=True)[:DEPTH])
    held = {one.key: one.held for one in scored}
    ranked = sorted(fused, key=lambda key: (-fused[key], key))
    best = ranked[:k] + [key for key in ranked[k:] if key in tell]
    return [
        Hit(passage, dense.get(key), lexical.get(key), fused[key], standout, held[key],
            tells=key in tell)
        for key, passage in zip(best, generation.passages(best), strict=True)
    ]  # fmt: skip


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
    own: dict[int, float], question: Question, held: Mapping[int, frozenset[str]]
) -> dict[int, float]:
    """``own`` scores of passages, and the weighed share of the question's words that stand in
    their articles: a passage of the right story need not repeat whom it is about."""
    weights, keys = np.array(list(question.wide.values())), list(own)
    if not len(weights) or not keys:
        return own
    told = np.array([[word in held[key] for key in keys] for word in question.wide])
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
