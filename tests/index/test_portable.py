"""What only some systems have is used where it is there, and done without where it is not."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.errors import DamagedError
from index.folder import embedding
from index.folder.dense import VectorFile
from index.folder.folder_store import FolderStore
from index.models.graph_runner import cores
from tests.conftest import SEEDS
from tests.crash.test_disk import largest_file
from tests.crash.test_kill import answers
from tests.word_encoder import WordEncoder

LINUX = ("preadv", "posix_fallocate", "sched_getaffinity")


def leave_linux(patch: pytest.MonkeyPatch) -> None:
    for name in LINUX:
        patch.delattr(os, name, raising=False)


def test_an_index_is_built_and_answers_alike_on_any_system(
    word_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = answers(word_index)
    leave_linux(monkeypatch)
    build([SEEDS], FolderStore(tmp_path / "elsewhere"), WordEncoder)
    assert answers(tmp_path / "elsewhere") == answers(word_index) == here


def test_many_threads_read_their_own_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without preadv they share one place in the file."""
    leave_linux(monkeypatch)
    rows = np.random.default_rng(0).standard_normal((2000, 32)).astype(np.float32)
    rows.tofile(tmp_path / "rows")
    file = VectorFile(tmp_path / "rows", *rows.shape)

    def right(seed: int) -> bool:
        keys = np.random.default_rng(seed).integers(0, 2000, 20)
        return np.array_equal(file.rows(keys), rows[keys])

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(right, range(400)))
    os.truncate(tmp_path / "rows", rows[:9].nbytes)
    with pytest.raises(DamagedError, match="lost its end"):
        file.rows(np.array([9]))


@pytest.mark.parametrize("refusal", [None, errno.EOPNOTSUPP])
def test_the_place_of_vectors_is_reserved_by_writing_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int | None
) -> None:
    """Where the system, or the file system, cannot reserve it."""

    def refuse(*of: object) -> None:
        raise OSError(refusal, "Operation not supported")

    if refusal is None:
        leave_linux(monkeypatch)
    else:
        monkeypatch.setattr(os, "posix_fallocate", refuse, raising=False)
    size = 3_000 * 384 * 4
    rows = embedding._reserve(tmp_path / "rows", 3_000, 384)
    assert rows.shape == (3_000, 384) and not rows.any()
    assert (tmp_path / "rows").stat().st_blocks * 512 >= size
    with largest_file(size - 1), pytest.raises(OSError, match="too large"):
        embedding._reserve(tmp_path / "more", 3_000, 384)


def test_a_full_disk_is_no_reason_to_write_zeros(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*of: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    with pytest.raises(OSError, match="No space"):
        embedding._reserve(tmp_path / "rows", 10, 384)


def test_the_cores_are_counted_on_any_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
    leave_linux(monkeypatch)
    assert cores() == os.cpu_count()
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1
