"""What lies in a folder: the files that are read, and all else by its kind."""

import os
from pathlib import Path

import pytest

from index.build import build
from index.errors import SourceError
from index.folder.folder_store import FolderStore
from index.sources.raw import RawArticle, Skipped
from index.sources.reading import read_sources
from tests.word_encoder import WordEncoder


def test_other_kinds_are_told_by_their_endings(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "sub").mkdir(parents=True)
    (source / "a.txt").write_text("The ferry sank off Hven.")
    for name in ("b.DOCX", "sub/c.docx", "d.tar.gz", "LICENSE", "e.pdf", ".hidden.pdf"):
        (source / name).write_bytes(b"x")
    (source / "again").symlink_to(source / "sub")  # a link to a folder is no file
    report = build([source], FolderStore(tmp_path / "ix"), WordEncoder)
    assert report.kinds == {".docx": 2, ".tar.gz": 1, "no ending": 1, ".pdf": 1}
    assert report.articles == 1 and not report.skipped


def test_pipes_are_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("The ferry sank off Hven.")
    article, pipe = read_sources([tmp_path])
    assert isinstance(article, RawArticle) and isinstance(pipe, Skipped)
    assert pipe.origin.endswith("pipe.txt") and "pipe" in pipe.reason and pipe.failed


@pytest.mark.parametrize("name", ["a.pdf", "LICENSE"])
def test_a_folder_of_other_kinds_alone_holds_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(SourceError, match="no articles in this folder"):
        list(read_sources([tmp_path]))
