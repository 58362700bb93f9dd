"""Checkpoints as they are read back: one, or the mean of several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor


def load_checkpoint(path: Path) -> dict[str, Any]:
    """A training checkpoint; only tensors and plain values are unpickled."""
    state: dict[str, Any] = torch.load(path, weights_only=True)
    return state


def mean_weights(states: Sequence[dict[str, Any]]) -> dict[str, Tensor]:
    """The trained tensors by name, averaged over checkpoints of one run (Izmailov et al. 2018) or
    of runs of which one began at the other's weights (Wortsman et al. 2022)."""
    kept: list[dict[str, Tensor]] = [state["weights"] for state in states]
    return {name: torch.stack([weights[name] for weights in kept]).mean(0) for name in kept[0]}


def averaged(states: Sequence[dict[str, Any]]) -> list[dict[str, int]]:
    """Which checkpoints a mean was taken of."""
    return [{"seed": one["recipe"]["seed"], "step": one["step"]} for one in states]
