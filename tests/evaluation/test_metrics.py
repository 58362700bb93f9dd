"""Every figure against another's implementation of it."""

import warnings
from collections.abc import Callable

import ir_measures
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import R, ScoredDoc, Success
from scipy.stats import bootstrap
from sklearn.metrics import roc_auc_score

from evaluation import squad
from evaluation.intervals import draw_weights, estimate, estimates
from evaluation.metrics import (
    Floats,
    answered_at_false,
    auroc,
    calibration_error,
    coverage_at_risk,
    mean,
    quantile,
    risk_curve,
)
from evaluation.questions import GoldQuestion
from evaluation.run import Outcome, measures, ranks_of
from index.model import Passage, Reference
from retrieval.finding.hits import Hit

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # torchmetrics looks for packages that it can do without
    from torchmetrics.classification import BinaryCalibrationError
    from torchmetrics.functional.text import squad as torch_squad

RANDOM = np.random.default_rng(7)
ONCE = np.ones((1, 60))
SCORES = RANDOM.integers(0, 12, 60) / 11  # many ties
RIGHT = (RANDOM.random(60) < 0.3 + 0.5 * SCORES).astype(np.float64)

texts = st.text("abthen .,-'’“$13 é", max_size=24) | st.sampled_from(
    ["The Beatles!", "a the an", "", "U.S.", "Fahim Dashti", "fahim  dashti,"]
)


@given(st.lists(st.tuples(texts, st.lists(texts, min_size=1, max_size=3)), min_size=1, max_size=5))
def test_exact_match_and_f1_are_squads(asked: list[tuple[str, list[str]]]) -> None:
    # A gold that is nothing but articles and marks is scored apart by SQuAD 2.0's script alone.
    asked = [(g, golds) for g, golds in asked if all(map(squad.normal, golds))]
    if not asked:
        return
    theirs = torch_squad(
        [{"prediction_text": guess, "id": str(n)} for n, (guess, _) in enumerate(asked)],
        [
            {"answers": {"answer_start": [0] * len(golds), "text": golds}, "id": str(n)}
            for n, (_, golds) in enumerate(asked)
        ],
    )
    exact = np.mean([squad.exact(guess, golds) for guess, golds in asked])
    f1 = np.mean([squad.f1(guess, golds) for guess, golds in asked])
    assert 100 * exact == pytest.approx(float(theirs["exact_match"]), abs=1e-3)
    assert 100 * f1 == pytest.approx(float(theirs["f1"]), abs=1e-3)


def hits_of(ranking: list[tuple[str, int]]) -> list[Hit]:
    return [
        Hit(Passage(key, Reference(name, name), 0, f"{name} {key}", ((0, 3),)), None, None, 0.0)
        for name, key in ranking
    ]


@pytest.mark.parametrize("golds", [1, 3])
def test_recall_is_that_of_trec(golds: int) -> None:
    """One right article: recall. Several (near-duplicates): whether one of them is found."""
    random = np.random.default_rng(11)
    outcomes, qrels, found = [], {}, []
    for number in range(40):
        # Right articles tend to stand in front, and some are not found at all.
        articles = [f"a{n}" for n in np.argsort(np.arange(30) + random.normal(0, 4, 30))]
        right = frozenset(f"a{n}" for n in random.choice([*range(9), 98, 99], golds, False))
        ranking = [(name, key) for key, name in enumerate(articles) for _ in range(2)]
        article, _ = ranks_of(GoldQuestion(str(number), "?", golds=("x",)), hits_of(ranking), right)
        outcomes.append(outcome(str(number), article))
        qrels[str(number)] = dict.fromkeys(right, 1)
        found += [ScoredDoc(str(number), name, -key) for key, name in enumerate(articles)]
    table = measures(outcomes, 0.5)
    for k in (1, 5, 20):
        measure = R @ k if golds == 1 else Success @ k
        theirs = ir_measures.calc_aggregate([measure], qrels, found)[measure]
        ours = table[f"article_recall@{k}"](np.ones((1, 40)))[0]
        assert ours == pytest.approx(theirs) and 0 < ours <= 1


