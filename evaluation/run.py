"""Questions asked once each, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evaluation import squad
from evaluation.evidence import holds
from evaluation.gold import Golds, is_gold_passage
from evaluation.intervals import Measure
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
from retrieval.answer import Answer, Reply
from retrieval.finding.hits import Hit
from retrieval.finding.search import DEPTH
from retrieval.pipeline import Answerer

RANKS = (1, 5, 20)
RISKS = (0.05, 0.1, 0.2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question. Ranks count from 1; 0 means not found.

    ``confidence`` is what decides: that of the surest claim, 0 when there is none. ``stated`` is
    what the first claim shows; where the newest answer goes first, it is less.
    ``quote_rank`` is that of the first right quote among those shown. ``exact`` and ``f1`` are None
    when no short answer is known. ``ms`` is the time of the answer.
    """

    id: str
    group: str
    answerable: bool
    confidence: float
    stated: float
    article_rank: int
    passage_rank: int
    quote_rank: int
    exact: float | None
    f1: float | None
    ms: float


def ask(
    answerer: Answerer,
    questions: Sequence[GoldQuestion],
    golds: Golds,
    done: Callable[[int], None] = lambda _: None,
) -> list[Outcome]:
    """Ask each question once, through the very answerer that people use.

    It answers with a threshold of 0, so that it is known what it would say; with threshold t, it
    answers exactly when the confidence is at least t (see `retrieval.deciding.decide`).
    """
    open_minded = replace(answerer, threshold=0.0)
    open_minded.answer(questions[0].text)  # the first one loads what is loaded late
    outcomes = []
    for question in questions:
        begun = time.perf_counter()
        reply = open_minded.answer(question.text)
        elapsed = (time.perf_counter() - begun) * 1000
        right = golds.get(question.id, frozenset())
        hits = open_minded.find(question.text, 2 * DEPTH) if right else []
        outcomes.append(_outcome(question, reply, hits, right, elapsed))
        done(1)
    return outcomes


def _outcome(
    question: GoldQuestion,
    reply: Reply,
    hits: Sequence[Hit],
    right: frozenset[str],
    ms: float,
) -> Outcome:
    claims = reply.claims if isinstance(reply, Answer) else ()
    quotes = [quote for claim in claims for quote in claim.quotes]
    good = [q.reference.article_id in right and holds(q.text, question.golds) for q in quotes]
    short = claims[0].text if claims else ""
    known = question.short_golds
    article, passage = ranks_of(question, hits, right)
    return Outcome(
        question.id,
        question.group,
        question.answerable,
        max((claim.confidence for claim in claims), default=0.0),
        claims[0].confidence if claims else 0.0,
        article,
        passage,
        good.index(True) + 1 if True in good else 0,
        squad.exact(short, known) if known else None,
        squad.f1(short, known) if known else None,
        ms,
    )


def ranks_of(question: GoldQuestion, hits: Sequence[Hit], right: frozenset[str]) -> tuple[int, int]:
    """The rank of the first right article among articles, and of the first right passage."""
    articles = list(dict.fromkeys(hit.passage.reference.article_id for hit in hits))
    article = next((n for n, name in enumerate(articles, 1) if name in right), 0)
    for number, hit in enumerate(hits, 1):
        if hit.passage.reference.article_id in right and is_gold_passage(
            question, hit.passage.text
        ):
            return article, number
    return article, 0


def measures(outcomes: Sequence[Outcome], threshold: float) -> dict[str, Measure]:
    """Every figure that these outcomes can tell, by name, as a function of weights."""
    answerable = _column(o.answerable for o in outcomes)
    confidence = _column(o.confidence for o in outcomes)
    right = _column(o.quote_rank == 1 for o in outcomes)
    shown = _column(o.confidence >= threshold for o in outcomes)
    found: dict[str, Measure] = {}
    if answerable.any():
        found |= _finding(outcomes, answerable)
        found["answered"] = lambda w: mean(w * answerable, shown)
        found["answered_right"] = lambda w: mean(w * shown, right)
    if not answerable.all():
        found["false_answers"] = lambda w: mean(w * (1 - answerable), shown)
    if answerable.any() and not answerable.all():
        found["auroc"] = lambda w: auroc(w, confidence, answerable)
        for share in RISKS:
            found[f"answered_at_false_{share:.0%}"] = _at_false(confidence, answerable, share)
    for risk in RISKS:
        found[f"coverage_at_risk_{risk:.0%}"] = _at_risk(confidence, right, risk)
    stated = _column(o.stated for o in outcomes)
    found["ece"] = lambda w: calibration_error(w, stated, right)
    found["ece_answered"] = lambda w: calibration_error(w * shown, stated, right)
    times = _column(o.ms for o in outcomes)
    found["ms_p50"] = lambda w: quantile(w, times, 0.5)
    found["ms_p95"] = lambda w: quantile(w, times, 0.95)
    return found


def curve(outcomes: Sequence[Outcome]) -> list[tuple[float, float, float]]:
    """The risk-coverage curve: (threshold, share answered, share of those that is wrong)."""
    right = _column(o.quote_rank == 1 for o in outcomes)
    return risk_curve(_column(o.confidence for o in outcomes), right)


def _finding(outcomes: Sequence[Outcome], answerable: Floats) -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for name in ("article", "passage"):
        ranks = _column(getattr(o, f"{name}_rank") for o in outcomes)
        for k in RANKS:
            found[f"{name}_recall@{k}"] = _within(ranks, k, answerable)
    quotes = _column(o.quote_rank for o in outcomes)
    for k in (1, 3):
        found[f"quote_hit@{k}"] = _within(quotes, k, answerable)
    short = _column(o.exact is not None for o in outcomes)
    if short.any():
        exact = _column(o.exact or 0.0 for o in outcomes)
        overlap = _column(o.f1 or 0.0 for o in outcomes)
        found["exact_match"] = lambda w: mean(w * short, exact)
        found["f1"] = lambda w: mean(w * short, overlap)
    return found


def _within(ranks: Floats, k: int, of: Floats) -> Measure:
    hit = ((ranks >= 1) & (ranks <= k)).astype(np.float64)
    return lambda weights: mean(weights * of, hit)


def _at_false(confidence: Floats, answerable: Floats, share: float) -> Measure:
    return lambda weights: answered_at_false(weights, confidence, answerable, share)


def _at_risk(confidence: Floats, right: Floats, risk: float) -> Measure:
    return lambda weights: coverage_at_risk(weights, confidence, right, risk)


def _column(values: Iterable[float]) -> Floats:
    return np.array(list(values), np.float64)
