"""The storage seam: what every backend promises. No method that one backend cannot keep.

Scores that cross this seam have a unit: cosine for dense, Okapi BM25 for lexical. Keys and
scores are equally long, best first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.model import Article, Manifest, Passage

Keys = NDArray[np.int64]


class Generation(Protocol):
    """One published state of the index. Never changes; safe to use from any thread."""

    @property
    def manifest(self) -> Manifest: ...

    @property
    def dense_fault(self) -> str | None:
        """Why `dense` cannot serve, in a few words; None when it can."""
        ...

    def dense(self, vector: NDArray[np.float32], k: int) -> tuple[Keys, NDArray[np.float32]]:
        """The ``k`` passages nearest to a unit ``vector`` of shape (dim,), with cosines."""
        ...

    def lexical(self, words: Sequence[str], k: int) -> tuple[Keys, NDArray[np.float64]]:
        """The best ``k`` passages that hold any of ``words``, with Okapi BM25."""
        ...

    def frequency(self, word: str) -> int:
        """How many passages hold ``word``."""
        ...

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """The passages of ``keys``, in the order of ``keys``."""
        ...

    def article(self, article_id: str) -> Article | None: ...

    def articles(self) -> Iterator[Article]:
        """Every article, in the order in which they were added."""
        ...


class Draft(Protocol):
    """A generation being written. Nothing of it is visible before `Store.publish`."""

    def add(self, article: Article, passages: Sequence[Passage]) -> None:
        """Add an article with its passages, whose keys go on from those already added."""
        ...

    def seal(self, vectors: NDArray[np.float32]) -> str:
        """Write everything, reopen and check it, and return the generation's id.

        ``vectors``: unit rows, row = passage key.
        """
        ...

    def discard(self) -> None:
        """Remove what was written."""
        ...


class Store(Protocol):
    """The generations of one index."""

    def current(self) -> str | None: ...

    def open(self, generation: str) -> Generation: ...

    def publish(self, generation: str) -> None:
        """Make a sealed generation the current one: one atomic step."""
        ...

    def generations(self) -> list[str]:
        """All sealed generations, oldest first."""
        ...
