"""The vectors of a new generation: taken over where they exist, embedded where they do not."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from index.articles.passages import embedding_text
from index.folder.catalogue import Catalogue
from index.folder.journal import Journal, KnownVectors
from index.models.encoder import Encoder

_CHUNK = 256  # passages embedded between two entries in the journal
_COPIED = 8192
_BLOCK = 1 << 20  # bytes of zeros written at a time
_CANNOT_RESERVE = {errno.EOPNOTSUPP, errno.EINVAL}  # what file systems say that cannot


def embed(
    catalogue: Catalogue,
    encoder: Encoder,
    known: KnownVectors | None,
    journal: Journal,
    file: Path,
    embedded: Callable[[int, int], None],
) -> NDArray[np.float32]:
    """Write the unit rows of all passages to ``file``, row = key, and give them, mapped.

    A passage that a published generation or the journal holds is not embedded again, and one
    that stands in several articles is embedded once. ``embedded`` is told (how many more, of how
    many). Raises OSError when the disk is full.
    """
    digests = [digest for _, digest in catalogue.digests()]
    rows = _reserve(file, len(digests), encoder.card.dim)
    missing: Sequence[int] = range(len(digests))
    for source in (known, journal.load()):
        if source is not None:
            missing = _take_over(missing, digests, source, rows)
    todo: dict[bytes, list[int]] = {}
    for key in missing:
        todo.setdefault(digests[key], []).append(key)
    embedded(0, len(todo))
    waiting = list(todo.items())
    for start in range(0, len(waiting), _CHUNK):
        chunk = waiting[start : start + _CHUNK]
        passages = catalogue.passages([keys[0] for _, keys in chunk])
        fresh = encoder.encode([embedding_text(passage) for passage in passages])
        journal.append([digest for digest, _ in chunk], fresh)
        for row, (_, keys) in zip(fresh, chunk, strict=True):
            rows[keys] = row
        embedded(len(chunk), len(todo))
    rows.flush()
    return rows


def _reserve(file: Path, count: int, dim: int) -> np.memmap[tuple[int, int], np.dtype[np.float32]]:
    with file.open("wb") as stream:
        # Reserved now: on a full disk, writing to mapped memory would kill the process.
        if not _allocated(stream, count * dim * 4):
            _fill(stream, count * dim * 4)
    return np.memmap(file, np.float32, mode="r+", shape=(count, dim))


def _allocated(stream: BinaryIO, size: int) -> bool:
    """Whether the system reserved ``size`` bytes; macOS and some file systems cannot."""
    if not hasattr(os, "posix_fallocate"):
        return False
    try:
        os.posix_fallocate(stream.fileno(), 0, size)
    except OSError as error:
        if error.errno in _CANNOT_RESERVE:
            return False
        raise
    return True


def _fill(stream: BinaryIO, size: int) -> None:
    """Reserve ``size`` bytes by writing them: a file that is only stretched holds no place."""
    zeros = bytes(_BLOCK)
    for start in range(0, size, _BLOCK):
        stream.write(zeros[: size - start])


def _take_over(
    missing: Sequence[int], digests: Sequence[bytes], known: KnownVectors, rows: NDArray[np.float32]
) -> list[int]:
    """Copy what is known; the keys that are still missing."""
    there = [(key, known.keys[digests[key]]) for key in missing if digests[key] in known.keys]
    for start in range(0, len(there), _COPIED):
        new, old = zip(*there[start : start + _COPIED], strict=True)
        rows[list(new)] = known.rows[list(old)]
    return [key for key in missing if digests[key] not in known.keys]
