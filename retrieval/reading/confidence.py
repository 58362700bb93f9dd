"""From what is known of a span to its rank and to the probability that it answers. Pure.

The rank is a conditional logit over the spans found for one question (McFadden 1974). The
probability is a product of logistic functions (Platt 1999): that the archive answers at all, and
that this span does, if so. All were fitted on questions that the reader never saw, asked over an
archive, and their coefficients are stored with the reader.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a span.

    ``margin``: logits of the span minus "not here". ``cosine``: of the question and the passage.
    ``quoted``: the root of the weighed share of the question's words that stand in the sentence of
    the span or the title, or are names that it means; ``asks``: 1 when that is a question itself.
    ``article`` and ``passage``: the search's score of the article's best passage, and of this
    passage. ``missing``: how many of the question's words stand nowhere in the article;
    ``unnamed``: how many of its names. ``rarest``: how rare the rarest word of the question is
    that stands there, 1 for a word that one passage holds. ``article_margin``: see the
    module of that name.
    ``standout``: see `retrieval.finding.search`. ``articles``: how many articles the passages found
    are of.
    """

    margin: float
    cosine: float = 0.0
    quoted: float = 0.0
    article: float = 0.0
    passage: float = 0.0
    missing: float = 0.0
    unnamed: float = 0.0
    rarest: float = 0.0
    asks: float = 0.0
    article_margin: float = 0.0
    standout: float = 0.0
    articles: float = 0.0


NAMES = tuple(field.name for field in fields(Signs))


@dataclass(frozen=True, slots=True)
class Chance:
    """A logistic function of signs; one without a weight weighs nothing."""

    bias: float
    weights: Mapping[str, float]

    @classmethod
    def from_manifest(cls, kept: Mapping[str, Any]) -> Chance:
        return cls(float(kept["bias"]), _named(kept["weights"]))

    def of(self, signs: Signs) -> float:
        """The probability, 0 to 1."""
        total = self.bias + _weighed(self.weights, signs)
        return 1 / (1 + math.exp(-total)) if total > -700 else 0.0  # exp(710) overflows


@dataclass(frozen=True, slots=True)
class Calibration:
    """``chances``: what must all be so for a span to answer; each given those before it.
    ``ranking``: a weight for each sign by name; one not named weighs nothing.

    ``usual``: the default of a sign that the search could not supply. The cosine, where only words
    were searched, is its average; the standout and the number of articles, where too few passages
    were compared, are their averages for questions that the archive does not answer.
    """

    chances: tuple[Chance, ...]
    ranking: Mapping[str, float]
    usual: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Calibration:
        """Raises KeyError, TypeError or ValueError when the manifest holds no coefficients."""
        kept = manifest["calibration"]
        chances = tuple(Chance.from_manifest(one) for one in kept["chances"])
        return cls(chances, _named(kept["ranking"]), _named(kept["usual"]))

    def value(self, signs: Signs) -> float:
        """What the spans of one question are ranked by: a log-odds, comparable only among them."""
        return _weighed(self.ranking, signs)

    def confidence(self, signs: Signs) -> float:
        """The probability, 0 to 1, that the span's quote answers the question."""
        return math.prod(chance.of(signs) for chance in self.chances)


def _named(weights: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(weights[name]) for name in NAMES if name in weights}


def _weighed(weights: Mapping[str, float], signs: Signs) -> float:
    return sum(weight * float(getattr(signs, name)) for name, weight in weights.items())
