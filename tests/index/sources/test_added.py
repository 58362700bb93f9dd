import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import SourceError
from index.sources.added import add_url
from index.sources.raw import RawArticle, Skipped
from index.sources.reading import read_sources
from index.sources.web import FetchLimits
from tests.index.sources.test_feeds import RSS
from tests.index.sources.test_html_pages import PAGE
from tests.index.sources.web_server import Server, serving

HERE = FetchLimits(timeout_seconds=10, allow_private=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def _kept(folder: Path) -> list[RawArticle]:
    readings = list(read_sources([folder]))
    assert all(isinstance(r, RawArticle) for r in readings), readings
    return [r for r in readings if isinstance(r, RawArticle)]


def test_a_page_is_kept_as_a_source(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "added"
    (article,) = added = add_url(server.page("/truce", PAGE.encode()), folder, HERE)
    assert _kept(folder) == added
    assert article.author == "Nadia Karimi" and article.source == "Daily Valley"
    assert article.origin == str(folder / f"{article.id}.json")
    assert article.url == f"{server.url}/truce"  # not the canonical link, of another host


def test_adding_again_replaces(server: Server, tmp_path: Path) -> None:
    url = server.page("/truce", PAGE.encode())
    add_url(url, tmp_path, HERE)
    server.page("/truce", PAGE.replace("on Sunday", "on Monday").encode())
    add_url(f"{url}#top", tmp_path, HERE)
    (article,) = _kept(tmp_path)
    assert "on Monday" in article.text
    add_url(server.page("/other", PAGE.encode()), tmp_path, HERE)
    assert len(_kept(tmp_path)) == 2


def test_a_feed_is_kept_item_by_item(server: Server, tmp_path: Path) -> None:
    links = RSS.replace("https://valley.example/1", f"{server.url}/1")
    url = server.page("/feed", links.encode(), "text/html; charset=utf-8")  # as many are served
    added = add_url(url, tmp_path, HERE)
    assert [article.title for article in added] == ["Truce & talks", "Roads", "Only a headline"]
    assert sorted(_kept(tmp_path), key=str) == sorted(added, key=str)
    # The page of an item, once added, takes the place of what the feed said of it.
    (whole,) = add_url(server.page("/1", PAGE.encode()), tmp_path, HERE)
    assert whole.id == added[0].id and len(_kept(tmp_path)) == 3


def test_items_with_one_link_are_kept_apart(server: Server, tmp_path: Path) -> None:
    live = RSS.replace("<link>/2</link>", "<link>https://valley.example/1</link><guid>v2</guid>")
    assert len(add_url(server.page("/live", live.encode(), "application/xml"), tmp_path, HERE)) == 3
    assert len(_kept(tmp_path)) == 3


def test_a_feed_of_one_item_does_not_replace_the_last(server: Server, tmp_path: Path) -> None:
    for number in (1, 2):
        item = (
            f"<item><link>https://a.example/{number}</link><description>News.</description></item>"
        )
        feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
        add_url(server.page("/feed", feed.encode(), "text/xml"), tmp_path, HERE)
    assert {a.url for a in _kept(tmp_path)} == {"https://a.example/1", "https://a.example/2"}


@pytest.mark.parametrize(
    ("kind", "body", "texts"),
    [
        ("text/plain; charset=latin-1", "Head\n\nGrüße.".encode("latin-1"), ["Grüße."]),
        ("text/plain", b"Head\r\n\r\nPlain news.", ["Plain news."]),
        ("application/json", b'[{"text": "One."}, {"text": "Two."}, 3]', ["One.", "Two."]),
        ("application/x-ndjson", b'{"text": "One."}\n{"text": "Two."}', ["One.", "Two."]),
        ("application/xhtml+xml", PAGE.encode(), None),
        ("", PAGE.encode(), None),
    ],
)
def test_other_types(
    server: Server, tmp_path: Path, kind: str, body: bytes, texts: list[str] | None
) -> None:
    added = add_url(server.page("/a", body, kind), tmp_path, HERE)
    assert texts is None or [article.text for article in added] == texts
    assert sorted(_kept(tmp_path), key=str) == sorted(added, key=str)


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("image/png", b"\x89PNG", "a image/png"),
        ("application/pdf", PAGE.encode(), "application/pdf"),
        ("application/xml", b"<urlset></urlset>", "not RSS or Atom"),
        ("text/html", b"<html><body></body></html>", "no article text"),
        ("text/plain", b" \n ", "has no text"),
        ("text/plain", b"\xe9", "not UTF-8"),
        ("application/json", b"{", "not JSON"),
        ("application/rss+xml", b"<rss version='2.0'><channel></channel></rss>", "no items"),
    ],
)
def test_nothing_to_keep(server: Server, tmp_path: Path, kind: str, body: bytes, why: str) -> None:
    with pytest.raises(SourceError, match=why) as caught:
        add_url(server.page("/a", body, kind), tmp_path / "added", HERE)
    assert "\n" not in str(caught.value) and str(caught.value).startswith(f"{server.url}/a: ")
    assert not (tmp_path / "added").exists()


def test_what_looks_escaped_comes_back_to_the_letter(server: Server, tmp_path: Path) -> None:
    text = "An ampersand, said the editors, is spelt &amp; in pages."
    (article,) = add_url(server.page("/a", text.encode(), "text/plain"), tmp_path, HERE)
    assert article.text == text
    assert _kept(tmp_path) == [article]


def test_a_write_that_fails_leaves_what_was_there(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.page("/a", PAGE.encode())
    before = add_url(url, tmp_path, HERE)
    server.page("/a", PAGE.replace("Sunday", "Monday").encode())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SourceError, match="No space left"):
        add_url(url, tmp_path, HERE)
    assert _kept(tmp_path) == before
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="cannot be written"):
        add_url(server.page("/a", PAGE.encode()), tmp_path / "file", HERE)


def test_addresses_are_sources_too(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"text": "A file."}))
    feed = server.page("/feed", RSS.encode(), "application/rss+xml")
    page = server.page("/page", PAGE.encode())
    broken, secret = f"{server.url}/none", "http://me:hunter2@example.org/"
    readings = list(read_sources([broken, feed, secret, tmp_path, page], HERE))
    skipped = [r for r in readings if isinstance(r, Skipped)]
    assert [s.failed for s in skipped] == [True] * 2
    assert skipped[0] == Skipped(broken, "answered with HTTP status 404; check the address.")
    assert skipped[1].origin == "http://example.org/" and "hunter2" not in str(skipped)
    articles = [r for r in readings if isinstance(r, RawArticle)]
    assert [a.id for a in articles] == ["v1", f"{server.url}/2", f"{feed}-3", "a", page]
    assert replace(articles[-1], id="") == replace(articles[-1], id="", origin=page)


def test_an_address_is_never_private_unless_allowed(server: Server) -> None:
    (skipped,) = read_sources([server.page("/", PAGE.encode())])
    assert isinstance(skipped, Skipped) and "private" in skipped.reason and not server.seen
