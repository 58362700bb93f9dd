"""From what is known of a span to the probability that its quote answers the question. Pure.

A logistic function (Platt 1999), fitted on questions that the reader never saw, asked over an
archive; the coefficients are stored with the reader.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

GAP_LIMIT = 10.0
"""Logits; a lone span counts as this far ahead of the next one."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a span, in the order of the coefficients.

    ``margin``: logits of the span minus "not here". ``gap``: its lead over the next span, in
    logits, 0 to `GAP_LIMIT`; 0 for all but the best. ``cosine``: of the question and the passage.
    ``covered`` and ``quoted``: the weighed shares of the
    question's words that stand in the passage or its title, and in the sentence of the span or
    the title. ``kind``: whether the sentence holds what the question word asks for (1; 0 when
    that is unclear; -1).
    """

    margin: float
    gap: float
    cosine: float = 0.0
    covered: float = 0.0
    quoted: float = 0.0
    kind: float = 0.0


NAMES = tuple(field.name for field in fields(Signs))


@dataclass(frozen=True, slots=True)
class Calibration:
    """1 / (1 + exp(-(bias + weights · signs))); weights that are not given are 0.

    ``search``: logits that an article with the search's best passage is worth more than one of
    score 0, when spans are ranked. ``usual_cosine``: what a cosine is taken to be when only words
    were searched, the mean of those that the weights were fitted on.
    """

    bias: float
    weights: tuple[float, ...]
    search: float = 0.0
    usual_cosine: float = 0.0

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Calibration:
        """Raises KeyError or TypeError when the manifest holds no coefficients."""
        kept = manifest["calibration"]["coefficients"]
        weights = tuple(float(kept.get(name, 0.0)) for name in NAMES)
        others = (float(kept.get(name, 0.0)) for name in ("search", "usual_cosine"))
        return cls(float(kept["bias"]), weights, *others)

    def confidence(self, signs: Signs) -> float:
        """The probability, 0 to 1, that the span answers the question."""
        values = (getattr(signs, name) for name in NAMES)
        total = self.bias + sum(w * x for w, x in zip(self.weights, values, strict=False))
        return 1 / (1 + math.exp(-total)) if total > -700 else 0.0  # exp(710) overflows
