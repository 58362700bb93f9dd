"""Whenever a builder is killed, one whole generation answers, and the next build works."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.render.records import reply_record
from index.build import build
from index.folder.folder_store import FolderStore
from retrieval.pipeline import Answerer
from retrieval.reading.sentence_reader import SentenceReader
from tests.conftest import SEEDS
from tests.word_encoder import WordEncoder

LINES = (SEEDS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
QUESTIONS = [json.loads(line)["question"] for line in LINES[::3]]
"""Enough to tell which generation answers. That its files are whole is known by their checksums."""

RANDOM_KILLS = 50


def answers(index: Path) -> str:
    """What the published generation answers, without what differs between equal generations."""
    encoder = WordEncoder()
    generation = FolderStore(index).open_current()
    answerer = Answerer(generation, encoder, SentenceReader(encoder))
    records = [reply_record(answerer.answer(question), 0) for question in QUESTIONS]
    return json.dumps([{**record, "generation": None} for record in records])


@dataclass(frozen=True)
class Scene:
    """An index, a source that has grown since, and what the index answers before and after."""

    index: Path
    source: Path
    before: str
    after: str


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("crash")
    source, index, grown = folder / "in", folder / "index", folder / "grown"
    shutil.copytree(SEEDS, source)
    build([source], FolderStore(index), WordEncoder)
    for number in range(40):
        text = f"Report {number}: the Taliban and the NRF met in Panjshir for the {number}th time."
        (source / f"report-{number}.txt").write_text(text)
    shutil.copytree(index, grown)
    build([source], FolderStore(grown), WordEncoder)
    scene = Scene(index, source, answers(index), answers(grown))
    assert scene.before != scene.after
    yield scene


class Builders:
    """Builders that are started by a process which has imported all that they need: a killed one
    costs no start of Python."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def start(self, scene: Scene, index: Path, kill_at: int = 0) -> int:
        """The process id of a builder; ask `ended` before the next is started."""
        assert self._server.stdin
        asked = json.dumps([str(index), str(scene.source), kill_at])
        self._server.stdin.write(asked + "\n")
        self._server.stdin.flush()
        return self.ended()

    def ended(self) -> int:
        """How the last builder ended: what it exited with, or minus the signal."""
        assert self._server.stdout
        return int(self._server.stdout.readline())


@pytest.fixture(scope="module")
def builders() -> Iterator[Builders]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.builder"], cwd=SEEDS.parent, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as server:  # fmt: skip
        yield Builders(server)
        assert server.stdin
        server.stdin.close()


def check_survivor(scene: Scene, index: Path, published_before: str) -> None:
    store = FolderStore(index)
    published = store.require_current()
    expected = scene.before if published == published_before else scene.after
    assert answers(index) == expected
    assert store.faults(published) == {}
    report = build([scene.source], store, WordEncoder)
    assert report.unchanged == (expected == scene.after)
    assert answers(index) == scene.after
    assert not any((index / "drafts").glob("*"))


def test_killed_at_every_step_that_writes(scene: Scene, builders: Builders, tmp_path: Path) -> None:
    published = FolderStore(scene.index).require_current()
    shutil.copytree(scene.index, tmp_path / "whole")
    builders.start(scene, tmp_path / "whole")
    assert builders.ended() == 0
    steps = int((tmp_path / "whole.steps").read_text())
    assert steps >= 20, steps
    for kill_at in range(1, steps + 1):
        index = tmp_path / f"killed-{kill_at}"
        shutil.copytree(scene.index, index)
        builders.start(scene, index, kill_at)
        assert builders.ended() == -signal.SIGKILL, f"step {kill_at} was not reached"
        check_survivor(scene, index, published)
        shutil.rmtree(index)


def _seconds(scene: Scene, builders: Builders, index: Path) -> float:
    """How long a builder takes that nobody kills."""
    shutil.copytree(scene.index, index)
    begun = time.monotonic()
    builders.start(scene, index)
    assert builders.ended() == 0
    return time.monotonic() - begun


def test_killed_at_random_moments(scene: Scene, builders: Builders, tmp_path: Path) -> None:
    published = FolderStore(scene.index).require_current()
    whole = min(_seconds(scene, builders, tmp_path / f"whole-{number}") for number in range(3))
    moments, killed = random.Random(5), 0
    for number in range(RANDOM_KILLS):
        index = tmp_path / f"random-{number}"
        shutil.copytree(scene.index, index)
        builder = builders.start(scene, index)
        time.sleep(moments.uniform(0, 1.05) * whole)
        with suppress(ProcessLookupError):  # it was done already
            os.kill(builder, signal.SIGKILL)
        killed += builders.ended() == -signal.SIGKILL
        check_survivor(scene, index, published)
        shutil.rmtree(index)
    assert killed >= RANDOM_KILLS // 4, killed
