"""Nearest passages by cosine. The one door to faiss."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedError

Vectors = NDArray[np.float32]

FILE = "dense.faiss"


def write(vectors: Vectors, folder: Path) -> None:
    """Store unit rows, row = passage key, in an exact inner-product index."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(np.ascontiguousarray(vectors, np.float32))
    faiss.write_index(flat, str(folder / FILE))


class DenseIndex:
    """The vectors of a generation. Raises DamagedError when the file cannot be read."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = faiss.read_index(str(folder / FILE))
        except RuntimeError as error:
            raise DamagedError(f"{folder / FILE} cannot be read; rebuild the index.") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The best ``k`` keys and their cosines, best first. ``vector``: unit, shape (dim,)."""
        row = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        cosines, keys = self._index.search(row, min(k, len(self)))
        return keys[0], cosines[0]
