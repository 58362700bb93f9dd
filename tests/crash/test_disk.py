"""A full disk loses nothing, and is said in one line."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build import build
from index.errors import StoreError
from index.folder.folder_store import FolderStore
from tests.crash.test_kill import answers
from tests.word_encoder import WordEncoder


def _more(folder: Path) -> Path:
    folder.mkdir()
    for number in range(300):
        text = f"Report {number} of the day, about the Taliban. " + f"word{number} " * 60
        (folder / f"{number}.txt").write_text(text)
    return folder


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Writing beyond ``size`` bytes of a file fails, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("size", [500, 5_000, 20_000, 50_000, 70_000])
def test_no_room_for_a_file(word_index: Path, tmp_path: Path, size: int) -> None:
    before, published = answers(word_index), FolderStore(word_index).current()
    source = _more(tmp_path / "more")
    with largest_file(size), pytest.raises(StoreError) as caught:
        build([source], FolderStore(word_index), WordEncoder)
    assert "\n" not in str(caught.value)
    assert answers(word_index) == before and FolderStore(word_index).current() == published
    assert build([source], FolderStore(word_index), WordEncoder).articles == 301


@contextmanager
def small_file_system(folder: Path) -> Iterator[None]:
    """400 KB of it in ``folder``. OSError or CalledProcessError where none may be mounted."""
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def may_mount() -> bool:
    try:
        with tempfile.TemporaryDirectory() as folder, small_file_system(Path(folder)):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


# A file system cannot be made small without mounting one, which takes root, and in most containers
# even root may not. `test_no_room_for_a_file` fills each file in turn everywhere.
@pytest.mark.skipif(not may_mount(), reason="no file system may be mounted here")
def test_a_full_file_system(word_index: Path, tmp_path: Path) -> None:
    mounted = tmp_path / "small"
    mounted.mkdir()
    with small_file_system(mounted):
        index = Path(shutil.copytree(word_index, mounted / "index"))
        before = answers(index)
        with pytest.raises(StoreError):
            build([_more(tmp_path / "more")], FolderStore(index), WordEncoder)
        assert answers(index) == before
        assert FolderStore(index).faults(FolderStore(index).require_current()) == {}
