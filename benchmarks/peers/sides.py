"""The processes that are compared, started and asked."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class PeerReply:
    """What came of one request: wall seconds, seconds of one core, resident MB afterwards."""

    result: Any
    seconds: float
    core: float
    mb: float


class Side:
    """A process of its own that does one thing at a time; ends with its ``with``."""

    def __init__(self, python: Path, module: str, *given: str, threads: int, log: Path) -> None:
        self.name = module
        self._log = log
        # Only numbers of threads differ; nothing may be fetched while time is taken.
        environment = os.environ | {
            "OMP_NUM_THREADS": str(threads), "TOKENIZERS_PARALLELISM": "false",
            "HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False",
        }  # fmt: skip
        with log.open("w") as errors:
            self._process = subprocess.Popen(
                [str(python), "-m", f"benchmarks.peers.{module}", *given],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                text=True, cwd=ROOT, env=environment,
            )  # fmt: skip

    def __enter__(self) -> Side:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def call(self, do: str, **given: Any) -> PeerReply:
        """Ask for one operation and wait. Ends the program when the process has died."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps({"do": do, "with": given}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self._process.wait()  # it says why after it has closed its answers
            told = self._log.read_text(encoding="utf-8").strip().splitlines()[-1:]
            sys.exit(f"{self.name} died in {do}: {' '.join(told)} (see {self._log})")
        said = json.loads(line)
        return PeerReply(said["result"], said["seconds"], said["core"], said["mb"])
