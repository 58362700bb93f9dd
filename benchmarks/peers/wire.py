"""What a peer's process and the benchmark say to each other: a line of JSON each way.

Only the standard library: it runs in every environment. The work is timed where it is done, so
that passing a question costs nobody anything.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

Operation = Callable[..., Any]


def serve(operations: Mapping[str, Operation]) -> None:
    """Do what each line of standard input asks, until it ends."""
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)  # what a library prints must not stand among the answers
        for line in sys.stdin:
            request = json.loads(line)
            work, given = operations[request["do"]], request["with"]
            wall, core = time.perf_counter(), time.process_time()
            result = work(**given)
            said = {
                "seconds": time.perf_counter() - wall,
                "core": time.process_time() - core,
                "result": result,
            }
            answers.write(json.dumps(said | {"mb": resident()}) + "\n")
            answers.flush()


def resident() -> float:
    """Resident memory of this process, MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1000


def passages(folder: Path) -> Iterator[tuple[int, str, str]]:
    """(key, title, text) of each passage of an archive that `archive.written` wrote."""
    with (folder / "passages.jsonl").open(encoding="utf-8") as lines:
        for key, line in enumerate(lines):
            title, text = json.loads(line)
            yield key, title, text


def searched(title: str, text: str) -> str:
    """What every side searches and embeds: the title helps to find a passage."""
    return f"{title}\n{text}" if title else text
