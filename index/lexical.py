"""Okapi BM25 as sparse columns: rank_bm25's scores without its loop over every passage.

For each word, the index stores the passages that hold it and what each would add to the score
of a question with that word, in the arithmetic of ``rank_bm25.BM25Okapi``:

    idf(w) · f · (k1 + 1) / (f + k1 · (1 - b + b · |D| / avgdl))

(Trotman, Puurula & Burgess 2014, "Improvements to BM25 and Language Models Examined", with
rank_bm25's floor under the idf of words that more than half of the passages hold.) A question's
score is the sum of its words' columns. The idf, its floor and the constants are rank_bm25's own.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]

FILES = ("lexical.words", "lexical.offsets.npy", "lexical.columns.npy", "lexical.rows.npy",
         "lexical.scores.npy")  # fmt: skip


class _Okapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 carries no types
    """rank_bm25's own idf and constants, from counts instead of from a corpus held in memory."""

    def __init__(self, passages: int, words: int, frequencies: dict[str, int]) -> None:
        self._counts = (passages, words / passages)
        super().__init__(frequencies)

    def _initialize(self, corpus: dict[str, int]) -> dict[str, int]:
        self.corpus_size, self.avgdl = self._counts
        return corpus


class LexicalBuilder:
    """Collects passages' words in order of their keys, then writes the columns."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._words, self._counts, self._sizes = array("i"), array("i"), array("i")
        self._lengths = array("i")

    def add(self, words: Sequence[str]) -> None:
        counts = Counter(words)
        self._words.extend(map(self._numbers.__getitem__, counts))
        self._counts.extend(counts.values())
        self._sizes.append(len(counts))
        self._lengths.append(len(words))

    def write(self, folder: Path) -> None:
        """Write `FILES` into ``folder``."""
        order = sorted(self._numbers, key=lambda word: word.encode())
        rank = np.empty(len(order), np.int64)
        rank[[self._numbers[word] for word in order]] = np.arange(len(order))
        column = rank[np.asarray(self._words, np.int32)]
        row = np.repeat(np.arange(len(self._sizes), dtype=np.int32), self._sizes)
        by_column = np.argsort(column, kind="stable")  # within a column, rows stay ascending
        column, row = column[by_column], row[by_column]
        counts = np.asarray(self._counts, np.int32)[by_column].astype(np.float64)
        lengths = np.asarray(self._lengths, np.int32).astype(np.float64)
        frequencies = np.bincount(column, minlength=len(order))

        encoded = [word.encode() for word in order]
        (folder / FILES[0]).write_bytes(b"".join(encoded))
        np.save(folder / FILES[1], np.cumsum([0, *map(len, encoded)], dtype=np.int64))
        np.save(folder / FILES[2], np.concatenate(([0], np.cumsum(frequencies))).astype(np.int64))
        np.save(folder / FILES[3], row)
        np.save(folder / FILES[4], _scores(order, frequencies, column, counts, lengths, row))


def _scores(
    words: list[str],
    frequencies: Rows,
    column: Rows,
    counts: Scores,
    lengths: Scores,
    row: NDArray[np.int32],
) -> Scores:
    """What each (word, passage) pair adds to a score; the operations in rank_bm25's order."""
    if not words:
        return np.empty(0, np.float64)
    okapi = _Okapi(
        len(lengths), int(lengths.sum()), dict(zip(words, frequencies.tolist(), strict=True))
    )
    idf = np.array([okapi.idf[word] for word in words], np.float64)
    norm = okapi.k1 * (1 - okapi.b + okapi.b * lengths / okapi.avgdl)
    scores: Scores = idf[column] * (counts * (okapi.k1 + 1) / (counts + norm[row]))
    return scores


class LexicalIndex:
    """The columns of a generation, memory-mapped; opening costs nothing but five file handles."""

    def __init__(self, folder: Path, passages: int) -> None:
        self._passages = passages
        self._words = _map_bytes(folder / FILES[0])
        self._offsets, self._columns, self._rows, self._scores = (
            np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in FILES[1:]
        )

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
            span = self._span(word)
            rows = self._rows[span]
            total[rows] += self._scores[span]
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

    def frequency(self, word: str) -> int:
        """How many passages hold ``word``."""
        span = self._span(word)
        return int(span.stop - span.start)

    def _span(self, word: str) -> slice:
        """Where a word's column lies; empty for a word that no passage holds."""
        column = self._find(word.encode())
        return slice(0, 0) if column is None else slice(*self._columns[column : column + 2])

    def _find(self, word: bytes) -> int | None:
        low, high = 0, len(self._offsets) - 1
        while low < high:
            middle = (low + high) // 2
            found = self._words[self._offsets[middle] : self._offsets[middle + 1]].tobytes()
            if found == word:
                return middle
            low, high = (middle + 1, high) if found < word else (low, middle)
        return None


def _map_bytes(file: Path) -> NDArray[np.uint8]:
    if not file.stat().st_size:
        return np.empty(0, np.uint8)  # an empty file cannot be mapped
    return np.memmap(file, np.uint8, mode="r")
