"""Rows of question and passage, and the padded batches that a network trains on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor

from training.data import Ids

CLS: Final = 101
SEP: Final = 102


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One forward row: question, window of a passage, span inside the row (0, 0: none)."""

    question: Ids
    passage: Ids
    first: int
    last: int

    @property
    def size(self) -> int:
        """Word pieces with the three special ones."""
        return len(self.question) + len(self.passage) + 3


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded rows; rows with the same ``group`` belong to one question."""

    ids: Tensor  # (rows, length)
    kinds: Tensor  # (rows, length) 1 on the passage's part
    real: Tensor  # (rows, length) True where not padding
    allowed: Tensor  # (rows, length) True on the passage and on position 0
    first: Tensor  # (rows,)
    last: Tensor  # (rows,)
    group: Tensor  # (rows,)


def window(
    pieces: int, span: tuple[int, int] | None, room: int, random: np.random.Generator
) -> int:
    """Where a window of ``room`` pieces begins: uniform among those that hold the span."""
    if pieces <= room:
        return 0
    low, high = 0, pieces - room
    if span is not None:
        low, high = max(low, span[1] + 1 - room), min(high, span[0])
        low = min(low, high)
    return int(random.integers(low, high + 1))


def collate(groups: list[list[TrainingRow]], length: int) -> Batch:
    """Pad rows to ``length`` word pieces."""
    rows = [row for group in groups for row in group]
    ids = np.zeros((len(rows), length), dtype=np.int64)
    kinds, allowed, real = np.zeros_like(ids), ids.astype(bool), ids.astype(bool)
    for at, row in enumerate(rows):
        begin = len(row.question) + 2
        ids[at, : row.size] = np.concatenate([[CLS], row.question, [SEP], row.passage, [SEP]])
        kinds[at, begin : row.size] = 1
        real[at, : row.size] = True
        allowed[at, begin : row.size - 1] = True
    allowed[:, 0] = True
    numbers = [number for number, group in enumerate(groups) for _ in group]
    return Batch(
        torch.from_numpy(ids), torch.from_numpy(kinds), torch.from_numpy(real),
        torch.from_numpy(allowed), torch.tensor([row.first for row in rows]),
        torch.tensor([row.last for row in rows]), torch.tensor(numbers),
    )  # fmt: skip
