"""The training objective.

Each row: cross-entropy of the start and of the end, with position 0 as "not here"
(Devlin et al. 2019).  Each question with several rows: one softmax over the tokens of
all of them, so that logits compare across passages (Clark & Gardner 2018, section 3.2,
"shared normalisation").
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from training.rows import Batch

SHARED_WEIGHT: Final = 1.0


def row_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Mean cross-entropy of start and end over the rows; logits (rows, length, 2)."""
    shut = ~batch.allowed[:, :, None]
    logs = torch.log_softmax(logits.masked_fill(shut, -1e4), dim=1)
    rows = torch.arange(len(batch.first))
    return -(logs[rows, batch.first, 0] + logs[rows, batch.last, 1]).mean() / 2


def shared_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy over all passages of a question, without the null position.

    Groups of one row, and groups in which no row answers, say nothing and are left out;
    the sum is divided by the number of rows of the batch, as in `row_loss`.
    """
    groups = int(batch.group[-1]) + 1
    size = torch.bincount(batch.group, minlength=groups)
    counts = (size[batch.group] > 1) & (batch.first > 0)
    if not bool(counts.any()):
        return logits.sum() * 0.0
    shut = ~batch.allowed[:, :, None]
    inner = logits.masked_fill(shut, -1e4)[:, 1:]
    peak = inner.detach().amax()  # one shift for all rows keeps exp() in range
    sums = (inner - peak).exp().sum(dim=1)  # (rows, 2)
    total = torch.zeros(groups, 2).index_add(0, batch.group, sums)
    normaliser = total.clamp_min(1e-30).log()[batch.group] + peak
    rows = torch.nonzero(counts)[:, 0]
    gold = torch.stack(
        [logits[rows, batch.first[rows], 0], logits[rows, batch.last[rows], 1]], dim=1
    )
    return (normaliser[rows] - gold).sum() / (2 * len(batch.first))


def span_loss(logits: Tensor, batch: Batch) -> Tensor:
    """The whole objective."""
    return row_loss(logits, batch) + SHARED_WEIGHT * shared_loss(logits, batch)
