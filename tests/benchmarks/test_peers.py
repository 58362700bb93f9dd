"""The comparison with peers: nothing may differ but what is compared."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.peers import archive, environments
from benchmarks.peers.sides import Side
from benchmarks.peers.wire import passages, searched
from evaluation.rankings import by_words
from index.folder.folder_store import FolderStore
from index.language.words import words
from index.model import EncoderCard

CARD = EncoderCard("random", "00" * 32, 8)
TEXTS = [
    archive.Text("Truce", "The opposition calls for a truce in the valley."),
    archive.Text("", "A bottle was thrown into the Baltic Sea."),
    archive.Text("Valley", "Panjshir is a steep valley north of Kabul, and the valley is long."),
    archive.Text("", "The museum shows the bottle now."),
    archive.Text("Rates", "The bank left its interest rates unchanged on Thursday."),
    archive.Text("", "Voters go to the polls in spring."),
    archive.Text("Cup", "The final was played in heavy rain."),
]


def rows() -> archive.Vectors:
    found = np.random.default_rng(0).standard_normal((len(TEXTS), CARD.dim)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def test_an_index_and_a_peer_are_given_the_same(tmp_path: Path) -> None:
    folder = archive.written(TEXTS, rows(), tmp_path / "archive")
    root = archive.indexed(TEXTS, rows(), CARD, tmp_path / "index")
    texts, vectors = archive.real(FolderStore(root).open_current())
    assert texts == TEXTS
    assert np.array_equal(vectors, rows())
    assert np.array_equal(np.load(folder / "vectors.npy"), rows())
    assert list(passages(folder)) == [(k, one.title, one.text) for k, one in enumerate(TEXTS)]
    assert [searched(one.title, one.text) for one in TEXTS] == [one.searched for one in TEXTS]


def test_rank_bm25_in_its_process_finds_what_the_index_finds(tmp_path: Path) -> None:
    folder = archive.written(TEXTS, rows(), tmp_path / "archive")
    generation = FolderStore(
        archive.indexed(TEXTS, rows(), CARD, tmp_path / "index")
    ).open_current()
    asked = words("Who threw the bottle into the sea?")
    python, log = Path(sys.executable), tmp_path / "log"
    with Side(python, "words_side", "rank_bm25", threads=1, log=log) as side:
        assert side.call("load", archive=str(folder)).result == len(TEXTS)
        said = side.call("find", words=asked)
    ours = [key for key, _ in by_words(generation, asked, 10)]
    assert ours == said.result
    assert len(ours) == 2
    assert said.seconds > 0 and said.mb > 1


def test_a_side_that_dies_is_named(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with (
        Side(Path(sys.executable), "words_side", "rank_bm25", threads=1, log=log) as side,
        pytest.raises(SystemExit, match="words_side died in load: FileNotFoundError"),
    ):
        side.call("load", archive=str(tmp_path / "nowhere"))


def test_archives_grow_from_the_index(tmp_path: Path) -> None:
    generation = FolderStore(
        archive.indexed(TEXTS, rows(), CARD, tmp_path / "index")
    ).open_current()
    fewer, _ = archive.grown(generation, 3)
    more, vectors = archive.grown(generation, 10)
    assert set(fewer) < set(TEXTS) and len(fewer) == 3
    assert set(more[: len(TEXTS)]) == set(TEXTS) and len(more) == len(vectors) == 10
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert [one.text for one in more] == [one.text for one in archive.grown(generation, 10)[0]]


@pytest.mark.model
def test_the_exported_reader_is_the_reader(tmp_path: Path) -> None:
    from benchmarks.peers.checkpoint import MOST_APART, export

    assert export(tmp_path) < MOST_APART


@pytest.mark.parametrize("name", ["haystack", "txtai", "rank_bm25", "bm25s"])
def test_every_package_of_a_peer_is_pinned(name: str) -> None:
    pins = (environments.REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert all(pin.count("==") == 1 for pin in pins)
    assert environments.version(name)
