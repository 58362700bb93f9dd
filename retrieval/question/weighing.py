"""What speaks for a sentence as an answer: measurable, explainable, without a trained network.

Pure but for the passage counts of words, which come from the generation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace

from index.language.dates import tells_time
from index.language.names import capitalised_words
from index.language.numbers import tells_amount
from index.language.reasons import tells_reason
from index.language.words import surface_words, words
from retrieval.question.kinds import ASKS_AMOUNT, ASKS_TIME

_EXPECTED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (ASKS_TIME, tells_time),
    (ASKS_AMOUNT, tells_amount),
    (re.compile(r"\bwhy\b|\bwhat (?:was the |is the )?(?:reason|cause)", re.I), tells_reason),
)  # fmt: skip
"""What a question asks for, and what a sentence that may hold it tells."""
_PERSON_OR_PLACE = re.compile(r"\b(?:who|whom|whose|where)\b", re.I)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question's words with their weights: a rare word says more than a common one.

    ``forms``: words that stand together for one of them, as an abbreviation's meaning does.
    ``names``: its words that are names. ``most``: the weight of a word that one passage holds.
    """

    text: str
    weights: Mapping[str, float]
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    most: float = 1.0

    @classmethod
    def by_frequency(
        cls,
        text: str,
        frequency: Callable[[str], int],
        passages: int,
        forms: Mapping[str, frozenset[str]] | None = None,
        names: frozenset[str] = frozenset(),
    ) -> Weighed:
        """Weight log(1 + N / (n + 1)) for a word that n of N passages hold: always positive."""
        weights = {w: math.log(1 + passages / (frequency(w) + 1)) for w in words(text)}
        return cls(text, weights, forms or {}, names, math.log(1 + passages / 2))

    @classmethod
    def plain(cls, text: str) -> Weighed:
        """All words weigh the same: nothing is known of an archive."""
        return cls(text, dict.fromkeys(words(text), 1.0))

    @property
    def as_typed(self) -> Weighed:
        """The same words, standing for nothing but themselves."""
        return replace(self, forms={}, names=frozenset())

    def covered(self, held: Iterable[str]) -> float:
        """The weighed share, 0 to 1, of the question's words that are among ``held``."""
        total = sum(self.weights.values())
        there = set(held)
        found = sum(w for word, w in self.weights.items() if self._stands(word, there))
        return found / total if total else 0.0

    def missing(self, held: Set[str]) -> int:
        """How many of its words are not among ``held``."""
        return sum(not self._stands(word, held) for word in self.weights)

    def unnamed(self, held: Set[str]) -> int:
        """How many of the question's names are not among ``held``."""
        return sum(not self._stands(name, held) for name in self.names)

    def rarest(self, held: Set[str]) -> float:
        """The weight of the rarest of its words that are among ``held``, as a share of `most`."""
        there = (weight for word, weight in self.weights.items() if self._stands(word, held))
        return max(there, default=0.0) / self.most

    def _stands(self, word: str, there: Set[str]) -> bool:
        forms = self.forms.get(word)
        return word in there or bool(forms and forms <= there)

    def kind(self, sentence: str) -> float:
        """1 when ``sentence`` holds what the question word asks for, -1 when not, 0 if unclear."""
        for asked, expected in _EXPECTED:
            if asked.search(self.text):
                return 1.0 if expected(sentence) else -1.0
        if _PERSON_OR_PLACE.search(self.text):
            return 1.0 if capitalised_words(sentence) - set(surface_words(self.text)) else -1.0
        return 0.0


FEATURES = ("covered", "passage_covered", "kind", "length", "cosine", "passage_cosine")
"""Order of the numbers that `features` gives; the last two are only there with an encoder."""


def features(
    question: Weighed, sentence: str, passage_words: Iterable[str], cosines: tuple[float, ...]
) -> tuple[float, ...]:
    """The evidence for ``sentence``, as `FEATURES` names it."""
    size = len(sentence.split())
    return (
        question.covered(words(sentence)),
        question.covered(passage_words),
        question.kind(sentence),
        # Very short sentences ("He did.") prove little, whatever they resemble.
        min(1.0, size / 12),
        *cosines,
    )
