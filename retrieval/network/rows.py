"""Question and passages to the padded rows that a reading network takes. Pure but for numpy.

A row is ``[CLS] question [SEP] heading passage [SEP]`` (Devlin et al. 2019), the heading being the
title of the article where it has one: a passage alone often does not say whom it is about. A
passage too long for one row is read in overlapping windows, each under the heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.reading.decode import window_begins

LENGTH = 288  # word pieces of a row, special ones included; what the reader was trained up to
STRIDE = 128  # word pieces between the beginnings of neighbouring windows
QUESTION = 32  # word pieces of a question that are read
TITLE = 24  # word pieces of a heading that are read
_BATCH = 4  # rows; larger batches are no faster on a CPU and pad more
_ROUND = 32  # lengths are rounded up, so that a CPU library meets few different shapes

_CLS, _SEP = 101, 102  # of BERT's English vocabulary

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """One forward row: the window of passage number ``passage`` that begins at piece ``begin``."""

    passage: int
    begin: int
    question: Ints
    title: Ints
    pieces: Ints

    @property
    def size(self) -> int:
        return len(self.question) + len(self.title) + len(self.pieces) + 3

    @property
    def first(self) -> int:
        """Where in the row the passage begins."""
        return len(self.question) + len(self.title) + 2


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Rows padded to one length: arrays of shape (rows, length)."""

    rows: tuple[Row, ...]
    ids: Ints
    kinds: Ints  # 0 for the question's part, 1 for the passage's
    real: NDArray[np.bool_]  # False where padded


def heading(title: str) -> str:
    """An article's title as it is shown to the reader: a sentence before the passage."""
    return title if not title or title[-1] in ".!?" else f"{title}."


def rows_of(
    question: Sequence[int], titles: Sequence[Sequence[int]], passages: Sequence[Sequence[int]]
) -> list[Row]:
    """The windows of all passages under their headings, all as word pieces without special ones."""
    asked = np.asarray(question[:QUESTION], np.int64)
    rows = []
    for number, (title, pieces) in enumerate(zip(titles, passages, strict=True)):
        told = np.asarray(title[:TITLE], np.int64)
        room = LENGTH - 3 - len(asked) - len(told)
        for begin in window_begins(len(pieces), room, STRIDE):
            window = np.asarray(pieces[begin : begin + room], np.int64)
            rows.append(Row(number, begin, asked, told, window))
    return rows


def batches(rows: Sequence[Row]) -> Iterator[RowBatch]:
    """Rows of like length together, their lengths rounded up."""
    ordered = sorted(rows, key=lambda row: row.size)
    for start in range(0, len(ordered), _BATCH):
        batch = tuple(ordered[start : start + _BATCH])
        yield padded(batch, -(-batch[-1].size // _ROUND) * _ROUND)


def padded(rows: tuple[Row, ...], length: int) -> RowBatch:
    """Rows with their special pieces, padded to ``length``."""
    ids = np.zeros((len(rows), length), np.int64)
    kinds, real = np.zeros_like(ids), np.zeros(ids.shape, np.bool_)
    for at, row in enumerate(rows):
        parts = ([_CLS], row.question, [_SEP], row.title, row.pieces, [_SEP])
        ids[at, : row.size] = np.concatenate(parts)
        kinds[at, len(row.question) + 2 : row.size] = 1
        real[at, : row.size] = True
    return RowBatch(rows, ids, kinds, real)
