"""Records as other tools write them: read by the names that they give their fields."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.sources.field_names import FieldNames
from index.sources.raw import RawArticle, Reading, Skipped
from index.sources.reading import read_sources

TEXT = "The ferry to Hven was stopped by ice. It had 40 people on board, said Eva Holm."
HTML = "<p>The ferry to <b>Hven</b> was stopped by ice.</p><p>It had 40 people on board.</p>"


def _read(folder: Path, name: str, data: Any, names: FieldNames | None = None) -> list[Reading]:
    text = data if isinstance(data, str) else json.dumps(data)
    (folder / name).write_text(text)
    return list(read_sources([folder], names=names or FieldNames()))


def _articles(folder: Path, name: str, data: Any) -> list[RawArticle]:
    return [each for each in _read(folder, name, data) if isinstance(each, RawArticle)]


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Ice", "maintext": TEXT, "description": "Ice.", "date_publish": "2024-02-03",
         "source_domain": "sea.example", "authors": ["Ann Bee"], "url": "https://sea.example/1"},
        {"headline": "Ice", "articleBody": TEXT, "datePublished": "2024-02-03",
         "publisher": {"name": "sea.example"}, "author": {"name": "Ann Bee"},
         "url": "https://sea.example/1"},
        {"title": "Ice", "plain_text": TEXT, "published_date": "2024-02-03", "byline": "Ann Bee",
         "requested_url": "https://sea.example/1", "site_name": "sea.example"},
        {"title": {"rendered": "Ice"}, "content": {"rendered": f"<p>{TEXT}</p>"},
         "date": "2024-02-03", "link": "https://sea.example/1", "source": "sea.example",
         "author": "Ann Bee"},
        {"webTitle": "Ice", "fields": {"bodyText": TEXT}, "webPublicationDate": "2024-02-03",
         "webUrl": "https://sea.example/1", "publication": "sea.example", "byline": "Ann Bee"},
        {"Title": "Ice", "Full Text": TEXT, "Publication-Date": "2024-02-03",
         "Permalink": "https://sea.example/1", "Publisher": "sea.example", "Author": "Ann Bee"},
        {"_id": "x", "_source": {"title": "Ice", "body": TEXT, "timestamp": "2024-02-03",
         "url": "https://sea.example/1", "outlet": "sea.example", "creator": "Ann Bee"}},
    ],
)  # fmt: skip
def test_the_names_of_well_known_tools(tmp_path: Path, record: dict[str, Any]) -> None:
    (article,) = _articles(tmp_path, "a.jsonl", record)
    assert article.text == TEXT and article.title == "Ice" and not article.mended
    assert (article.source, article.author) == ("sea.example", "Ann Bee")
    assert (article.published, article.url) == ("2024-02-03", "https://sea.example/1")


@pytest.mark.parametrize(
    ("wrapped", "source"),
    [
        (lambda records: {"status": "ok", "articles": records}, None),
        (lambda records: {"version": "1.1", "title": "Sea Post", "items": records}, "Sea Post"),
        (lambda records: {"total": 2, "entries": records}, None),
        (lambda records: {"response": {"status": "ok", "results": records}}, None),
        (lambda records: {"hits": {"total": 2, "hits": [{"_source": r} for r in records]}}, None),
    ],
)
def test_lists_of_records_in_what_tools_wrap_around_them(
    tmp_path: Path, wrapped: Any, source: str | None
) -> None:
    records = [{"content_html": HTML, "feed": {"title": "Ice Post"}}, {"content": TEXT}]
    first, second = _articles(tmp_path, "a.json", wrapped(records))
    assert first.text == "The ferry to Hven was stopped by ice.\n\nIt had 40 people on board."
    assert (first.source, second.source, second.text) == ("Ice Post", source, TEXT)


def test_one_record_that_holds_a_list_is_one(tmp_path: Path) -> None:
    record = {"text": TEXT, "items": [{"text": "Another."}]}
    assert [a.text for a in _articles(tmp_path, "a.json", record)] == [TEXT]


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"content": "The ferry to Hven was… [+812 chars]", "description": TEXT}, TEXT),
        ({"content": f"{TEXT} [+812 chars]", "description": "The ferry."}, TEXT),
        ({"content": "<p></p>", "summary": TEXT}, TEXT),
        ({"body": " ", "full_text": TEXT}, TEXT),
        ({"body": ["The ferry to Hven.", "Ice."]}, "The ferry to Hven.\n\nIce."),
        ({"body": [TEXT, 5], "story": TEXT}, TEXT),
        ({"text": "Short.", "description": TEXT}, "Short."),
        ({"text": "Is 3 < 4? <p> is a tag.", "body": TEXT}, "Is 3 < 4? <p> is a tag."),
    ],
)
def test_the_longer_text_is_the_article(tmp_path: Path, record: dict[str, Any], text: str) -> None:
    assert [a.text for a in _articles(tmp_path, "a.jsonl", record)] == [text]


def test_the_settings_name_what_nobody_knows(tmp_path: Path) -> None:
    record = {"story": {"lines": [{"t": TEXT}]}, "when": 1706745600, "hed": "Ice", "title": "No"}
    (unknown,) = _read(tmp_path, "a.jsonl", record)
    assert isinstance(unknown, Skipped) and unknown.failed
    assert "(story, when, hed, title)" in unknown.reason and "[index.fields]" in unknown.reason
    names = FieldNames((("text", "story.lines.t"), ("published", "when"), ("title", "hed")))
    (article,) = _read(tmp_path, "a.jsonl", record, names)
    assert isinstance(article, RawArticle)
    assert (article.text, article.published, article.title) == (TEXT, "1706745600", "Ice")


@pytest.mark.parametrize("ending", [".ndjson", ".jl", ".JSONL"])
def test_json_lines_by_their_other_names(tmp_path: Path, ending: str) -> None:
    lines = f"{json.dumps({'text': 'One.'})}\n{json.dumps({'body': 'Two.'})}\n"
    assert [a.text for a in _articles(tmp_path, f"a{ending}", lines)] == ["One.", "Two."]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "mac_roman", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_json_lines_of_any_encoding_and_any_ends(tmp_path: Path, encoding: str, end: str) -> None:
    records = [{"text": f"The café in Nîmes has {n} chairs, it’s said."} for n in range(9)]
    lines = end.join(json.dumps(record, ensure_ascii=False) for record in records)
    (tmp_path / "a.jsonl").write_bytes(lines.encode(encoding))
    read = list(read_sources([tmp_path]))
    assert [each.text for each in read if isinstance(each, RawArticle)] == [
        record["text"] for record in records
    ]


def test_a_bad_line_of_many_is_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "Good."}\n{"text": "The caf\xe9 is shut."}\n')
    good, bad = read_sources([tmp_path])
    assert isinstance(good, RawArticle) and isinstance(bad, RawArticle)
    assert good.read_as is None and bad.text == "The café is shut."
    assert bad.read_as == "line 2, byte 17 read as é (windows-1252)"
