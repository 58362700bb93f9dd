"""The confidence is fitted as a product: it is there, and this is it."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.reading.confidence import Calibration, Chance, Signs
from training.chances import Judged, as_manifest, fit, folds, measures, out_of_fold

THERE, RIGHT = Chance(1.0, {"margin": 0.5, "missing": -3.0}), Chance(0.5, {"quoted": 1.0})


def judged(count: int = 4000) -> list[Judged]:
    """Spans whose signs are random, and whose truth was drawn by the two chances above."""
    random, made = np.random.default_rng(5), []
    for number in range(count):
        cosine, quoted, missing, rarest = random.uniform(size=4).tolist()
        signs = Signs(random.normal(2, 3), cosine, quoted=quoted, missing=missing, rarest=rarest)
        there = bool(random.random() < THERE.of(signs))
        right = there and bool(random.random() < RIGHT.of(signs))
        made.append(Judged(signs, right, there, f"paragraph {number // 3}"))
    return made


def test_the_two_chances_are_found_again() -> None:
    there, right = fit(judged())
    assert there.weights["margin"] == pytest.approx(0.5, abs=0.1)
    assert there.weights["missing"] == pytest.approx(-3.0, abs=0.5)
    assert there.weights["cosine"] == pytest.approx(0.0, abs=0.4)
    assert right.weights["quoted"] == pytest.approx(1.0, abs=0.4)
    record = {"calibration": {"chances": [as_manifest(there), as_manifest(right)], "ranking": {},
                              "usual": {"cosine": 0.5}}}  # fmt: skip
    signs = Signs(1.0, 0.2, 0.3, 0.4, 0.5)
    expected = there.of(signs) * right.of(signs)
    assert Calibration.from_manifest(record).confidence(signs) == pytest.approx(expected, abs=1e-5)


def test_what_is_shown_is_how_often_it_is_so() -> None:
    rows = judged()
    found = out_of_fold(rows)
    assert measures(found, np.array([one.right for one in rows]))["ece"] < 0.03
    one_function = np.array([one.there for one in rows])  # not what is asked: it is far off
    assert measures(found, one_function)["ece"] > 0.1


def test_a_paragraphs_questions_stay_together() -> None:
    contexts = [f"p{n % 7}" for n in range(40)]
    for known, rest in folds(contexts):
        assert {contexts[n] for n in known}.isdisjoint({contexts[n] for n in rest})
