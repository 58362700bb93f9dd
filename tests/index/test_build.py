import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation.rankings import by_vector
from index.build import BuildOptions, build
from index.errors import ModelError, PullquoteError, SourceError
from index.folder.folder_store import FolderStore
from index.models.encoder import Encoder
from index.sources.reading import Skipped
from index.texts import find_article
from tests.conftest import SEEDS
from tests.word_encoder import WordEncoder


def _jsonl(file: Path, *records: dict[str, str]) -> Path:
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file


def test_the_report_counts_what_happened(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    _jsonl(source / "a.jsonl", {"id": "1", "text": "One."}, {"id": "2", "text": "  "})
    _jsonl(source / "b.jsonl", {"id": "1", "text": "One."}, {"id": "1", "text": "Other."})
    (source / "c.txt").write_bytes(b"\xff\xfe")
    store = FolderStore(tmp_path / "index")
    report = build([source], store, WordEncoder)
    assert (report.articles, report.passages, report.duplicates) == (2, 2, 1)
    assert {Path(s.origin).name for s in report.skipped} == {"a.jsonl:2", "c.txt"}
    generation = store.open_current()
    kept, renamed = find_article(generation, "1"), find_article(generation, "1~2")
    assert kept and renamed and (kept.text, renamed.text) == ("One.", "Other.")


def _no_model() -> Encoder:
    raise ModelError("The model is gone; install it.")


@pytest.mark.parametrize("fault", ["missing", "empty", "unreadable", "textless", "model"])
def test_a_failed_build_leaves_the_published_index_alone(
    word_index: Path, tmp_path: Path, fault: str
) -> None:
    store = FolderStore(word_index)
    before = _everything(word_index)
    source = tmp_path / "in"
    if fault != "missing":
        source.mkdir()
    if fault == "unreadable":
        (source / "a.txt").write_bytes(b"\xff")
    if fault == "textless":
        (source / "a.txt").write_text("\n\n")
    load = _no_model if fault == "model" else WordEncoder
    with pytest.raises(PullquoteError) as caught:
        build([SEEDS if fault == "model" else source], store, load)
    kind = ModelError if fault == "model" else SourceError
    assert isinstance(caught.value, kind) and "\n" not in str(caught.value)
    assert _everything(word_index) == before


def _everything(index: Path) -> dict[Path, bytes]:
    """Every file of an index but the lock."""
    files = (file for file in index.rglob("*") if file.is_file() and file.name != "build.lock")
    return {file: file.read_bytes() for file in files}


def test_skips_say_where_and_why(tmp_path: Path) -> None:
    report = build([SEEDS], FolderStore(tmp_path / "index"), WordEncoder)
    assert report.skipped == []
    assert {skip.reason for skip in report.ignored} == {"holds questions, not articles"}
    assert all(isinstance(skip, Skipped) for skip in report.ignored)


@pytest.fixture
def archive(tmp_path: Path) -> tuple[Path, FolderStore, WordEncoder]:
    """A folder of three articles, indexed; the encoder counts what it embeds."""
    source = tmp_path / "in"
    source.mkdir()
    for name in ("one", "two", "three"):
        (source / f"{name}.txt").write_text(f"This is the news of {name}.")
    store, encoder = FolderStore(tmp_path / "index"), WordEncoder()
    build([source], store, lambda: encoder)
    assert encoder.encoded == 3
    return source, store, encoder


def test_only_new_passages_are_embedded(archive: tuple[Path, FolderStore, WordEncoder]) -> None:
    source, store, encoder = archive
    (source / "four.txt").write_text("This is the news of four.")
    (source / "two.txt").write_text("This is other news of two.")
    (source / "three.txt").unlink()
    report = build([source], store, lambda: encoder, BuildOptions(most_lost=0.4))
    assert (report.articles, report.embedded, encoder.encoded) == (3, 2, 5)
    generation = store.open_current()
    assert find_article(generation, "three") is None
    changed = find_article(generation, "two")
    assert changed and "other news" in changed.text
    for key, passage in enumerate(generation.passages([0, 1, 2])):
        ((found, cosine),) = by_vector(generation, encoder.encode([passage.text])[0], 1)
        assert found == key and cosine == pytest.approx(1, abs=1e-5)


def test_nothing_new_publishes_nothing(archive: tuple[Path, FolderStore, WordEncoder]) -> None:
    source, store, encoder = archive
    before = store.current()
    report = build([source], store, lambda: encoder)
    assert report.unchanged and store.current() == before == report.generation
    other = WordEncoder("others")
    assert build([source], store, lambda: other).embedded == 3  # another model is something new
    assert not (store.root / "drafts").exists() or not any((store.root / "drafts").iterdir())


def test_sources_are_remembered_and_a_vanished_one_is_an_error(
    archive: tuple[Path, FolderStore, WordEncoder], tmp_path: Path
) -> None:
    source, store, encoder = archive
    more = tmp_path / "more"
    more.mkdir()
    (more / "five.txt").write_text("This is the news of five.")
    assert build([more], store, lambda: encoder).articles == 4
    source.rename(tmp_path / "unmounted")
    with pytest.raises(SourceError, match=r"gone or empty.*--prune"):
        build([], store, lambda: encoder)
    assert find_article(store.open_current(), "one") is not None
    report = build([], store, lambda: encoder, BuildOptions(prune=True))
    assert report.articles == 1 and find_article(store.open_current(), "one") is None


def test_strict_fails_on_what_would_be_skipped(
    archive: tuple[Path, FolderStore, WordEncoder],
) -> None:
    source, store, encoder = archive
    before = store.current()
    (source / "bad.txt").write_bytes(b"\xff")
    with pytest.raises(SourceError, match=r"bad\.txt.*--strict"):
        build([source], store, lambda: encoder, BuildOptions(strict=True))
    assert store.current() == before


class _Fragile(WordEncoder):
    """Stops after some texts, as a killed process does."""

    def __init__(self, texts: int) -> None:
        super().__init__()
        self._left = texts

    def encode(
        self, texts: Sequence[str], done: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self._left -= len(texts)
        if self._left < 0:
            raise KeyboardInterrupt
        return super().encode(texts, done)


def test_what_was_embedded_is_not_lost(tmp_path: Path) -> None:
    records = [{"id": str(n), "text": f"Article {n} tells news."} for n in range(700)]
    file = _jsonl(tmp_path / "a.jsonl", *records)
    store = FolderStore(tmp_path / "index")
    with pytest.raises(KeyboardInterrupt):
        build([file], store, lambda: _Fragile(600))
    assert store.current() is None
    (journal,) = (store.root / "embedded").iterdir()
    with journal.open("ab") as stream:
        stream.write(b"half a record")
    encoder = WordEncoder()
    report = build([file], store, lambda: encoder)
    assert report.embedded == encoder.encoded == 700 - 512
    assert not journal.exists()


def test_a_line_that_recurs_moves_to_the_newest_article_and_is_told(tmp_path: Path) -> None:
    about = "Lund Pumps was founded in 1921 and is led by its director, Eva Lund."
    subjects = [
        f"{kind}{place}" for kind in ("lathe", "valve", "crane", "buoy") for place in "abcdef"
    ]
    records = [
        {
            "id": f"p{n:02}",
            "source": "Lund",
            "published": f"2021-01-{n + 1:02}",
            "text": f"{subject.capitalize()} {'sold ' * (n + 1)}today.\n\nThe port of {subject} "
            f"paid for {subject * 2}.\n\nIt arrives at {subject * 3} soon.\n\n{about}",
        }
        for n, subject in enumerate(subjects)
    ]
    file, store = tmp_path / "a.jsonl", FolderStore(tmp_path / "index")

    def holders() -> list[str]:
        articles = store.open_current().every_article()
        return [one.reference.article_id for one in articles if about in one.text]

    _jsonl(file, *records[:-1])
    report = build([file], store, WordEncoder)
    assert holders() == ["p22"]
    assert [(one.outlet, one.line, one.articles) for one in report.learned] == [("lund", about, 23)]
    assert store.manifest(report.generation).learned == report.learned
    _jsonl(file, *records)
    build([file], store, WordEncoder)
    assert holders() == ["p23"]
    anew = FolderStore(tmp_path / "anew")
    build([file], anew, WordEncoder)
    assert anew.open_current().manifest.content == store.open_current().manifest.content
