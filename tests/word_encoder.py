"""A small deterministic encoder for tests that are not about the model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.language.words import words
from index.model import EncoderCard


class WordEncoder:
    """Embeds a text as the sum of a random unit vector per word: real cosines in no time."""

    def __init__(self, name: str = "words", dim: int = 64) -> None:
        self.card = EncoderCard(name, hashlib.sha256(name.encode()).hexdigest(), dim)
        self.encoded = 0

    def encode(
        self, texts: Sequence[str], done: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        rows = np.array([self._row(text) for text in texts], np.float32)
        self.encoded += len(texts)
        if done:
            done(len(texts))
        return rows.reshape(len(texts), self.card.dim)

    def _row(self, text: str) -> NDArray[np.float64]:
        total = np.full(self.card.dim, 1e-3)
        for word in words(text):
            total += _vector(word, self.card.dim)
        unit: NDArray[np.float64] = total / np.linalg.norm(total)
        return unit


@lru_cache(maxsize=1 << 16)
def _vector(word: str, dim: int) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(dim)