def outcome(name: str, rank: int) -> Outcome:
    return Outcome(name, name, True, 0.5, 0.5, rank, rank, rank, None, None, 1.0)


@pytest.mark.parametrize("scores", [SCORES, np.linspace(0, 1, 60) ** 2, np.zeros(60)])
def test_auroc_is_sklearns(scores: Floats) -> None:
    assert auroc(ONCE, scores, RIGHT)[0] == pytest.approx(roc_auc_score(RIGHT, scores))


def test_weights_count_like_repetitions() -> None:
    weights = draw_weights([f"{n // 3}" for n in range(60)], 5)
    each: list[Callable[[Floats, Floats, Floats], Floats]] = [
        lambda w, s, r: auroc(w, s, r),
        lambda w, s, r: coverage_at_risk(w, s, r, 0.2),
        lambda w, s, r: answered_at_false(w, s, r, 0.2),
        lambda w, s, r: calibration_error(w, s, r),
        lambda w, s, r: quantile(w, s, 0.9),
        lambda w, s, r: mean(w, r),
    ]
    for measure in each:
        for row, value in zip(weights, measure(weights, SCORES, RIGHT), strict=True):
            times = row.astype(int)
            scores, right = np.repeat(SCORES, times), np.repeat(RIGHT, times)
            assert value == pytest.approx(measure(np.ones((1, len(scores))), scores, right)[0])


def test_calibration_error_is_torchmetrics() -> None:
    chances = np.random.default_rng(5).random(60)
    theirs = BinaryCalibrationError(n_bins=10, norm="l1")
    value = float(theirs(torch.tensor(chances), torch.tensor(RIGHT.astype(int))))
    assert calibration_error(ONCE, chances, RIGHT)[0] == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("limit", [0.0, 0.1, 0.3, 1.0])
def test_coverage_is_what_trying_every_threshold_finds(limit: float) -> None:
    covered = answered = 0.0
    for threshold in sorted(set(SCORES)):
        shown = threshold <= SCORES
        if 1 - RIGHT[shown].mean() <= limit:
            covered = max(covered, shown.mean())
        if shown[RIGHT == 0].mean() <= limit:
            answered = max(answered, shown[RIGHT == 1].mean())
    assert coverage_at_risk(ONCE, SCORES, RIGHT, limit)[0] == pytest.approx(covered)
    assert answered_at_false(ONCE, SCORES, RIGHT, limit)[0] == pytest.approx(answered)


def test_the_curve_ends_with_everything_answered() -> None:
    points = risk_curve(SCORES, RIGHT)
    assert points[-1][:2] == (SCORES.min(), 1.0)
    for threshold, share, wrong in points:
        shown = threshold <= SCORES
        assert share == pytest.approx(shown.mean())
        assert wrong == pytest.approx(1 - RIGHT[shown].mean())


def test_intervals_are_scipys_when_every_question_stands_alone() -> None:
    groups = [str(n) for n in range(60)]
    ours = estimate(lambda w: mean(w, RIGHT), draw_weights(groups, 4000))
    theirs = bootstrap((RIGHT,), np.mean, method="percentile", n_resamples=4000, rng=1)
    assert ours.value == pytest.approx(RIGHT.mean())
    assert ours.low == pytest.approx(theirs.confidence_interval.low, abs=0.02)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, abs=0.02)


def test_questions_on_one_text_are_drawn_together() -> None:
    values = np.repeat(RIGHT[:20], 3)
    alone = estimates({"m": lambda w: mean(w, values)}, [str(n) for n in range(60)])["m"]
    grouped = estimates({"m": lambda w: mean(w, values)}, [str(n // 3) for n in range(60)])["m"]
    assert grouped.high - grouped.low > 1.4 * (alone.high - alone.low)
    assert estimates({"m": lambda w: mean(w, values)}, [str(n) for n in range(60)])["m"] == alone


def test_a_figure_that_cannot_be_told_is_nan() -> None:
    found = estimates({"m": lambda w: mean(w * 0, RIGHT)}, [str(n) for n in range(60)])["m"]
    assert np.isnan([found.value, found.low, found.high]).all()
