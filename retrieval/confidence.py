"""From logits to the probability that a quote answers the question. Pure.

A logistic function (Platt 1999) of what is known of a span: its margin over "not here", its lead
over the best other span, and how well the search ranked its passage. It is fitted on questions that
the reader never saw; the coefficients are stored with the reader.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

GAP_LIMIT = 10.0
"""Logits; a lone span counts as this far ahead of the next one."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """1 / (1 + exp(-(bias + margin·m + gap·g + cosine·c))); ``search`` ranks spans.

    m: logits of the span minus "not here". g: its lead over the next span, in logits. c: cosine of
    the question and the passage. ``search``: logits that the search's best passage is worth more
    than its last one.
    """

    bias: float
    margin: float
    gap: float
    cosine: float
    search: float

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Calibration:
        """Raises KeyError or TypeError when the manifest holds no coefficients."""
        kept = manifest["calibration"]["coefficients"]
        names = ("bias", "margin", "gap", "cosine", "search")
        return cls(*(float(kept.get(name, 0.0)) for name in names))

    def confidence(self, margin: float, gap: float, cosine: float = 0.0) -> float:
        """The probability, 0 to 1, that the span answers the question."""
        lead = min(max(gap, 0.0), GAP_LIMIT)
        total = self.bias + self.margin * margin + self.gap * lead + self.cosine * cosine
        return 1 / (1 + math.exp(-total)) if total > -700 else 0.0  # exp(710) overflows
