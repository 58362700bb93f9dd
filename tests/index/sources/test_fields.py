"""Whatever a record says of itself, valid and bounded text comes out, and the others are read."""

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import BuildOptions, build
from index.folder.folder_store import FolderStore
from index.sources.fields import MOST_ID, MOST_LINE, MOST_LINK, identifier, raw_article, valid
from index.sources.raw import RawArticle, Skipped
from index.sources.reading import read_sources
from tests.word_encoder import WordEncoder

FIELDS = ("id", "title", "url", "source", "published", "author")
_any_text = st.text(st.characters(exclude_categories=()), max_size=60)
_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("name"), inner),
    max_leaves=8,
)


def _record(**fields: Any) -> dict[str, Any]:
    return {"id": "k1", "title": "Lock keeper", "text": "Tom Arden keeps the lock.", **fields}


def _article(**fields: Any) -> RawArticle:
    record = {f"article_{name}" if name == "id" else name: value for name, value in fields.items()}
    return raw_article("a.jsonl:1", "a-1", "Text.", **record)


def _nested(depth: int) -> Any:
    value: Any = "Ann Bee"
    for _ in range(depth):
        value = [value]
    return value


@given(st.fixed_dictionaries({name: _anything for name in FIELDS}), _any_text)
def test_any_field_becomes_text_that_can_be_written(fields: dict[str, Any], text: str) -> None:
    article = raw_article("a", "a-1", text, article_id=fields.pop("id"), **fields)
    said = (article.id, article.title, article.text, article.url, article.source,
            article.published, article.author)  # fmt: skip
    for part in filter(None, said):
        part.encode()
        assert "\0" not in part
    assert article.id and len(article.id) <= MOST_ID
    assert all(len(part or "") <= MOST_LINE for part in (article.title, article.source))
    again = raw_article(
        "a", "a-1", article.text, article_id=article.id, title=article.title, url=article.url,
        source=article.source, published=article.published, author=article.author,
    )  # fmt: skip
    assert again == article and not again.mended


def test_halves_of_a_character_are_joined_or_left_out() -> None:
    assert valid("\ud83d\ude00 and \ud83d, \udc00") == "😀 and , "
    assert valid("all is well – so it stays") == "all is well – so it stays"


@pytest.mark.parametrize("odd", [None, "", " ", [], ["a", "b"], {"$oid": "5f1"}, True, 1.5, "\0"])
def test_an_id_that_is_none_is_that_of_its_place(odd: object) -> None:
    assert _article(id=odd).id == "a-1"


def test_ids_that_can_be_used_stay() -> None:
    for name in ("a/b c", "нов/1 ✓", "--json", "2024/05/x.html", "https://x.example/a/b", "24/7"):
        assert identifier(name) == name
    assert (identifier(7), identifier(0), identifier("a\n b\tc")) == ("7", "0", "a b c")
    long, longer = identifier("x" * 5000), identifier("x" * 5001)
    assert len(long) == len(longer) < 60 and long != longer


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/srv/ann's news/ledger.jsonl", "ledger"),
        ("file:///srv/news/ledger.html", "ledger"),
        ("C:\\news\\ledger.txt", "ledger"),
        ("~/ledger.jsonl.gz", "ledger"),
        ("../../srv/ledger", "ledger"),
    ],
)
def test_a_path_of_a_machine_is_told_nobody(path: str, name: str) -> None:
    article = _article(id=path, title=path, source=path)
    assert (article.title, article.source) == (name, name)
    assert re.fullmatch(rf"{name}-[0-9a-f]{{12}}", article.id)
    assert article.mended == ("id", "title", "source")
    other = _article(id=f"/home{path}", title="Fares up 4/5 in /r/trams", source="The 24/7 Post")
    assert other.id != article.id
    assert (other.title, other.source) == ("Fares up 4/5 in /r/trams", "The 24/7 Post")


@pytest.mark.parametrize(
    "link",
    ["http://[bad/news", "http://h:99999999/", "http:///x", "ftp://x.example/1", "news/1", ["u"],
     "http://x y/", f"http://x.example/{'n' * MOST_LINK}", 5],
)  # fmt: skip
def test_a_link_that_is_none_is_left_out_and_told(link: object) -> None:
    article = _article(url=link)
    assert article.url is None and article.mended == ("url",)


