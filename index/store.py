"""The storage seam: what every backend promises. No method that one backend cannot keep.

Scores that cross this seam have a unit: cosine for dense, Okapi BM25 for lexical. Keys and
scores are equally long, best first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.language.vocabulary import Abbreviation, Word
from index.model import Article, Manifest, Passage, Selection

Keys = NDArray[np.int64]


class Generation(Protocol):
    """One published state of the index. Never changes; safe to use from any thread."""

    @property
    def manifest(self) -> Manifest: ...

    @property
    def dense_fault(self) -> str | None:
        """Why `dense` cannot serve, in a few words; None when it can."""
        ...

    def dense(
        self, vector: NDArray[np.float32], k: int, among: Keys | None = None
    ) -> tuple[Keys, NDArray[np.float32]]:
        """The ``k`` passages nearest to a unit ``vector`` of shape (dim,), with cosines.

        ``among``: the keys that may be found, ascending, if not all; likewise in `lexical`.
        """
        ...

    def cosines(self, vector: NDArray[np.float32], keys: Keys) -> NDArray[np.float32]:
        """The cosines of a unit ``vector`` and the passages of ``keys``, in their order."""
        ...

    def lexical(
        self, words: Sequence[str], k: int, among: Keys | None = None
    ) -> tuple[Keys, NDArray[np.float64]]:
        """The best ``k`` passages that hold any of ``words``, with Okapi BM25."""
        ...

    def holding(self, words: Sequence[str]) -> Keys:
        """The passages that hold all of ``words``, ascending."""
        ...

    def in_articles(self, words: Sequence[str], keys: Keys) -> NDArray[np.bool_]:
        """Whether each of ``words`` stands in the article of each passage of ``keys``; shape
        (words, keys)."""
        ...

    def select(self, selection: Selection) -> Keys:
        """The passages of the articles that meet ``selection``, ascending."""
        ...

    def frequency(self, word: str) -> int:
        """How many passages hold ``word``."""
        ...

    def known_words(self, folded: Sequence[str]) -> list[Word]:
        """Those of ``folded`` that more than one passage holds."""
        ...

    def words_like(self, initial: str, shortest: int, longest: int) -> list[Word]:
        """Words of an initial letter and of so many letters that more than one passage holds."""
        ...

    def abbreviations(self, forms: Sequence[str]) -> list[Abbreviation]:
        """Those whose short form, or folded long form, is one of ``forms``; commonest first."""
        ...

    def span_of_dates(self) -> tuple[str, str] | None:
        """The dates of the oldest and the newest dated article."""
        ...

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """The passages of ``keys``, in the order of ``keys``."""
        ...

    def article(self, article_id: str) -> Article | None: ...

    def articles(self) -> Iterator[Article]:
        """Every article, in the order in which they were added."""
        ...

    def story(self, article_id: str) -> list[str]:
        """The ids of all articles that tell this article's story (near-duplicates), itself too."""
        ...
