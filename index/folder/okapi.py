"""The arithmetic of ``rank_bm25.BM25Okapi``, its idf, floor and constants its own. Pure.

    idf(w) · f · (k1 + 1) / (f + k1 · (1 - b + b · |D| / avgdl))

(Trotman, Puurula & Burgess 2014, "Improvements to BM25 and Language Models Examined", with
rank_bm25's floor under the idf of words that more than half of the passages hold.) The operations
are done in its order, so that scores and ties are its own. The one door to rank_bm25.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Values = NDArray[np.float64]

_MODEL = BM25Okapi([["any"]])  # for its constants alone


def idf(words: Sequence[str], frequencies: Sequence[int], passages: int) -> Values:
    """The idf of each of ``words``, which so many of ``passages`` passages hold."""
    if not words:
        return np.empty(0, np.float64)
    model = BM25Okapi([["any"]])
    model.corpus_size, model.idf = passages, {}
    model._calc_idf(dict(zip(words, frequencies, strict=True)))
    return np.array([model.idf[word] for word in words], np.float64)


def norms(lengths: Values) -> Values:
    """What the length of each passage, in words, adds under the fraction."""
    average = int(lengths.sum()) / len(lengths) if lengths.any() else 1.0
    norm: Values = _MODEL.k1 * (1 - _MODEL.b + _MODEL.b * lengths / average)
    return norm


def scores(idf: float, counts: Values, norms: Values) -> Values:
    """What a word adds to the scores of passages that hold it ``counts`` times."""
    score: Values = idf * (counts * (_MODEL.k1 + 1) / (counts + norms))
    return score
