"""What cannot be read keeps its last good articles; what was properly taken out goes."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.articles.passages import PassageSize
from index.build import BuildOptions, BuildReport, build
from index.errors import LossError, SourceError
from index.folder.catalogue_file import FILE as CATALOGUE
from index.folder.draft import VOCABULARY
from index.folder.folder_store import FolderStore
from index.folder.lexical import FILES as LEXICAL
from index.sources import content
from index.sources.field_names import FieldNames
from index.texts import find_article
from tests.word_encoder import WordEncoder

ROOT = Path(__file__).parents[3]
ALL = BuildOptions(most_lost=1)


def _text(name: str) -> str:
    return f"This is the news of {name}. It is of nobody else."


def _records(*names: str) -> list[dict[str, str]]:
    return [{"id": name, "text": _text(name)} for name in names]


@dataclass
class Archive:
    """A folder and its index."""

    source: Path
    store: FolderStore

    def build(self, options: BuildOptions | None = ALL) -> BuildReport:
        return build([self.source], self.store, WordEncoder, options)

    def ids(self) -> list[str]:
        generation = self.store.open_current()
        return [article.reference.article_id for article in generation.every_article()]

    def files(self) -> dict[str, bytes]:
        folder = self.store.root / "generations" / self.store.require_current()
        return {name: (folder / name).read_bytes() for name in (CATALOGUE, VOCABULARY, *LEXICAL)}

    def json(self, name: str, *names: str) -> Path:
        file = self.source / name
        lines = [json.dumps(record) for record in _records(*names)]
        file.write_text("\n".join(lines) if name.endswith("l") else f"[{','.join(lines)}]")
        return file


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path / "in", FolderStore(tmp_path / "ix"))
    (made.source / "sub" / "deep").mkdir(parents=True)
    made.json("a.json", *"pqrs")
    made.json("b.jsonl", *"tuvw")
    for name in ("sub/one", "sub/deep/two", "sub.x", "z"):
        (made.source / f"{name}.txt").write_text(_text(name))
    made.build()
    return made


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _not_utf8(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\xff")


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _blank(file: Path) -> None:
    file.write_bytes(b"\n  \n")


def _no_list(file: Path) -> None:
    file.write_text('{"error": "try again later"}\n')


def _leads_nowhere(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere")


@pytest.mark.parametrize("name", ["a.json", "b.jsonl"])
@pytest.mark.parametrize("harm", [_cut, _not_utf8, _emptied, _blank, _no_list, _leads_nowhere])
def test_a_harmed_file_changes_nothing(
    archive: Archive, name: str, harm: Callable[[Path], None]
) -> None:
    file, ids, files = archive.source / name, archive.ids(), archive.files()
    good = file.read_bytes()
    harm(file)
    for _ in range(2):
        report = archive.build(None)
        assert sorted(archive.ids()) == sorted(ids)
        assert report.kept[str(file)] and set(report.kept) == {str(file)}
    file.unlink()
    file.write_bytes(good)
    assert archive.build(None).kept == {}
    assert archive.files() == files


def test_what_could_not_be_read_at_all_is_nothing_new(archive: Archive) -> None:
    _cut(archive.source / "a.json")
    (archive.source / "z.txt").write_bytes(b"\xff")
    report = archive.build(None)
    assert report.unchanged and report.kept.total() == 5
    assert [Path(skip.origin).name for skip in report.skipped] == ["a.json", "z.txt"]


def test_what_was_properly_taken_out_goes(archive: Archive) -> None:
    archive.json("a.json", "p", "s")
    archive.json("b.jsonl", "t")
    (archive.source / "z.txt").unlink()
    report = archive.build()
    assert archive.ids() == ["p", "s", "t", "sub/deep/two", "sub/one", "sub.x"]
    assert not report.kept and not report.skipped


def test_beside_a_bad_line_what_is_read_counts(archive: Archive) -> None:
    lines = [json.dumps(r) for r in _records("t", "u", "v")]
    lines[1] = lines[1].replace("news", "later news")
    (archive.source / "b.jsonl").write_text("\n".join([*lines, '{"id": "w", "te']))
    report = archive.build()
    texts = {a.reference.article_id: a.text for a in archive.store.open_current().every_article()}
    assert "later news" in texts["u"] and texts["w"] == _text("w")  # updated, and kept
    assert report.kept == {str(archive.source / "b.jsonl"): 1} and len(texts) == 12


def test_a_record_without_text_keeps_itself_alone(archive: Archive) -> None:
    for bare in ({"id": "v"}, {"id": "v", "text": " "}, {"id": "v", "text": 3}):
        records = [*_records("t", "u"), bare]  # w was taken out
        (archive.source / "b.jsonl").write_text("\n".join(map(json.dumps, records)))
        report = archive.build()
        assert [one for one in archive.ids() if one in "tuvw"] == ["t", "u", "v"]
        assert report.kept.total() == 1


def test_what_is_furniture_alone_goes(archive: Archive) -> None:
    options = BuildOptions(boilerplate=(r"this is the news of z\. it is .*",), most_lost=1)
    report = archive.build(options)
    assert "z" not in archive.ids() and not report.kept
    assert [skip.reason for skip in report.skipped] == ["has no text"]


def test_ids_that_count_lines_move(tmp_path: Path) -> None:
    made = Archive(tmp_path / "in", FolderStore(tmp_path / "ix"))
    made.source.mkdir()
    file = made.source / "a.jsonl"
    lines = [json.dumps({"text": _text(name)}) for name in "abcde"]
    file.write_text("\n".join(lines))
    made.build()
    new = json.dumps({"text": _text("new")})
    file.write_text("\n".join([new, lines[0], lines[1][:-1], *lines[2:]]))
    made.build()
    texts = sorted(article.text for article in made.store.open_current().every_article())
    assert texts == sorted(map(_text, ["a", "b", "c", "d", "e", "new"]))


def test_ids_stay_while_a_file_cannot_be_read(archive: Archive) -> None:
    archive.json("c.json", "p", "x")  # p is in a.json, too, and c.json's has another text
    (archive.source / "c.json").write_text(json.dumps([{"id": "p", "text": "Another text."}]))
    archive.build()
    assert "p~2" in archive.ids()
    _cut(archive.source / "a.json")
    assert archive.build().unchanged
    _cut(archive.source / "c.json")
    assert archive.build().unchanged


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".rss"])
def test_files_cut_in_the_middle(tmp_path: Path, suffix: str) -> None:
    made = Archive(tmp_path / "in", FolderStore(tmp_path / "ix"))
    made.source.mkdir()
    names = [f"n{number}" for number in range(40)]
    items = [f"<item><guid>{n}</guid><description>{_text(n)}</description></item>" for n in names]
    feed = f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()
    lines = "\n".join(json.dumps(record) for record in _records(*names)).encode()
    data = feed if suffix == ".rss" else gzip.compress(lines)
    file = made.source / f"a{suffix}"
    for end in (len(data), len(data) - 1, len(data) // 2, 30, 0):
        file.write_bytes(data[:end])
        made.build(None)
        assert sorted(made.ids()) == sorted(names), end


def test_files_that_vanish_after_they_were_listed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanishing(file: Path, names: FieldNames) -> Any:
        file.unlink()
        return content.opened(file, names)

    monkeypatch.setattr("index.sources.reading.opened", vanishing)
    report = archive.build(None)
    assert report.unchanged and report.kept.total() == 12 and len(report.skipped) == 6


@pytest.fixture
def locked(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Folders that cannot be listed, for root, too."""
    closed: set[str] = set()
    scan = os.scandir

    def refusing(path: str | Path) -> Any:
        if str(path) in closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    yield lambda path: closed.add(str(path))


