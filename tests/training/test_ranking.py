"""The ranking of spans finds the weights that made the choices, and no better ones exist nearby."""

import numpy as np
import pytest

from training.ranking import PENALTY, Choice, fit

TRUE = np.array([1.0, -2.0, 0.0])


def _choices(count: int, sharpness: float) -> list[Choice]:
    random = np.random.default_rng(7)
    made = []
    for _ in range(count):
        signs = random.normal(size=(8, 3))
        values = sharpness * signs @ TRUE + random.gumbel(size=8)
        made.append((signs, np.arange(8) == np.argmax(values)))
    return made


def test_the_weights_that_made_the_choices() -> None:
    assert fit(_choices(1500, 1.0)) == pytest.approx(TRUE, abs=0.15)


def test_a_sign_counts_in_its_own_unit() -> None:
    choices = _choices(400, 1.0)
    unit = np.array([100.0, 1.0, 0.01])
    assert fit([(signs * unit, right) for signs, right in choices]) == pytest.approx(
        fit(choices) / unit, rel=1e-3, abs=1e-3
    )


def test_no_weights_nearby_are_more_likely() -> None:
    choices = _choices(60, 0.5)
    scale = np.concatenate([signs for signs, _ in choices]).std(axis=0)

    def cost(weights: np.ndarray) -> float:
        logs = [float(np.log((e := np.exp(s @ weights)) @ r / e.sum())) for s, r in choices]
        return PENALTY * float(((weights * scale) ** 2).sum()) - sum(logs)

    best = fit(choices)
    for step in np.concatenate([np.eye(3), -np.eye(3)]) * 0.02:
        assert cost(best + step) > cost(best)


def test_questions_without_a_right_span_say_nothing() -> None:
    choices = _choices(50, 1.0)
    none = [(signs, np.zeros(8, np.bool_)) for signs, _ in _choices(50, 1.0)]
    assert fit(choices + none) == pytest.approx(fit(choices))
