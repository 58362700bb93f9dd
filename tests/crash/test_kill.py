"""Whenever a builder is killed, one whole generation answers, and the next build works."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
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
QUESTIONS = [json.loads(line)["question"] for line in LINES]
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


def start(scene: Scene, index: Path, kill_at: int = 0) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-m", "tests.crash.builder", index, scene.source, str(kill_at)]
    return subprocess.Popen(
        list(map(str, arguments)), cwd=SEEDS.parent, stdout=subprocess.PIPE, text=True
    )


def check_survivor(scene: Scene, index: Path, published_before: str) -> None:
    store = FolderStore(index)
    published = store.require_current()
    expected = scene.before if published == published_before else scene.after
    assert answers(index) == expected
    assert store.faults(published) == {}
    build([scene.source], store, WordEncoder)
    assert answers(index) == scene.after
    assert not any((index / "drafts").glob("*"))


def test_killed_at_every_step_that_writes(scene: Scene, tmp_path: Path) -> None:
    published = FolderStore(scene.index).require_current()
    shutil.copytree(scene.index, tmp_path / "whole")
    with start(scene, tmp_path / "whole") as builder:
        steps = int(builder.communicate(timeout=60)[0])
    assert steps >= 20, steps
    for kill_at in range(1, steps + 1):
        index = tmp_path / f"killed-{kill_at}"
        shutil.copytree(scene.index, index)
        with start(scene, index, kill_at) as builder:
            assert builder.wait(timeout=60) == -signal.SIGKILL, f"step {kill_at} was not reached"
        check_survivor(scene, index, published)
        shutil.rmtree(index)


def test_killed_at_random_moments(scene: Scene, tmp_path: Path) -> None:
    published = FolderStore(scene.index).require_current()
    shutil.copytree(scene.index, tmp_path / "whole")
    begun = time.monotonic()
    with start(scene, tmp_path / "whole") as builder:
        builder.wait(timeout=60)
    whole = time.monotonic() - begun
    moments = random.Random(5)
    for number in range(RANDOM_KILLS):
        index = tmp_path / f"random-{number}"
        shutil.copytree(scene.index, index)
        with start(scene, index) as builder:
            time.sleep(moments.uniform(0.3, 1.05) * whole)
            builder.kill()
        check_survivor(scene, index, published)
        shutil.rmtree(index)
