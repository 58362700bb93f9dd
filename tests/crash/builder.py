"""A builder that kills itself: run as `python -m tests.crash.builder INDEX SOURCE KILL_AT`.

It counts every step that writes (files opened for writing, renames, removals, new folders, syncs)
and sends itself SIGKILL before step KILL_AT. With KILL_AT 0 it finishes and prints the count.
"""

from __future__ import annotations

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


def main(index: str, source: str, kill_at: str) -> None:
    steps = _Steps(int(kill_at))
    sync = os.fsync

    def counted_sync(handle: int) -> None:
        steps.step()
        sync(handle)

    sys.addaudithook(steps.hear)
    with patch.object(os, "fsync", counted_sync):
        build([Path(source)], FolderStore(Path(index)), WordEncoder)
    sys.stdout.write(str(steps.count))


if __name__ == "__main__":
    main(*sys.argv[1:])
