"""Okapi BM25 over sparse columns: rank_bm25's scores without its loop over every passage.

For each word, the index stores which passages hold it and how often; `index.folder.okapi` makes
scores of them when they are asked for. A question's score is the sum of its words' columns.
Written by `index.folder.lexical_builder`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.folder import okapi

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]

FILES = ("lexical.words", "lexical.offsets.npy", "lexical.columns.npy", "lexical.rows.npy",
         "lexical.counts.npy", "lexical.idf.npy", "lexical.norms.npy",
         "lexical.articles.npy")  # fmt: skip
"""The words one after the other, in order of their bytes; where each begins; where its column
begins; the passages and the counts of all columns; a number a word; a number a passage; the first
passage of each article. What begins somewhere has one entry more, where the last ends."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Which passage holds which word how often: ``words[column[n]]`` stands ``counts[n]`` times
    in passage ``row[n]``."""

    words: list[str]
    column: NDArray[np.int64]
    row: NDArray[np.int32]
    counts: NDArray[np.int32]


class LexicalIndex:
    """The columns of a generation, memory-mapped; opening costs nothing but file handles."""

    def __init__(self, folder: Path, passages: int) -> None:
        self._passages = passages
        self._words = _map_bytes(folder / FILES[0])
        arrays = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in FILES[1:])
        self._offsets, self._columns, self._rows, self._counts, *numbers = arrays
        self._idf, self._norms, self._articles = numbers

    def search(
        self, words: Iterable[str], k: int, among: Rows | None = None
    ) -> tuple[Rows, Scores]:
        """The best ``k`` keys that hold any of ``words`` and their Okapi BM25, best first.

        A word that stands twice in the question counts twice, as in rank_bm25. Equal scores are
        in order of key. ``among``: the keys that may be found, if not all.
        """
        total = np.zeros(self._passages, np.float64)
        held = np.zeros(self._passages, np.bool_)
        for word in words:
            column = self._find(word.encode())
            if column is not None:
                span = slice(*self._columns[column : column + 2])
                rows = self._rows[span]
                counts = self._counts[span].astype(np.float64)
                total[rows] += okapi.scores(self._idf[column], counts, self._norms[rows])
                held[rows] = True
        if among is not None:
            allowed = np.zeros(self._passages, np.bool_)
            allowed[among] = True
            held &= allowed
        keys = np.flatnonzero(held)
        scores = total[keys]
        if len(keys) > k:
            # Everything that ties with the k-th score stays in, so that ties break by key.
            least = np.partition(scores, len(keys) - k)[len(keys) - k]
            keys, scores = keys[scores >= least], scores[scores >= least]
        best = np.argsort(-scores, kind="stable")[:k]
        return keys[best], scores[best]

    def holding(self, words: Iterable[str]) -> Rows:
        """The keys of the passages that hold all of ``words``, ascending."""
        found: Rows | None = None
        for word in words:
            rows = self._rows[self._span(word)]
            found = rows if found is None else np.intersect1d(found, rows, assume_unique=True)
        return np.empty(0, np.int64) if found is None else found.astype(np.int64)

    def in_articles(self, words: Sequence[str], keys: Rows) -> NDArray[np.bool_]:
        """Whether each of ``words`` stands anywhere in the article of each passage of ``keys``;
        shape (words, keys)."""
        article = np.searchsorted(self._articles, keys, side="right") - 1
        # As 32 bits, like the rows: searching in another type would copy the column.
        first, end = (self._articles[article + n].astype(np.int32) for n in (0, 1))
        found = np.empty((len(words), len(keys)), np.bool_)
        for number, word in enumerate(words):
            rows = self._rows[self._span(word)]
            found[number] = np.searchsorted(rows, first) < np.searchsorted(rows, end)
        return found

    def frequency(self, word: str) -> int:
        """How many passages hold ``word``."""
        span = self._span(word)
        return int(span.stop - span.start)

    def postings(self, moved: NDArray[np.int32]) -> Postings:
        """Those of the passages that have a place in ``moved``, where each has its new row or -1;
        in order of words."""
        row = moved[self._rows]
        kept = row >= 0
        column = np.repeat(np.arange(len(self._idf)), np.diff(self._columns))[kept]
        used, column = np.unique(column, return_inverse=True)
        words = [self._word(at).decode() for at in used.tolist()]
        return Postings(words, column, row[kept], self._counts[kept].astype(np.int32))

    def _span(self, word: str) -> slice:
        """Where a word's column lies; empty for a word that no passage holds."""
        column = self._find(word.encode())
        return slice(0, 0) if column is None else slice(*self._columns[column : column + 2])

    def _word(self, column: int) -> bytes:
        return self._words[self._offsets[column] : self._offsets[column + 1]].tobytes()

    def _find(self, word: bytes) -> int | None:
        low, high = 0, len(self._offsets) - 1
        while low < high:
            middle = (low + high) // 2
            found = self._word(middle)
            if found == word:
                return middle
            low, high = (middle + 1, high) if found < word else (low, middle)
        return None


def _map_bytes(file: Path) -> NDArray[np.uint8]:
    if not file.stat().st_size:
        return np.empty(0, np.uint8)  # an empty file cannot be mapped
    return np.memmap(file, np.uint8, mode="r")
