"""Evaluations as tables and as JSON. Pure: prints nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from evaluation.intervals import Estimate

LABELS = {
    "article_recall@1": "right article found first",
    "article_recall@5": "… among the first 5 articles",
    "article_recall@20": "… among the first 20",
    "passage_recall@1": "right passage found first",
    "passage_recall@5": "… among the first 5 passages",
    "passage_recall@20": "… among the first 20",
    "quote_hit@1": "first quote holds the answer",
    "quote_hit@3": "… one of the first 3 shown",
    "exact_match": "short answer: exact match",
    "f1": "short answer: F1",
    "answered": "answered, of the answerable",
    "answered_right": "right, of all answered",
    "false_answers": "answered, of those without answer",
    "auroc": "AUROC, answerable or not",
    "ece": "calibration error",
    "ece_answered": "calibration error of the answered",
    "ms_p50": "ms a question, median",
    "ms_p95": "ms a question, 95 of 100 below",
}


def label(name: str) -> str:
    """A figure's name in words."""
    if name.startswith("answered_at_false_"):
        return f"answered when {name.rsplit('_', 1)[1]} of the others are"
    if name.startswith("coverage_at_risk_"):
        return f"answerable at {name.rsplit('_', 1)[1]} wrong"
    return LABELS[name]


def shown(name: str, value: float, sign: bool = False) -> str:
    """A figure as people read it: three decimals, milliseconds without any."""
    if math.isnan(value):
        return "–"
    plus = "+" if sign else ""
    return f"{value:{plus}.0f}" if name.startswith("ms_") else f"{value:{plus}.3f}"


def table(figures: Mapping[str, Estimate], caption: str, changes: bool = False) -> Table:
    """Figures with their 95 % intervals; with ``changes``, differences."""
    made = Table(caption=caption, caption_justify="left", box=None, pad_edge=False)
    made.add_column("change" if changes else "figure")
    made.add_column("value", justify="right")
    made.add_column("95 % interval", justify="right")
    for name, one in figures.items():
        low, high = shown(name, one.low, changes), shown(name, one.high, changes)
        told = changes and (one.low > 0 or one.high < 0)
        made.add_row(
            label(name), shown(name, one.value, changes), f"{low} … {high}",
            style="bold" if told else None,
        )  # fmt: skip
    return made


def record(figures: Mapping[str, Estimate]) -> dict[str, Any]:
    """Figures as JSON: name to [value, low, high]; null where one cannot be told."""
    return {
        name: [None if math.isnan(v) else round(v, 4) for v in (one.value, one.low, one.high)]
        for name, one in figures.items()
    }


def curve_record(points: Sequence[tuple[float, float, float]]) -> list[dict[str, float]]:
    """The risk-coverage curve as JSON."""
    return [
        {"threshold": round(t, 4), "answered": round(c, 4), "wrong": round(r, 4)}
        for t, c, r in points
    ]
