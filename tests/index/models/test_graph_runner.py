"""Prepared graphs: made once, whole or not at all, and made again when damaged."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import ModelError
from index.models.graph_runner import (
    CACHE_VARIABLE,
    OnnxModel,
    cache_folder,
    cached_graph,
    parallel_map,
)
from tests.conftest import SEEDS

GRAPH = b"a graph" * 1000


def test_a_graph_is_made_once(tmp_path: Path) -> None:
    said: list[str] = []
    assert cached_graph(tmp_path / "cache", "one", lambda: GRAPH, said.append) == GRAPH
    assert len(said) == 1 and "preparing one" in said[0]
    assert cached_graph(tmp_path / "cache", "one", lambda: b"another", said.append) == GRAPH
    assert cached_graph(tmp_path / "cache", "two", lambda: b"another", said.append) == b"another"


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty"])
def test_a_damaged_graph_is_made_again(tmp_path: Path, damage: str) -> None:
    cached_graph(tmp_path, "one", lambda: GRAPH, lambda _: None)
    (file,) = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes({"cut": bytes(data[:-9]), "flipped": bytes(data), "empty": b""}[damage])
    said: list[str] = []
    assert cached_graph(tmp_path, "one", lambda: GRAPH, said.append) == GRAPH
    assert "damaged" in said[0]
    assert cached_graph(tmp_path, "one", lambda: b"another", said.append) == GRAPH


KILLED = """
import os, signal, sys
from pathlib import Path
from index.models.graph_runner import cached_graph
step = [0]
def hear(event, arguments):
    if event in ("open", "os.rename", "os.chmod", "os.mkdir") or event == "tempfile.mkstemp":
        if str(arguments[0]).startswith(sys.argv[1]):
            step[0] += 1
            if step[0] == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hear)
cached_graph(Path(sys.argv[1]), "one", lambda: b"a graph" * 1000, lambda _: None)
"""


def test_a_kill_leaves_the_graph_or_nothing(tmp_path: Path) -> None:
    outcomes = set()
    for at in range(1, 12):
        folder = tmp_path / str(at)
        command = [sys.executable, "-c", KILLED, str(folder), str(at)]
        killed = subprocess.run(command, cwd=SEEDS.parent, check=False).returncode
        assert killed in (0, -signal.SIGKILL)
        outcomes.add(killed)
        assert cached_graph(folder, "one", lambda: GRAPH, lambda _: None) == GRAPH
    assert outcomes == {0, -signal.SIGKILL}


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    old, fresh = tmp_path / "old.new", tmp_path / "fresh.new"
    for file in (old, fresh):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 9999,) * 2)
    cached_graph(tmp_path, "one", lambda: GRAPH, lambda _: None)
    assert not old.exists() and fresh.exists()  # another process may be writing the fresh one


def test_a_folder_that_cannot_be_written_is_said_and_survived(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    said: list[str] = []
    assert cached_graph(tmp_path / "file" / "cache", "one", lambda: GRAPH, said.append) == GRAPH
    assert "cannot be written" in said[-1] and len(said) == 2


def test_the_cache_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "a"))
    assert cache_folder() == tmp_path / "a"
    monkeypatch.delenv(CACHE_VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "b"))
    assert cache_folder() == tmp_path / "b" / "pullquote"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "pullquote"


def test_what_is_no_graph_is_a_clear_error() -> None:
    with pytest.raises(ModelError, match="cannot load the prepared model"):
        OnnxModel(GRAPH)


def test_each_keeps_order_and_errors() -> None:
    assert list(parallel_map(str, [3, 1, 2])) == ["3", "1", "2"]
    assert list(parallel_map(str, [])) == [] and list(parallel_map(str, [7])) == ["7"]
    with pytest.raises(ZeroDivisionError):
        list(parallel_map(lambda n: 1 // n, [1, 0]))
