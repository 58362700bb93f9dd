"""Builders that kill themselves: run as `python -m tests.crash.builder`.

A line [INDEX, SOURCE, KILL_AT] on the input starts a builder in a process of its own, forked so
that all is imported already; its process id is printed, and then how it ended. It counts every step
that writes (files opened, renames, removals, new folders, syncs) and sends itself SIGKILL
before step KILL_AT. With KILL_AT 0 it finishes, and writes the count to the file INDEX.steps.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from index.build import build
from index.folder.folder_store import FolderStore
from tests.word_encoder import WordEncoder

_WRITES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "sqlite3.connect"}


class _Steps:
    def __init__(self, kill_at: int) -> None:
        self.count, self._kill_at = 0, kill_at

    def step(self) -> None:
        self.count += 1
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        opened = event == "open" and isinstance(arguments[2], int)
        if event in _WRITES or (opened and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            self.step()


def build_and_die(index: Path, source: Path, kill_at: int) -> None:
    steps = _Steps(kill_at)
    sync = os.fsync

    def counted_sync(handle: int) -> None:
        steps.step()
        sync(handle)

    sys.addaudithook(steps.hear)
    with patch.object(os, "fsync", counted_sync):
        build([source], FolderStore(index), WordEncoder)
        count = steps.count
    index.with_suffix(".steps").write_text(str(count))


def serve() -> None:
    for line in sys.stdin:
        index, source, kill_at = json.loads(line)
        builder = os.fork()
        if not builder:
            build_and_die(Path(index), Path(source), kill_at)
            os._exit(0)
        _say(builder)
        _say(os.waitstatus_to_exitcode(os.waitpid(builder, 0)[1]))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