@pytest.mark.parametrize(
    ("link", "clean"),
    [
        ("https://ann:pw@news.example/1?to=a@b.example", "https://news.example/1?to=a@b.example"),
        ("http://ann@news.example:8080/", "http://news.example:8080/"),
        ("https://news.example/@ann/1", "https://news.example/@ann/1"),
        ("https://news.example/the bridge", "https://news.example/the%20bridge"),
        ('https://news.example/"><script>', "https://news.example/%22%3E%3Cscript%3E"),
    ],
)
def test_a_link_is_one_that_can_be_shown(link: str, clean: str) -> None:
    article = _article(url=link)
    assert article.url == clean and _article(url=clean).url == clean
    assert ("url" in article.mended) == ("pw" in link or "//ann@" in link)


def test_usual_forms_are_not_told_as_mended() -> None:
    usual = _article(
        id=7, source={"name": "BBC"}, author=["Ann Bee", {"name": "Omar Rah"}], published=2021,
        title="  Two \n lines ", url="HTTPS://News.example/1?a=b c",
    )  # fmt: skip
    assert usual.mended == () and usual.author == "Ann Bee, Omar Rah" and usual.title == "Two lines"
    assert _article(author=_nested(900)).mended == ("author",)


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize(
    ("field", "odd"),
    [
        *product([*FIELDS, "text"], ["half \ud83d", "nul \0"]),
        *product(FIELDS, ["NESTED"]),  # a record whose text is none has no text
    ],
)
def test_one_odd_field_stops_nothing(tmp_path: Path, form: str, field: str, odd: object) -> None:
    value = _nested(900) if odd == "NESTED" else f"Tom Arden keeps it. {odd}"
    odd_one, other = _record(**{field: value}), _record(id="k2", text="Ann Bee left the lock.")
    lines = [json.dumps(odd_one), json.dumps(other)]
    data = f"[{','.join(lines)}]" if form == "json" else "\n".join(lines)
    (tmp_path / f"a.{form}").write_text(data)
    report = build([tmp_path], FolderStore(tmp_path / "ix"), WordEncoder, BuildOptions(strict=True))
    assert (report.articles, report.mended.number, report.skipped) == (2, 1, [])
    assert report.mended.first[0].endswith(f"1 ({field})")


def test_odd_fields_of_other_forms(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(
        b"---\nid: \ntitle: T\0\nurl: http://[x\n---\nThe lock is shut."
    )
    (tmp_path / "b.rss").write_text(
        "<rss version='2.0'><channel><item><guid>&#xD83D;</guid><link>http://[bad/</link>"
        "<description>The ferry sank.</description></item></channel></rss>"
    )
    (tmp_path / "c.html").write_bytes(
        b"<html><head><link rel='canonical' href='http://[bad/'><title>A\0B</title></head><body>"
        b"<p>The bridge over the river Drin opened on Monday after nine years.</p></body></html>"
    )
    report = build([tmp_path], FolderStore(tmp_path / "ix"), WordEncoder)
    assert report.articles == 3 and not report.skipped
    urls = [a.reference.url for a in FolderStore(tmp_path / "ix").open_current().every_article()]
    assert urls == [None] * 3


def test_numbers_without_end_and_what_is_no_record(tmp_path: Path) -> None:
    number = "9" * 5000
    (tmp_path / "a.json").write_text(
        f'[{{"id": "1", "text": "One.", "n": {number}}}, 3, {{"id": {number}, "text": "Two."}}]'
    )
    read = list(read_sources([tmp_path]))
    assert [isinstance(one, RawArticle) for one in read] == [True, False, True]


def test_whatever_a_reader_raises_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(text: str) -> str:
        if text == "bad":
            raise ZeroDivisionError
        return text

    monkeypatch.setattr("index.sources.records.unescaped", fails)
    (tmp_path / "a.jsonl").write_text('{"text": "bad"}\n{"text": "Good."}\n')
    (tmp_path / "b.json").write_text('{"text": "bad"}')
    (tmp_path / "c.json").write_text('[{"text": "bad"}, {"text": "Good."}]')
    read = list(read_sources([tmp_path]))
    assert [isinstance(one, RawArticle) for one in read] == [False, True, False, False, True]
    reasons = {one.reason for one in read if isinstance(one, Skipped)}
    assert reasons == {"cannot be read (ZeroDivisionError)"}
