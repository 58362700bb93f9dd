"""How far a span article_margins over the other sentences of its article. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

MOST = 6.0
LEAST = -3.0
"""Bounds of a lead, in log-odds: without a rival it would know no end, and what lies beyond either
bound is as good as sure."""


def article_margins(
    values: Sequence[float], articles: Sequence[str], quotes: Sequence[str]
) -> list[float]:
    """The log-odds of each span against all other quotes of its article together.

    ``values``: of the spans in the ranking, log-odds that compare within a question. Quotes of
    other articles are no rivals: they may tell the same story, and be right as well.
    """
    best: dict[str, dict[str, float]] = {}
    for value, article, quote in zip(values, articles, quotes, strict=True):
        known = best.setdefault(article, {})
        known[quote] = max(value, known.get(quote, value))
    return [
        _lead(value, [worth for other, worth in best[article].items() if other != quote])
        for value, article, quote in zip(values, articles, quotes, strict=True)
    ]


def _lead(value: float, rivals: Sequence[float]) -> float:
    if not rivals:
        return MOST
    most = max(rivals)
    together = most + math.log(sum(math.exp(one - most) for one in rivals))
    return min(MOST, max(LEAST, value - together))
