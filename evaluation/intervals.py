"""Bootstrap intervals: how far a figure might lie from what these questions show. Pure.

Percentile bootstrap (Efron 1979) over groups of questions: those on one text are not independent,
so a draw takes all of them or none. Seeded, so that a run prints the same twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.metrics import Floats

DRAWS = 1000
SEED = 20261122
LEVEL = 0.95

Measure = Callable[[Floats], Floats]
"""Weights (draws, questions) to the figure of each draw (draws,)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the bounds of its 95 % interval; nan where it cannot be told."""

    value: float
    low: float
    high: float


def draw_weights(groups: Sequence[str], draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Weights (draws, questions): how often each question is in each draw."""
    numbers: dict[str, int] = {}
    member = [numbers.setdefault(group, len(numbers)) for group in groups]
    even = np.full(len(numbers), 1 / len(numbers))
    taken = np.random.default_rng(seed).multinomial(len(numbers), even, size=draws)
    weights: Floats = taken[:, member].astype(np.float64)
    return weights


def estimate(measure: Measure, weights: Floats) -> Estimate:
    """The figure over all questions once, with its interval from the draws."""
    return _bounds(measure(_once(weights)), measure(weights))


def estimates(measures: Mapping[str, Measure], groups: Sequence[str]) -> dict[str, Estimate]:
    """Every figure with its interval, all from the same draws."""
    weights = draw_weights(groups)
    return {name: estimate(measure, weights) for name, measure in measures.items()}


def differences(
    now: Mapping[str, Measure], before: Mapping[str, Measure], groups: Sequence[str]
) -> dict[str, Estimate]:
    """What changed in each figure that both have: now minus before on the same draws (paired)."""
    weights = draw_weights(groups)
    both = [name for name in now if name in before]
    return {name: estimate(_change(now[name], before[name]), weights) for name in both}


def _change(now: Measure, before: Measure) -> Measure:
    return lambda weights: now(weights) - before(weights)


def _once(weights: Floats) -> Floats:
    return np.ones((1, weights.shape[1]))


def _bounds(point: Floats, sample: Floats) -> Estimate:
    told = sample[np.isfinite(sample)]
    if not told.size or not np.isfinite(point[0]):
        return Estimate(float(point[0]), float("nan"), float("nan"))
    low, high = np.quantile(told, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(point[0]), float(low), float(high))
