"""Figures of many questions, for many weightings of them at once. Pure numpy.

Every function takes ``weights`` of shape (draws, questions): row d says how often draw d of the
bootstrap holds each question. All ones, shape (1, questions), gives the plain figure. The result
has shape (draws,); nan where a draw holds nothing to count.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BINS = 10


def mean(weights: Floats, values: Floats) -> Floats:
    """The weighted mean of ``values``."""
    return _share(weights @ values, weights.sum(axis=1))


def quantile(weights: Floats, values: Floats, level: float) -> Floats:
    """The least value that ``level`` of the weight does not exceed."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[:, order], axis=1)
    at = np.argmax(reached >= level * reached[:, -1:], axis=1)
    found: Floats = values[order][at]
    return found


def auroc(weights: Floats, scores: Floats, positive: Floats) -> Floats:
    """How often a positive scores above a negative; a tie counts half (Mann-Whitney U)."""
    yes, no = _by_score(weights, -scores, positive)
    before = np.cumsum(no, axis=1) - no
    wins = (yes * (before + no / 2)).sum(axis=1)
    return _share(wins, yes.sum(axis=1) * no.sum(axis=1))


def coverage_at_risk(weights: Floats, scores: Floats, right: Floats, risk: float) -> Floats:
    """The largest share that can be answered, most confident first, with at most ``risk`` wrong.

    Questions with equal scores are answered together or not at all.
    """
    good, bad = (np.cumsum(part, axis=1) for part in _by_score(weights, scores, right))
    answered = good + bad
    kept = np.where(bad <= risk * answered, answered, 0.0)
    return _share(kept.max(axis=1), weights.sum(axis=1))


def answered_at_false(weights: Floats, scores: Floats, answerable: Floats, share: float) -> Floats:
    """The share of the answerable that is answered when at most ``share`` of the others is."""
    yes, no = (np.cumsum(part, axis=1) for part in _by_score(weights, scores, answerable))
    kept = np.where(no <= share * no[:, -1:], yes, 0.0)
    return _share(kept.max(axis=1), yes[:, -1])


def calibration_error(weights: Floats, chances: Floats, right: Floats) -> Floats:
    """Expected calibration error: how far the stated chance is from the share that is right.

    Ten bins of equal width, weighted by how many questions fall into them (Guo et al. 2017).
    """
    bins = np.minimum((chances * BINS).astype(np.int64), BINS - 1)
    apart = (weights * (chances - right)) @ np.eye(BINS)[bins]
    return _share(np.abs(apart).sum(axis=1), weights.sum(axis=1))


def risk_curve(scores: Floats, right: Floats, points: int = 20) -> list[tuple[float, float, float]]:
    """(threshold, share answered, share of those that is wrong), from few answered to all."""
    order = np.argsort(-scores, kind="stable")
    wrong = np.cumsum(1 - right[order])
    found = []
    for number in range(1, points + 1):
        count = max(1, round(len(scores) * number / points))
        threshold = float(scores[order[count - 1]])
        tied = int((scores >= threshold).sum())
        found.append((threshold, tied / len(scores), float(wrong[tied - 1]) / tied))
    return list(dict.fromkeys(found))


def _by_score(weights: Floats, scores: Floats, positive: Floats) -> tuple[Floats, Floats]:
    """Weight of the positives and of the others at each distinct score, the highest first."""
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    sorted_weights, sign = weights[:, order], positive[order]
    yes = np.add.reduceat(sorted_weights * sign, starts, axis=1)
    no = np.add.reduceat(sorted_weights * (1 - sign), starts, axis=1)
    return yes, no


def _share(part: Floats, whole: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        result: Floats = part / whole
    return result
