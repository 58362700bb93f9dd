import json
from pathlib import Path

import pytest

from index.build import build
from index.encoder import Encoder
from index.errors import ModelError, PullquoteError, SourceError, StoreError
from index.local import LocalStore
from index.sources import Skipped
from tests.conftest import SEEDS, WordEncoder


def _jsonl(file: Path, *records: dict[str, str]) -> Path:
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file


def test_the_report_counts_what_happened(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    _jsonl(source / "a.jsonl", {"id": "1", "text": "One."}, {"id": "2", "text": "  "})
    _jsonl(source / "b.jsonl", {"id": "1", "text": "One."}, {"id": "1", "text": "Other."})
    (source / "c.txt").write_bytes(b"\xff\xfe")
    store = LocalStore(tmp_path / "index")
    report = build([source], store, WordEncoder)
    assert (report.articles, report.passages, report.duplicates) == (2, 2, 1)
    assert [Path(s.origin).name for s in report.skipped] == ["a.jsonl:2", "c.txt"]
    generation = store.open_current()
    kept, renamed = generation.article("1"), generation.article("1~2")
    assert kept and renamed and (kept.text, renamed.text) == ("One.", "Other.")


def _no_model() -> Encoder:
    raise ModelError("The model is gone; install it.")


@pytest.mark.parametrize("fault", ["missing", "empty", "unreadable", "textless", "model", "size"])
def test_a_failed_build_leaves_the_published_index_alone(
    word_index: Path, tmp_path: Path, fault: str
) -> None:
    store = LocalStore(word_index)
    before = {file: file.read_bytes() for file in word_index.rglob("*") if file.is_file()}
    source = tmp_path / "in"
    if fault != "missing":
        source.mkdir()
    if fault == "unreadable":
        (source / "a.txt").write_bytes(b"\xff")
    if fault == "textless":
        (source / "a.txt").write_text("\n\n")
    load = _no_model if fault == "model" else (lambda: _Short()) if fault == "size" else WordEncoder
    with pytest.raises(PullquoteError) as caught:
        build([SEEDS if fault in ("model", "size") else source], store, load)
    kind = {"model": ModelError, "size": StoreError}.get(fault, SourceError)
    assert isinstance(caught.value, kind) and "\n" not in str(caught.value)
    after = {file: file.read_bytes() for file in word_index.rglob("*") if file.is_file()}
    assert after == before


class _Short(WordEncoder):
    """Loses a row, as a broken model might."""

    def encode(self, texts, done=None):  # type: ignore[no-untyped-def]
        return super().encode(texts, done)[:-1]


def test_skips_say_where_and_why(tmp_path: Path) -> None:
    report = build([SEEDS], LocalStore(tmp_path / "index"), WordEncoder)
    assert report.skipped == []
    assert {skip.reason for skip in report.ignored} == {"holds questions, not articles"}
    assert all(isinstance(skip, Skipped) for skip in report.ignored)
