"""Fit how likely an answer is: that the archive has one, times that this span is it, if so.

What tells a question that the archive answers from one that it does not is not what tells the right
sentence from a wrong one. One function for both is too sure of the sentence where it is sure of the
archive: docs/decisions/017-ranking-spans.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from retrieval.reading.confidence import Calibration, Chance, Signs

THERE: Final = (
    "margin", "cosine", "quoted", "missing", "unnamed", "rarest", "standout", "articles",
)  # fmt: skip
RIGHT: Final = ("article_margin", "quoted", "rarest", "articles")
STRENGTH: Final = 100.0  # inverse of the penalty on the coefficients
FOLDS: Final = 5
BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """The span ranked first for a question; whether it is right; whether the archive has the
    question's paragraph at all; and the paragraph."""

    signs: Signs
    right: bool
    there: bool
    context: str


def fit(judged: Sequence[Judged]) -> tuple[Chance, Chance]:
    """The two chances, in this order. A right span of a paragraph that is not there is none."""
    answered = [one for one in judged if one.there]
    return (
        _logistic([one.signs for one in judged], [one.there for one in judged], THERE),
        _logistic([one.signs for one in answered], [one.right for one in answered], RIGHT),
    )


def out_of_fold(judged: Sequence[Judged]) -> NDArray[np.float64]:
    """Confidences from chances that never saw the question's paragraph."""
    found = np.zeros(len(judged))
    for known, rest in folds([one.context for one in judged]):
        calibration = Calibration(fit([judged[n] for n in known]), {})
        found[rest] = [calibration.confidence(judged[n].signs) for n in rest]
    return found


def folds(contexts: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """What to fit on and what is left; a paragraph's questions stay together."""
    numbers: dict[str, int] = {}
    groups = [numbers.setdefault(context, len(numbers)) for context in contexts]
    yield from GroupKFold(FOLDS).split(groups, groups=groups)


def measures(chance: NDArray[np.float64], right: NDArray[np.bool_]) -> dict[str, float]:
    """Expected calibration error over equally full bins (Naeini et al. 2015), Brier score, and the
    AUROC of right against wrong."""
    parts = np.array_split(np.argsort(chance), BINS)
    gaps = [abs(chance[p].mean() - right[p].mean()) * len(p) for p in parts if len(p)]
    return {
        "ece": round(float(np.sum(gaps) / len(chance)), 4),
        "brier": round(float(np.mean((chance - right) ** 2)), 4),
        "auroc": round(float(roc_auc_score(right, chance)), 4),
    }


def as_manifest(chance: Chance) -> dict[str, Any]:
    """A chance as the manifest keeps it."""
    weights = {name: round(value, 6) for name, value in chance.weights.items()}
    return {"bias": round(chance.bias, 6), "weights": weights}


def table(signs: Sequence[Signs], names: Sequence[str]) -> NDArray[np.float64]:
    """(signs, names)"""
    rows = [[getattr(one, name) for name in names] for one in signs]
    return np.array(rows, np.float64).reshape(len(signs), len(names))


def _logistic(signs: Sequence[Signs], so: Sequence[bool], names: Sequence[str]) -> Chance:
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(table(signs, names), so)
    weights = dict(zip(names, map(float, model.coef_[0]), strict=True))
    return Chance(float(model.intercept_[0]), weights)
