"""Vectors that a build has made and not yet published, so that a killed build resumes.

An append-only file of fixed records: the digest of a passage, a checksum, and its vector. A record
that was cut short or damaged is passed over: its passage is embedded again.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.model import EncoderCard

DIGEST = 16  # bytes
_CHECKSUM = 4


@dataclass(frozen=True)
class KnownVectors:
    """Vectors that exist, mapped from a file: ``rows[keys[digest]]``."""

    keys: dict[bytes, int]
    rows: NDArray[np.float32]


class Journal:
    """The journal of one encoder's vectors in ``folder``."""

    def __init__(self, folder: Path, card: EncoderCard) -> None:
        self._file = folder / f"{card.weights[:16]}-{card.dim}-{card.runtime}.journal"
        self._dim = card.dim
        self._size = DIGEST + _CHECKSUM + 4 * card.dim

    def append(self, digests: Sequence[bytes], rows: NDArray[np.float32]) -> None:
        """Add vectors, one for each digest. Raises OSError when the disk is full."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        records = []
        for digest, row in zip(digests, rows, strict=True):
            body = digest + row.astype("<f4").tobytes()
            records.append(digest + zlib.crc32(body).to_bytes(_CHECKSUM, "little") + body[DIGEST:])
        with self._file.open("ab") as stream:
            # A killed writer may have left half a record; the next one starts on a boundary.
            stream.truncate(stream.tell() // self._size * self._size)
            stream.write(b"".join(records))

    def load(self) -> KnownVectors:
        """All intact vectors. They stay on the disk until they are read."""
        whole = self._file.stat().st_size // self._size if self._file.exists() else 0
        if not whole:
            return KnownVectors({}, np.empty((0, self._dim), np.float32))
        table = np.memmap(self._file, np.uint8, mode="r", shape=(whole, self._size))
        found: dict[bytes, int] = {}
        for number, record in enumerate(table):
            digest, data = record[:DIGEST].tobytes(), record[DIGEST + _CHECKSUM :]
            checksum = int.from_bytes(record[DIGEST : DIGEST + _CHECKSUM].tobytes(), "little")
            if zlib.crc32(data.tobytes(), zlib.crc32(digest)) == checksum:
                found[digest] = number
        return KnownVectors(found, table[:, DIGEST + _CHECKSUM :].view("<f4"))

    def remove(self) -> None:
        """Forget everything: the vectors are in a published generation now."""
        self._file.unlink(missing_ok=True)
