"""Writes the columns of `index.folder.lexical`, of words or of passages of an earlier index."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.folder import okapi
from index.folder.lexical import FILES, LexicalIndex, Postings


class LexicalBuilder:
    """Collects passages in order of their keys, then writes the columns.

    ``earlier``, an index of so many passages, may lend the counts of passages that it holds: the
    files are the same as if their words had been counted again.
    """

    def __init__(self, earlier: LexicalIndex | None = None, passages: int = 0) -> None:
        self._earlier, self._moved = earlier, np.full(passages, -1, np.int32)
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._words, self._counts = array("i"), array("i")
        self._keys, self._sizes, self._articles = array("i"), array("i"), array("q")
        self._passages = 0

    def add(self, words: Sequence[str], opens: bool = True) -> None:
        """Add a passage with these words; ``opens``: the first one of its article."""
        if opens:
            self._articles.append(self._passages)
        counts = Counter(words)
        self._words.extend(map(self._numbers.__getitem__, counts))
        self._counts.extend(counts.values())
        self._keys.append(self._passages)
        self._sizes.append(len(counts))
        self._passages += 1

    def take(self, first: int, passages: int) -> None:
        """Add an article: so many passages of the earlier index, from key ``first`` on; each at
        most once."""
        if passages:
            self._articles.append(self._passages)
        self._moved[first : first + passages] = np.arange(passages) + self._passages
        self._passages += passages

    def write(self, folder: Path) -> None:
        """Write `FILES` into ``folder``."""
        found = self._postings()
        place = found.column * self._passages + found.row
        by_column = np.argsort(place, kind="stable")  # quick: the earlier index was in this order
        row, counts = found.row[by_column], found.counts[by_column]
        lengths = np.bincount(row, counts, self._passages).astype(np.float64)
        frequencies = np.bincount(found.column, minlength=len(found.words))
        encoded = [word.encode() for word in found.words]
        arrays: tuple[NDArray[Any], ...] = (
            np.cumsum([0, *map(len, encoded)], dtype=np.int64),
            np.concatenate(([0], np.cumsum(frequencies))).astype(np.int64),
            row,
            counts.astype(np.min_scalar_type(int(counts.max(initial=0)))),
            okapi.idf(found.words, frequencies.tolist(), self._passages),
            okapi.norms(lengths),
            np.array([*self._articles, self._passages], np.int64),
        )
        (folder / FILES[0]).write_bytes(b"".join(encoded))
        for name, values in zip(FILES[1:], arrays, strict=True):
            np.save(folder / name, values)

    def _postings(self) -> Postings:
        """All postings; the words in order of their bytes."""
        parts = [self._fresh()]
        if self._earlier is not None:
            parts.append(self._earlier.postings(self._moved))
        words = sorted({word for part in parts for word in part.words}, key=str.encode)
        number = {word: n for n, word in enumerate(words)}
        ranks = [np.array([number[word] for word in part.words], np.int64) for part in parts]
        return Postings(
            words,
            np.concatenate([rank[part.column] for rank, part in zip(ranks, parts, strict=True)]),
            np.concatenate([part.row for part in parts]),
            np.concatenate([part.counts for part in parts]),
        )

    def _fresh(self) -> Postings:
        return Postings(
            list(self._numbers),
            np.asarray(self._words, np.int64),
            np.repeat(np.asarray(self._keys, np.int32), self._sizes),
            np.asarray(self._counts, np.int32),
        )
