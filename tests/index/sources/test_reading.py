import gzip
import html
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources import content
from index.sources.reading import RawArticle, Reading, Skipped, read_sources
from index.sources.records import escaped, unescaped


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
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4\0\0\0\3\0\x08\6\xe9")
    (tmp_path / "b.jsonl").write_text('{"text": "Good."}\n{broken\n[1]\n{"title": "no text"}\n')
    (tmp_path / "c.jsonl.gz").write_bytes(b"\x1f\x8bnot gzip")
    (tmp_path / "d.json").write_text("17")
    readings = _read(tmp_path)
    skipped = [r for r in readings if isinstance(r, Skipped)]
    assert len(readings) - len(skipped) == 1
    assert "not UTF-8" in skipped[0].reason
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


def test_authors_and_outlets_in_the_forms_that_archives_use(tmp_path: Path) -> None:
    records = [
        {"text": "News.", "author": "Ann Bee", "source": {"id": "bbc", "name": "BBC"}},
        {"text": "News.", "authors": ["Ann Bee", {"name": "Omar Rah"}], "outlet": "Wire"},
        {"text": "News.", "author": [], "source": {}},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    (tmp_path / "b.md").write_bytes(b"---\r\nauthor: Nadia\r\n---\r\nHead\r\n\r\nText.")
    assert [(a.author, a.source) for a in _articles(tmp_path)] == [
        ("Ann Bee", "BBC"),
        ("Ann Bee, Omar Rah", "Wire"),
        (None, None),
        ("Nadia", None),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("AT&amp;T &quot;won&quot;", 'AT&T "won"'),
        ("It&#8217;s 5 &lt; 6", "It’s 5 < 6"),
        ("AT&T writes &amp;", "AT&T writes &amp;"),
        ("&amp; <b>", "&amp; <b>"),
        ("Q&A; &amp;", "Q&A; &amp;"),
        ("no &nonsense; &amp;", "no &nonsense; &amp;"),
        ("&ampoule", "&ampoule"),
    ],
)
def test_only_what_is_clearly_escaped_is_unescaped(tmp_path: Path, text: str, read: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"title": text, "text": text}))
    (article,) = _articles(tmp_path)
    assert (article.title, article.text) == (read, read)


@given(st.text() | st.text("&amp;lt#39x<Q "))
def test_escapes_are_undone_to_the_letter(text: str) -> None:
    assert unescaped(escaped(text)) == text
    once = html.escape(text)
    assert unescaped(once) == (text if "&" in once else once)


def _jsonl_of(megabytes: int) -> bytes:
    line = json.dumps({"text": "News of the day. " * 60}).encode() + b"\n"
    return line * (megabytes * 1_000_000 // len(line))


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_jsonl_is_read_line_by_line(tmp_path: Path, suffix: str) -> None:
    data, file = _jsonl_of(10), tmp_path / f"a.jsonl{suffix}"
    # No archive repeats itself as this does: stored, not deflated, it looks like one.
    file.write_bytes(gzip.compress(data, 0) if suffix else data)
    tracemalloc.start()
    try:
        count = sum(isinstance(r, RawArticle) for r in read_sources([file]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == data.count(b"\n") and peak < 3_000_000


def test_bombs_and_endless_files_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "MAX_FILE_BYTES", 100_000)
    monkeypatch.setattr(content, "MAX_LINE_BYTES", 1_000)
    good = json.dumps({"text": "Good."}).encode() + b"\n"
    zeros = good + b"0" * 5_000_000
    (tmp_path / "a.txt").write_bytes(b"x" * 100_001)
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(zeros))
    (tmp_path / "c.jsonl").write_bytes(b"y" * 5_000 + b"\n" + good)
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(zeros))
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress(b"\n" * 5_000_000))
    (tmp_path / "f.jsonl.gz").write_bytes(gzip.compress(good * 2000, 0)[:30_000])
    readings = _read(tmp_path)
    reasons = {Path(r.origin).name: r.reason for r in readings if isinstance(r, Skipped)}
    assert set(reasons) == {"a.txt", "b.html.gz", "c.jsonl:1", "d.jsonl.gz", "e.jsonl.gz",
                            "f.jsonl.gz"}  # fmt: skip
    assert "longer than" in reasons["a.txt"] and "longer than" in reasons["c.jsonl:1"]
    assert "unpacks to more than" in reasons["d.jsonl.gz"]
    names = [Path(r.origin).name for r in readings if isinstance(r, RawArticle)]
    assert {"c.jsonl:2", "d.jsonl.gz:1", "f.jsonl.gz:1"} <= set(names)


def test_json_nested_without_end_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[" * 200_000)
    (tmp_path / "b.jsonl").write_bytes(b"[" * 200_000 + b'\n{"text": "Good."}')
    assert [isinstance(r, RawArticle) for r in _read(tmp_path)] == [False, False, True]
