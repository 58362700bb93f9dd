"""What every comparison needs: where things lie, the order of asking, times and their keeping."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers import archive
from benchmarks.peers.environments import prepared
from benchmarks.peers.sides import PeerReply, Side
from evaluation.questions import GoldQuestion
from index.folder.folder_store import FolderStore
from index.folder.generation import FolderGeneration
from index.language.words import words
from index.models.encoder import DEFAULT_MODEL, find_model
from index.models.graph_runner import cores

Figures = dict[str, Any]
Ask = Callable[[GoldQuestion], PeerReply]
WARM_UP = 3
CORES = cores()


@dataclass(frozen=True, slots=True)
class Bench:
    """Where things lie: the index with all passages, and the folder for what is made."""

    index: Path
    work: Path

    def side(self, module: str, *given: str, threads: int = 1, env: str = "") -> Side:
        """A side's process; ``env`` names its environment, "" for pullquote's own."""
        python = prepared(env, self.work / "environments") if env else Path(sys.executable)
        log = self.work / f"{'-'.join([module, *([env] if env else [])])}.log"
        return Side(python, module, *given, threads=threads, log=log)

    def generation(self) -> FolderGeneration:
        return FolderStore(self.index).open_current()

    def archive(self, size: int) -> Path:
        """An archive of ``size`` passages with its index, made once."""
        folder = self.work / f"archive-{size}"
        generation = self.generation()
        stamp, wanted = folder / "made.txt", generation.manifest.content
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            found = archive.grown(generation, size)
            archive.written(*found, folder)
            archive.indexed(*found, generation.manifest.encoder, folder / "index")
            stamp.write_text(wanted, encoding="utf-8")
        return folder


def model() -> str:
    return str(find_model(DEFAULT_MODEL)[0])


def asking(side: Side, do: str, **given: Any) -> Ask:
    """What puts a question's text to a side."""
    return lambda question: side.call(do, question=question.text, **given)


def asking_words(side: Side, do: str) -> Ask:
    """What puts a question's words, split by pullquote, to a side."""
    return lambda question: side.call(do, words=words(question.text))


def interleaved(
    sides: Mapping[str, Ask], questions: Sequence[GoldQuestion]
) -> dict[str, list[PeerReply]]:
    """Each question to every side in turn, so that other work on the machine hits all alike."""
    for question in questions[-WARM_UP:]:
        for ask in sides.values():
            ask(question)
    said: dict[str, list[PeerReply]] = {name: [] for name in sides}
    for question in questions:
        for name, ask in sides.items():
            said[name].append(ask(question))
    return said


def times(said: Sequence[PeerReply]) -> Figures:
    wall = sorted(one.seconds * 1000 for one in said)
    core = [one.core * 1000 for one in said]
    return {
        "p50_ms": statistics.median(wall), "p95_ms": wall[int(0.95 * (len(wall) - 1))],
        "core_ms": statistics.median(core), "mb": said[-1].mb, "asked": len(said),
        "all_ms": [round(one, 1) for one in wall],
    }  # fmt: skip


def kept(file: Path, name: str, figures: Figures) -> Figures:
    """All figures so far, these among them; they outlive a run that is stopped.

    A part's own are added to by name, so that sizes can be measured one by one.
    """
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    both: Figures = before | {name: before.get(name, {}) | figures}
    file.write_text(json.dumps(both, indent=1) + "\n", encoding="utf-8")
    return both
