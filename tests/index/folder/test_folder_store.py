"""Generations: atomic, checked, and honest about damage."""

import json
import os
from pathlib import Path

import pytest

from evaluation.rankings import by_vector, by_words
from index import durable
from index.build import build
from index.errors import BusyError, DamagedError, NoIndexError, SchemaError, StoreError
from index.folder import dense, lexical, manifest
from index.folder.catalogue_file import FILE as CATALOGUE
from index.folder.draft import VOCABULARY
from index.folder.folder_store import FolderStore
from index.model import SCHEMA
from index.texts import find_article
from tests.conftest import SEEDS
from tests.word_encoder import WordEncoder

FILES = (CATALOGUE, VOCABULARY, *lexical.FILES)


def _folder(index: Path) -> Path:
    generation = FolderStore(index).current()
    assert generation
    return index / "generations" / generation


def test_the_schema_stands_first(word_index: Path) -> None:
    text = (_folder(word_index) / manifest.FILE).read_text()
    assert text.startswith(f'{{\n  "schema": {SCHEMA},')
    record = json.loads(text)
    assert set(record["files"]) == {dense.FILE, dense.VECTORS, *FILES}
    assert record["encoder"]["name"] == "words"


def publish_another(index: Path, name: str) -> str:
    """Add an article and build."""
    source = index.parent / "more"
    source.mkdir(exist_ok=True)
    (source / f"{name}.txt").write_text(f"News of {name} and nothing else.")
    return build([source], FolderStore(index), WordEncoder).generation


def test_a_new_generation_keeps_the_old_for_questions_in_flight(word_index: Path) -> None:
    store = FolderStore(word_index)
    first = store.require_current()
    held = store.open(first)
    second = publish_another(word_index, "kabul")
    assert store.current() == second != first
    assert store.generations() == [first, second]
    assert store.collect(keep=1) == [first]
    assert find_article(held, "panjshir-truce") and by_words(held, ["taliban"], 5)
    assert len(by_vector(held, WordEncoder().encode(["Taliban"])[0], 2)) == 2


def test_rollback_goes_back_and_refuses_a_damaged_generation(word_index: Path) -> None:
    store = FolderStore(word_index)
    first = store.require_current()
    second = publish_another(word_index, "kabul")
    assert store.rollback() == first == store.current()
    with pytest.raises(StoreError, match="no older generation"):
        store.rollback()
    durable.replace_text(word_index / "CURRENT", second + "\n")
    spoil(word_index / "generations" / first / CATALOGUE, "truncated")
    with pytest.raises(DamagedError):
        store.rollback()
    assert store.current() == second


def test_only_the_newest_generations_are_kept(word_index: Path) -> None:
    for name in "abcd":
        publish_another(word_index, name)
    store = FolderStore(word_index)
    assert len(store.generations()) == 3
    assert len(list((word_index / "checked").iterdir())) == 3
    store.rollback()
    store.rollback()
    oldest = store.require_current()
    assert len(store.collect(keep=1)) == 1 and store.current() == oldest


def test_a_checked_file_is_not_read_again_and_a_changed_one_is(
    word_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = manifest.checksum

    def counting(file: Path) -> tuple[int, str]:
        read.append(file.name)
        return real(file)

    monkeypatch.setattr(manifest, "checksum", counting)
    store = FolderStore(word_index)
    store.open_current()
    assert read == []
    file = _folder(word_index) / CATALOGUE
    os.utime(file)
    store.open_current()
    assert read == [CATALOGUE]
    assert store.faults(store.require_current()) == {} and len(read) == 1 + 4 + len(lexical.FILES)


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="pullquote index build"):
        FolderStore(tmp_path / "nothing").open_current()


def test_another_schema_is_refused(word_index: Path) -> None:
    file = _folder(word_index) / manifest.FILE
    file.write_text(file.read_text().replace(f'"schema": {SCHEMA}', '"schema": 99'))
    with pytest.raises(SchemaError, match=rf"schema 99.*reads schema {SCHEMA}.*index build"):
        FolderStore(word_index).open_current()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["truncated", "flipped", "deleted"])
def test_damage_is_named(word_index: Path, name: str, damage: str) -> None:
    spoil(_folder(word_index) / name, damage)
    with pytest.raises(DamagedError, match=name):
        FolderStore(word_index).open_current()


@pytest.mark.parametrize("name", [dense.FILE, dense.VECTORS])
@pytest.mark.parametrize("damage", ["truncated", "flipped", "deleted"])
def test_without_its_dense_index_a_generation_serves_words(
    word_index: Path, name: str, damage: str
) -> None:
    spoil(_folder(word_index) / name, damage)
    assert name in FolderStore(word_index).faults(_folder(word_index).name)
    generation = FolderStore(word_index).open_current()
    assert generation.dense_fault and name in generation.dense_fault
    assert by_words(generation, ["taliban"], 5)


def test_a_broken_manifest_is_refused(word_index: Path) -> None:
    (_folder(word_index) / manifest.FILE).write_text("{")
    with pytest.raises(DamagedError, match="manifest"):
        FolderStore(word_index).open_current()


def test_one_builder_at_a_time(word_index: Path) -> None:
    store = FolderStore(word_index)
    with store.building(), pytest.raises(BusyError, match="Another process is building"):
        build([SEEDS], FolderStore(word_index), WordEncoder)


def spoil(file: Path, damage: str) -> None:
    data = file.read_bytes()
    if damage == "deleted":
        file.unlink()
    elif damage == "truncated":
        file.write_bytes(data[: len(data) // 2])
    else:
        middle = len(data) // 2
        file.write_bytes(data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :])
