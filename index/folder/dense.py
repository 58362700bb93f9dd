"""Nearest passages by cosine. The one door to faiss.

The exact vectors lie in one file; faiss holds a smaller copy that finds candidates, and their
cosines are then computed from the exact vectors, read where they lie. So cosines are exact whatever
the index is, and a vector can be taken over by the next generation unchanged.
"""

from __future__ import annotations

import math
import os
import threading
import weakref
from itertools import pairwise
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedError, StoreError

Vectors = NDArray[np.float32]

FILE = "dense.faiss"
VECTORS = "vectors.f32"

FLAT_UNTIL = 50_000
"""Passages up to which every vector is compared; measured in docs/decisions/009-dense-index.md."""

_PROBED = 256  # inverted lists searched
_CANDIDATES = 2  # candidates per wanted passage, ranked again by exact cosines
_TRAINED_ON = 40  # training vectors per list; faiss warns below 39
_FEW = 20_000  # passages that are compared exactly when only they may be found
_CHUNK = 16_384  # vectors handed to faiss at a time
_FLOAT = 4  # bytes of a number
_THREADS = faiss.omp_get_max_threads()  # for building


def plan(passages: int) -> dict[str, Any]:
    """Which index to build for so many passages, recorded in the manifest.

    Flat in half precision while comparing with every vector is fast enough; then inverted lists
    of 8-bit vectors, 4·√n lists as faiss's guidelines advise.
    """
    if passages <= FLAT_UNTIL:
        return {"kind": "flat-fp16"}
    lists = 2 ** round(math.log2(4 * math.sqrt(passages)))
    return {"kind": "ivf-sq8", "lists": lists, "probed": _PROBED}


def write(vectors: Vectors, folder: Path) -> dict[str, Any]:
    """Index unit rows, row = passage key. Gives the plan that was followed."""
    faiss.omp_set_num_threads(_THREADS)
    chosen = plan(len(vectors))
    dim = vectors.shape[1]
    index: Any
    if chosen["kind"] == "flat-fp16":
        index = faiss.IndexScalarQuantizer(
            dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
    else:
        index = faiss.index_factory(dim, f"IVF{chosen['lists']},SQ8", faiss.METRIC_INNER_PRODUCT)
        sample = np.random.default_rng(0).choice(
            len(vectors), min(len(vectors), chosen["lists"] * _TRAINED_ON), replace=False
        )
        index.train(np.ascontiguousarray(vectors[np.sort(sample)]))
    for start in range(0, len(vectors), _CHUNK):
        index.add(np.ascontiguousarray(vectors[start : start + _CHUNK]))
    try:
        faiss.write_index(index, str(folder / FILE))
    except RuntimeError as error:
        raise StoreError(f"{folder / FILE} cannot be written: is the disk full?") from error
    return chosen


def open_vectors(file: Path, count: int, dim: int) -> Vectors:
    """The exact vectors, mapped, to be read from end to end. Raises DamagedError."""
    try:
        return np.memmap(file, np.float32, mode="r", shape=(count, dim))
    except (OSError, ValueError) as error:
        raise DamagedError(f"{file} cannot be read; rebuild the index.") from error


class VectorFile:
    """The exact vectors, read where they lie; none of them stays in this process's memory.

    Where a mapped file is looked at, the system maps what lies around it, up to a megabyte for a
    row of 1.5 KB, and counts it as the process's. Raises DamagedError when it cannot be read.
    """

    def __init__(self, file: Path, count: int, dim: int) -> None:
        self._file, self._dim = file, dim
        self._placing = threading.Lock()
        try:
            self._stream = file.open("rb", buffering=0)
            weakref.finalize(self, self._stream.close)
            whole = os.fstat(self._stream.fileno()).st_size == count * dim * _FLOAT
        except OSError:
            whole = False
        if not whole:
            raise DamagedError(f"{file} cannot be read; rebuild the index.")

    def rows(self, keys: NDArray[np.int64]) -> Vectors:
        """The vectors of ``keys``, shape (keys, dim). Keys that follow each other cost one read."""
        found = np.empty((len(keys), self._dim), np.float32)
        ends = [*np.flatnonzero(np.diff(keys) != 1) + 1, len(keys)] if len(keys) else []
        for start, end in pairwise([0, *ends]):
            part = found[start:end]
            place = int(keys[start]) * self._dim * _FLOAT
            if self._read(part, place) != part.nbytes:
                raise DamagedError(
                    f"{self._file} has lost its end or cannot be read; rebuild the index."
                )
        return found

    def _read(self, part: Vectors, place: int) -> int:
        """How many bytes from ``place`` came to ``part``; none when the disk fails."""
        try:
            if hasattr(os, "preadv"):
                return os.preadv(self._stream.fileno(), [part.data], place)
            with self._placing:  # one place for all threads, where a read cannot name its own
                self._stream.seek(place)
                return self._stream.readinto(part.data) or 0
        except OSError:
            return 0


class DenseIndex:
    """The vectors of a generation. Raises DamagedError when a file cannot be read."""

    def __init__(self, folder: Path, count: int, dim: int, chosen: dict[str, Any]) -> None:
        self._vectors = VectorFile(folder / VECTORS, count, dim)
        try:
            index: Any = faiss.read_index(str(folder / FILE))
        except RuntimeError as error:
            raise DamagedError(f"{folder / FILE} cannot be read; rebuild the index.") from error
        if index.ntotal != count:
            raise DamagedError(f"{folder / FILE} has another number of passages; rebuild it.")
        if chosen["kind"] == "ivf-sq8":
            index.nprobe = chosen["probed"]
        self._index = index

    def search(
        self, vector: Vectors, k: int, among: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The best ``k`` keys and their exact cosines, best first. ``vector``: unit, (dim,).

        ``among``: the keys that may be found, ascending, if not all.
        """
        row = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        if among is not None and len(among) <= _FEW:
            keys = among
        else:
            wanted = min(_CANDIDATES * k, self._index.ntotal)
            # Threads that wait for each other on busy cores cost four times what one alone costs.
            faiss.omp_set_num_threads(1)  # of this thread's searches
            found = self._index.search(row, wanted, params=self._among(among))[1][0]
            keys = np.sort(found[found >= 0])  # a file is read in order
        cosines = self.cosines(row[0], keys)
        best = np.lexsort((keys, -cosines))[:k]
        return keys[best], cosines[best]

    def cosines(self, vector: Vectors, keys: NDArray[np.int64]) -> NDArray[np.float32]:
        """The exact cosines of a unit ``vector`` and the vectors of ``keys``, in their order."""
        found: NDArray[np.float32] = self._vectors.rows(keys) @ vector
        return found

    def _among(self, keys: NDArray[np.int64] | None) -> Any:
        """What tells faiss to look at these passages only."""
        if keys is None:
            return None
        chosen: Any = faiss.IDSelectorBatch(keys)
        lists: Any = faiss.SearchParametersIVF
        flat: Any = faiss.SearchParameters
        if isinstance(self._index, faiss.IndexIVF):
            return lists(sel=chosen, nprobe=self._index.nprobe)
        return flat(sel=chosen)
