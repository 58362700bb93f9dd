"""Fit how the spans of one question are ranked: a conditional logit (McFadden 1974). Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Choice = tuple[Floats, NDArray[np.bool_]]
"""The signs of the spans found for a question, (spans, signs), and which are right."""

PENALTY = 0.5  # on the squared weights of signs of unit variance


def fit(choices: Sequence[Choice]) -> Floats:
    """Weights, (signs,), that make it likely that one of the right spans is ranked first.

    Questions without a right span say nothing and are left out.
    """
    told = [(signs, right) for signs, right in choices if right.any()]
    scale = np.concatenate([signs for signs, _ in told]).std(axis=0) + 1e-9

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for signs, right in told:
            rows = signs / scale
            chances = _softmax(rows @ weights)
            hit = float(chances @ right) + 1e-12
            total -= float(np.log(hit))
            slope = slope - rows.T @ (chances * right / hit - chances)
        return total, slope

    found = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B")
    weights: Floats = found.x / scale
    return weights


def _softmax(values: Floats) -> Floats:
    raised = np.exp(values - values.max())
    chances: Floats = raised / raised.sum()
    return chances
