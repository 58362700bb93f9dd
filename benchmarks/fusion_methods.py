"""Ways to fuse a BM25 ranking and a cosine ranking into one. Pure.

Unless said otherwise, a passage that one ranking lacks gets that ranking's least score: it is at
most as good as the last one that was taken.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.finding.search import LEXICAL_WEIGHT

Scores = dict[int, float]

_HAYSTACK_K = 61


@dataclass(frozen=True, slots=True)
class Candidates:
    """What both rankings found for a question, best first; of each at most the `DEPTH` of
    `retrieval.finding.search`.

    ``own`` is txtai's BM25 of the same words; ``average`` and ``own_average`` are what txtai calls
    the average score of an index, for the two kinds of BM25. ``covered``: for each passage that was
    found, the weighed share of the question's words that stand anywhere in its article.
    """

    dense: Scores
    lexical: Scores
    average: float
    own: Scores
    own_average: float
    covered: Scores


Fusion = Callable[[Candidates], Scores]


def lexical_alone(found: Candidates) -> Scores:
    return found.lexical


def dense_alone(found: Candidates) -> Scores:
    return found.dense


def haystack(found: Candidates) -> Scores:
    """Haystack 2's DocumentJoiner, reciprocal_rank_fusion: two lists, equal weights, k = 61 with
    ranks from 0, scaled so that the first in both lists has 1."""
    fused: Scores = {}
    for ranking in (found.lexical, found.dense):
        for rank, key in enumerate(ranking):
            fused[key] = fused.get(key, 0.0) + 1 / (_HAYSTACK_K + rank)
    return {key: score * _HAYSTACK_K / 2 for key, score in fused.items()}


def txtai(found: Candidates) -> Scores:
    """txtai's hybrid search with its default weights, over our BM25 scores."""
    return _txtai(found.dense, found.lexical, found.average)


def txtai_own(found: Candidates) -> Scores:
    """txtai's hybrid search with its default weights, over its own kind of BM25."""
    return _txtai(found.dense, found.own, found.own_average)


def _txtai(dense: Scores, lexical: Scores, average: float) -> Scores:
    """Half of the cosine as it is (above 0 only) and half of BM25 divided by the smaller of its
    best score plus the average and six times the average, at most 1. What is missing counts 0."""
    fused = {key: 0.5 * cosine for key, cosine in dense.items() if cosine > 0}
    if lexical:
        most = min(max(lexical.values()) + average, 6 * average)
        for key, score in lexical.items():
            fused[key] = fused.get(key, 0.0) + 0.5 * min(score / most, 1.0)
    return fused


def min_max(found: Candidates, weight: float) -> Scores:
    """Each ranking scaled to 0…1 by its best and its least score."""
    return _convex(_scaled(found.dense), _scaled(found.lexical), weight)


def theoretical(found: Candidates, weight: float) -> Scores:
    """Scaled by the best score and the least that is possible: -1 for cosine, 0 for BM25 (Bruch,
    Gai & Ingber 2023)."""
    return _convex(_scaled(found.dense, -1.0), _scaled(found.lexical, 0.0), weight)


def with_article(found: Candidates, weight: float) -> Scores:
    """The theoretical min-max that is served, plus ``weight`` times what the article covers."""
    fused = theoretical(found, LEXICAL_WEIGHT)
    return {key: score + weight * found.covered[key] for key, score in fused.items()}


def z_score(found: Candidates, weight: float) -> Scores:
    """Each ranking in standard deviations from its own mean."""
    return _convex(_standard(found.dense), _standard(found.lexical), weight)


def _scaled(scores: Scores, least: float | None = None) -> Scores:
    if not scores:
        return {}
    low, high = min(scores.values()) if least is None else least, max(scores.values())
    return {key: (s - low) / (high - low) if high > low else 1.0 for key, s in scores.items()}


def _standard(scores: Scores) -> Scores:
    if not scores:
        return {}
    middle, spread = statistics.fmean(scores.values()), statistics.pstdev(scores.values())
    return {key: (s - middle) / spread if spread else 0.0 for key, s in scores.items()}


def _convex(dense: Scores, lexical: Scores, weight: float) -> Scores:
    far = min(dense.values(), default=0.0)
    unworded = min(lexical.values(), default=0.0)
    return {
        key: (1 - weight) * dense.get(key, far) + weight * lexical.get(key, unworded)
        for key in dense.keys() | lexical.keys()
    }
