import gzip
import json
from pathlib import Path

import pytest

from index.errors import SourceError
from index.sources import RawArticle, Reading, Skipped, read_sources


def _read(*paths: Path) -> list[Reading]:
    return list(read_sources(paths))


def _articles(*paths: Path) -> list[RawArticle]:
    return [r for r in _read(*paths) if isinstance(r, RawArticle)]


def test_text_with_and_without_a_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A headline\n\nThe news.")
    (tmp_path / "b.txt").write_text("The news began here.\nAnd went on.")
    titled, untitled = _articles(tmp_path)
    assert (titled.id, titled.title, titled.text) == ("a", "A headline", "The news.")
    assert (untitled.title, untitled.text) == (None, "The news began here.\nAnd went on.")


def test_folders_are_searched_in_depth_and_ids_say_where(tmp_path: Path) -> None:
    (tmp_path / "2021" / "08").mkdir(parents=True)
    (tmp_path / "2021" / "08" / "kabul.txt").write_text("Kabul\n\nNews.")
    (tmp_path / ".hidden.txt").write_text("not this")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert [a.id for a in _articles(tmp_path)] == ["2021/08/kabul"]


def test_markdown_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: 'T'\ndate: 2021-08-30\nsource: BBC\n---\nText.")
    (article,) = _articles(tmp_path)
    assert (article.title, article.published, article.source) == ("T", "2021-08-30", "BBC")
    assert article.text.strip() == "Text."


def test_jsonl_keeps_what_it_knows(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    record = {"id": 7, "title": "T", "text": "News.", "url": "https://x.org", "date": "2021"}
    file.write_bytes(gzip.compress(json.dumps(record).encode()))
    (article,) = _articles(file)
    assert (article.id, article.url, article.published) == ("7", "https://x.org", "2021")


def test_json_one_many_or_wrapped(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": "One."}')
    (tmp_path / "b.json").write_text('[{"id": "x", "text": "Two."}, {"text": "Three."}]')
    (tmp_path / "c.json").write_text('{"articles": [{"text": "Four."}]}')
    assert [a.id for a in _articles(tmp_path)] == ["a", "x", "b-2", "c-1"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9 news")
    (tmp_path / "b.jsonl").write_text('{"text": "Good."}\n{broken\n[1]\n{"title": "no text"}\n')
    (tmp_path / "c.jsonl.gz").write_bytes(b"\x1f\x8bnot gzip")
    (tmp_path / "d.json").write_text("17")
    readings = _read(tmp_path)
    skipped = [r for r in readings if isinstance(r, Skipped)]
    assert len(readings) - len(skipped) == 1
    assert "not UTF-8 (byte 3)" in skipped[0].reason
    assert [Path(s.origin).name for s in skipped] == [
        "a.txt", "b.jsonl:2", "b.jsonl:3", "b.jsonl:4", "c.jsonl.gz", "d.json"]  # fmt: skip
    assert all(s.failed for s in skipped)


def test_question_files_are_not_failures(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "Who?"}\n')
    (skipped,) = _read(tmp_path)
    assert isinstance(skipped, Skipped) and not skipped.failed


@pytest.mark.parametrize("name", ["missing", "empty", "file.pdf"])
def test_a_source_that_holds_nothing_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.pdf").write_bytes(b"%PDF")
    with pytest.raises(SourceError, match=name):
        _read(tmp_path / name)
