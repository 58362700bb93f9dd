"""Generations: atomic, checked, and honest about damage."""

import json
from pathlib import Path

import pytest

from index import dense, lexical, manifest
from index.build import build
from index.catalogue import FILE as CATALOGUE
from index.errors import BusyError, DamagedError, NoIndexError, SchemaError
from index.local import LocalStore
from tests.conftest import SEEDS, WordEncoder

FILES = (CATALOGUE, *lexical.FILES)


def _folder(index: Path) -> Path:
    generation = LocalStore(index).current()
    assert generation
    return index / "generations" / generation


def test_the_schema_stands_first(word_index: Path) -> None:
    text = (_folder(word_index) / manifest.FILE).read_text()
    assert text.startswith('{\n  "schema": 1,')
    record = json.loads(text)
    assert set(record["files"]) == {dense.FILE, *FILES}
    assert record["encoder"]["name"] == "words"


def test_a_rebuild_publishes_a_new_generation_and_keeps_the_old(word_index: Path) -> None:
    store = LocalStore(word_index)
    first = store.current()
    assert first
    held = store.open(first)
    report = build([SEEDS], store, WordEncoder)
    assert store.current() == report.generation != first
    assert store.generations() == [first, report.generation]
    assert held.article("panjshir-truce") is not None  # a question in flight goes on


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="pullquote index build"):
        LocalStore(tmp_path / "nothing").open_current()


def test_another_schema_is_refused(word_index: Path) -> None:
    file = _folder(word_index) / manifest.FILE
    file.write_text(file.read_text().replace('"schema": 1', '"schema": 99'))
    with pytest.raises(SchemaError, match=r"schema 99.*reads schema 1.*index build"):
        LocalStore(word_index).open_current()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["truncated", "flipped", "deleted"])
def test_damage_is_named(word_index: Path, name: str, damage: str) -> None:
    spoil(_folder(word_index) / name, damage)
    with pytest.raises(DamagedError, match=name):
        LocalStore(word_index).open_current()


@pytest.mark.parametrize("damage", ["truncated", "flipped", "deleted"])
def test_without_its_dense_index_a_generation_serves_words(word_index: Path, damage: str) -> None:
    spoil(_folder(word_index) / dense.FILE, damage)
    generation = LocalStore(word_index).open_current()
    assert generation.dense_fault and generation.dense_fault.startswith("the dense index ")
    assert len(generation.lexical(["taliban"], 5)[0])


def test_a_broken_manifest_is_refused(word_index: Path) -> None:
    (_folder(word_index) / manifest.FILE).write_text("{")
    with pytest.raises(DamagedError, match="manifest"):
        LocalStore(word_index).open_current()


def test_one_builder_at_a_time(word_index: Path) -> None:
    store = LocalStore(word_index)
    with store.lock(), pytest.raises(BusyError, match="Another process is building"):
        build([SEEDS], LocalStore(word_index), WordEncoder)


def spoil(file: Path, damage: str) -> None:
    data = file.read_bytes()
    if damage == "deleted":
        file.unlink()
    elif damage == "truncated":
        file.write_bytes(data[: len(data) // 2])
    else:
        middle = len(data) // 2
        file.write_bytes(data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :])
