"""A BERT's weights as numpy arrays, under short names. The one door to safetensors.

Names, for a layer N from 0: ``words``, ``places``, ``kinds`` (embeddings), ``norm``, and
``layers.N.qkv`` (query, key and value joined), ``layers.N.out``, ``layers.N.norm1``,
``layers.N.up``, ``layers.N.down``, ``layers.N.norm2``; each with ``.weight`` and, but for the
embeddings, ``.bias``. A linear weight has shape (out, in).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.errors import ModelError

Floats = NDArray[np.float32]
Weights = dict[str, Floats]

WIDTH, HEADS, INNER = 384, 12, 1536  # of all-MiniLM-L6-v2
NORM_EPSILON = 1e-12

_EMBEDDINGS = {
    "words.weight": "embeddings.word_embeddings.weight",
    "places.weight": "embeddings.position_embeddings.weight",
    "kinds.weight": "embeddings.token_type_embeddings.weight",
    "norm.weight": "embeddings.LayerNorm.weight",
    "norm.bias": "embeddings.LayerNorm.bias",
}
_PARTS = {
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_tensors(path: Path) -> dict[str, NDArray[np.generic]]:
    """All tensors of a safetensors file. Raises ModelError."""
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} cannot be read ({error}); install it again.") from error


def layers_of(weights: Mapping[str, object]) -> int:
    """How many layers there are."""
    found = (re.match(r"layers\.(\d+)\.", name) for name in weights)
    return 1 + max((int(match[1]) for match in found if match), default=-1)


def read_bert(path: Path) -> Weights:
    """The weights of a BERT file under the short names, in fp32. Raises ModelError."""
    raw = {
        name.removeprefix("bert."): value.astype(np.float32, copy=False)
        for name, value in read_tensors(path).items()
    }
    try:
        weights = {ours: raw[theirs] for ours, theirs in _EMBEDDINGS.items()}
        count = 0
        while f"encoder.layer.{count}.output.dense.weight" in raw:
            weights |= _layer(raw, count)
            count += 1
    except KeyError as error:
        raise ModelError(f"{path} is not a BERT: it lacks {error}; install it again.") from error
    return weights


def _layer(raw: Mapping[str, Floats], number: int) -> Weights:
    """One layer's weights; query, key and value become one product, which is faster."""
    theirs, ours = f"encoder.layer.{number}.", f"layers.{number}."
    found: Weights = {}
    for kind in ("weight", "bias"):
        parts = [raw[f"{theirs}attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
        found[f"{ours}qkv.{kind}"] = np.concatenate(parts)
        for name, part in _PARTS.items():
            found[f"{ours}{name}.{kind}"] = raw[f"{theirs}{part}.{kind}"]
    return found