@pytest.mark.parametrize(("name", "kept"), [("sub", 2), ("sub/deep", 1), ("", 12)])
def test_a_folder_that_cannot_be_listed_is_no_empty_one(
    archive: Archive, locked: Callable[[Path], None], name: str, kept: int
) -> None:
    locked(archive.source / name)
    report = archive.build(None)
    assert report.unchanged and report.kept.total() == kept
    (skipped,) = report.skipped
    assert skipped.origin == str(archive.source / name)
    assert skipped.reason == "cannot be listed: Permission denied"
    with pytest.raises(SourceError, match=r"cannot be listed.*--strict"):
        archive.build(BuildOptions(strict=True))
    assert archive.build(BuildOptions(prune=True)).kept.total() == kept


def test_a_new_folder_that_cannot_be_listed_is_an_error(
    archive: Archive, locked: Callable[[Path], None], tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    locked(tmp_path / "new")
    with pytest.raises(SourceError, match="new: cannot be listed: Permission denied"):
        build([tmp_path / "new"], archive.store, WordEncoder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
@pytest.mark.parametrize("mode", [0o000, 0o444, 0o311])
def test_folders_and_files_of_another_user(tmp_path: Path, mode: int) -> None:
    folder = Path("/tmp") / f"pullquote-test-{os.getpid()}-{mode}"
    command = [sys.executable, "-m", "tests.index.sources.another_user", str(folder), str(mode)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    finally:
        shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr
    articles, kept, skipped = map(int, done.stdout.split())
    assert (articles, kept) == (4, 4) and skipped == (4 if mode == 0o444 else 2)


def test_another_recipe_keeps_the_text(archive: Archive) -> None:
    _cut(archive.source / "a.json")
    smaller = BuildOptions(size=PassageSize(4, 5))
    report = archive.build(smaller)
    assert report.kept.total() == 4 and report.passages > 12
    assert archive.build(smaller).unchanged
    archive.json("a.json", *"pqrs")
    assert archive.build(smaller).unchanged
    (archive.source / "zz.txt").write_text(_text("zz"))
    archive.build(smaller)
    anew = Archive(archive.source, FolderStore(archive.store.root.with_name("anew")))
    anew.build(smaller)
    assert anew.files() == archive.files()


def _as_older_pullquotes_wrote_it(store: FolderStore) -> None:
    import sqlite3

    from index.folder import manifest

    folder = store.root / "generations" / store.require_current()
    with sqlite3.connect(folder / CATALOGUE) as tables:
        tables.executescript("DROP TABLE origins; DROP TABLE files;")
    tables.close()
    written = json.loads((folder / manifest.FILE).read_text())
    size, digest = manifest.checksum(folder / CATALOGUE)
    written["files"][CATALOGUE] = {"bytes": size, "sha256": digest}
    written["content"] = "of older rules"
    (folder / manifest.FILE).write_text(json.dumps(written))


def test_an_index_that_knows_no_files_is_taken_over(archive: Archive) -> None:
    files = archive.files()
    _as_older_pullquotes_wrote_it(archive.store)
    assert find_article(archive.store.open_current(), "p") is not None
    report = archive.build()
    assert not report.unchanged and report.embedded == 0 and archive.files() == files


def test_an_index_that_knows_no_files_loses_nothing_either(archive: Archive) -> None:
    _as_older_pullquotes_wrote_it(archive.store)
    _cut(archive.source / "a.json")
    report = archive.build(None)
    assert report.kept == {"": 4} and len(archive.ids()) == 12
    assert archive.build(None).kept == {"": 4}
    archive.json("a.json", *"pqrs")
    assert not archive.build(None).kept and len(archive.ids()) == 12


@pytest.mark.parametrize("gone", [1, 2])
def test_more_than_a_tenth_is_not_let_go(tmp_path: Path, gone: int) -> None:
    made = Archive(tmp_path / "in", FolderStore(tmp_path / "ix"))
    made.source.mkdir()
    for number in range(10):
        (made.source / f"n{number}.txt").write_text(_text(str(number)))
    made.build()
    before = made.store.current()
    for number in range(gone):
        (made.source / f"n{number}.txt").unlink()
    if gone == 1:
        assert made.build(None).articles == 9
        return
    with pytest.raises(LossError) as caught:
        made.build(None)
    said = str(caught.value)
    assert "2 of 10 published articles would go (n0, n1)" in said and "\n" not in said
    assert said.endswith("pullquote index build --prune")
    assert made.store.current() == before and len(made.ids()) == 10
    assert made.build(BuildOptions(prune=True)).articles == 8


def test_moves_and_updates_are_no_loss(archive: Archive) -> None:
    (archive.source / "a.json").rename(archive.source / "y.json")
    (archive.source / "sub").rename(archive.source / "moved")
    records = [{**record, "text": "Later news."} for record in _records(*"tuvw")]
    (archive.source / "b.jsonl").write_text("\n".join(map(json.dumps, records)))
    (archive.source / "z.txt").write_text("Later news of z.")
    assert archive.build(BuildOptions(most_lost=0)).articles == 12
    smaller = BuildOptions(size=PassageSize(4, 5), most_lost=0)
    (archive.source / "y.json").rename(archive.source / "x.json")
    assert archive.build(smaller).articles == 12  # by another recipe nothing is taken over
    _cut(archive.source / "x.json")
    assert archive.build(smaller).kept == {str(archive.source / "x.json"): 4}
