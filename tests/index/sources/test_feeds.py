import gzip
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sources.dates import day_of
from index.sources.feeds import feed_articles, is_feed
from index.sources.raw import RawArticle, Skipped
from index.sources.reading import read_sources

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Daily Valley &amp; Hill</title><link>https://valley.example/</link>
<item><title>Truce &amp;amp; talks</title><link>https://valley.example/1</link>
<guid isPermaLink="false">v1</guid><pubDate>Sun, 05 Sep 2021 23:30:00 EST</pubDate>
<dc:creator>Nadia Karimi</dc:creator>
<description>&lt;p&gt;Short &amp;amp; sweet.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The call &amp; the answer.</p><script>x()</script>
<p>The valley was <b>quiet</b>.</p>]]></content:encoded></item>
<item><title>Roads</title><link>/2</link>
<description>Of 6 roads, AT&amp;amp;T says, 5 are open.</description>
<source url="https://wire.example">Wire</source><author>ann@wire.example (Ann Bee)</author></item>
<item><title>Only a headline</title></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Hill Times</title><id>urn:hill</id><updated>2022-01-02T00:00:00Z</updated>
<entry><title type="html">Snow &amp;lt;b&amp;gt;at last</title><id>urn:hill:9</id>
<link rel="alternate" href="https://hill.example/9"/><updated>2022-01-01T23:59:00+04:30</updated>
<author><name>Omar Rah</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It snowed.</p>
<p>Passes closed.</p></div></content></entry></feed>"""


def _articles(feed: str | bytes, url: str | None = None) -> list[RawArticle]:
    data = feed if isinstance(feed, bytes) else feed.encode()
    return [
        r for r in feed_articles(data, "feed.rss", "feed", url=url) if isinstance(r, RawArticle)
    ]


def test_rss_items_are_articles() -> None:
    first, second, flash = _articles(RSS, url="https://valley.example/feed")
    assert (first.id, first.title, first.url) == ("v1", "Truce & talks", "https://valley.example/1")
    assert (first.source, first.author) == ("Daily Valley & Hill", "Nadia Karimi")
    assert first.text == "The call & the answer.\n\nThe valley was quiet."  # not the summary
    assert day_of(first.published or "") == "2021-09-05"  # as it is written, not as it is in UTC
    assert second.text == "Of 6 roads, AT&T says, 5 are open."
    assert (second.source, second.author) == ("Wire", "Ann Bee")
    assert second.url == "https://valley.example/2"  # relative to the feed
    assert flash.title == flash.text == "Only a headline"  # which is all of its news


def test_atom_entries_are_articles() -> None:
    (article,) = _articles(ATOM)
    assert article.id == "urn:hill:9" and article.url == "https://hill.example/9"
    assert (article.source, article.author) == ("Hill Times", "Omar Rah")
    assert article.text == "It snowed.\n\nPasses closed."
    assert day_of(article.published or "") == "2022-01-01"


def test_an_item_without_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "news.rss").write_text(RSS.replace("Only a headline", "&#160;"))
    skipped = [r for r in read_sources([tmp_path]) if isinstance(r, Skipped)]
    assert [(s.origin, s.failed) for s in skipped] == [(f"{tmp_path / 'news.rss'}#3", True)]
    assert "the item 'news-3' has no text" in skipped[0].reason


def test_feeds_by_any_name_and_compressed(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM)
    (tmp_path / "b.xml.gz").write_bytes(gzip.compress(ATOM.encode("utf-16")))
    (tmp_path / "c.XML").write_text("<!-- news --><!DOCTYPE rss>" + RSS.partition("?>")[2])
    read = [r for r in read_sources([tmp_path]) if isinstance(r, RawArticle)]
    assert [article.source for article in read] == ["Hill Times"] * 2 + [
        "Daily Valley & Hill",
        "Wire",
        "Daily Valley & Hill",
    ]


@pytest.mark.parametrize(("name", "failed"), [("map.xml", False), ("map.rss", True)])
def test_xml_that_is_no_feed(tmp_path: Path, name: str, failed: bool) -> None:
    (tmp_path / name).write_text('<?xml version="1.0"?><urlset><url><loc>x</loc></url></urlset>')
    (skipped,) = read_sources([tmp_path])
    assert isinstance(skipped, Skipped) and skipped.failed is failed


READ_ON = '<p><a href="https://valley.example/1">Continue reading</a></p>'


@pytest.mark.parametrize(
    ("whole", "summary", "text"),
    [
        (
            READ_ON,
            "The pass was closed by snow, said the police of Sion.",
            "The pass was closed by snow, said the police of Sion.",
        ),
        (
            "<p>The pass was closed by snow, said the police of Sion.</p>",
            "Closed.",
            "The pass was closed by snow, said the police of Sion.",
        ),
        (READ_ON, "", "Pass closed by snow on Friday\n\nContinue reading"),
        ("", "<img src='x.gif'>", "Pass closed by snow on Friday"),
        ("", "Read on.", "Pass closed by snow on Friday\n\nRead on."),
    ],
)
def test_the_longest_text_is_the_article(whole: str, summary: str, text: str) -> None:
    item = (
        "<item><title>Pass closed by snow on Friday</title>"
        f"<description><![CDATA[{summary}]]></description>"
        f"<content:encoded><![CDATA[{whole}]]></content:encoded></item>"
    )
    head, _, _ = RSS.partition("<item>")
    assert [article.text for article in _articles(f"{head}{item}</channel></rss>")] == [text]


def test_a_link_with_a_password_is_shown_without_it() -> None:
    feed = RSS.replace("https://valley.example/1", "https://me:secret@valley.example/a b")
    feed = feed.replace('<guid isPermaLink="false">v1</guid>', "")
    article = _articles(feed)[0]
    assert article.url == article.id == "https://valley.example/a%20b"


def test_a_feed_in_another_charset_than_it_says() -> None:
    feed = RSS.replace("quiet", "тихо, сказал мэр Обь, мост открыли в пятницу")
    for charset in ("windows-1251", "koi8-r"):
        data = feed.encode(charset)
        for article in _articles(data):
            assert article.read_as == f"as {charset}"
        assert "тихо, сказал мэр" in _articles(data)[0].text
    utf8 = RSS.replace("quiet", "née").replace('encoding="UTF-8"', 'encoding="iso-8859-1"')
    assert "née" in _articles(utf8)[0].text and _articles(utf8)[0].read_as is None


def test_the_charset_of_the_server_and_of_the_feed() -> None:
    feed = RSS.replace("quiet", "тихо").replace('encoding="UTF-8"', 'encoding="windows-1251"')
    assert "тихо" in _articles(feed.encode("windows-1251"))[0].text
    served = "application/rss+xml; charset=koi8-r"
    (first, *_) = feed_articles(feed.encode("koi8-r"), "f", "f", content_type=served)
    assert isinstance(first, RawArticle) and "тихо" in first.text


def test_nothing_is_fetched_or_opened_for_a_feed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden words")
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    feed = RSS.replace("<rss", entity + "<rss", 1).replace("sweet", "&x;").replace("quiet", "&x;")
    assert not any("hidden" in article.text for article in _articles(feed))
    path = str(tmp_path / "secret").encode()  # bytes that happen to be the name of a file
    assert [type(r) for r in feed_articles(path, "f", "f")] == [Skipped]


def test_entities_that_multiply_stay_small() -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)
    )
    feed = RSS.replace("<rss", f"<!DOCTYPE rss [{entities}]><rss", 1).replace("5 are", "&j; are")
    assert all(len(article.text) < 10_000 for article in _articles(feed))


@pytest.mark.parametrize("cut", range(60, len(RSS), 97))
def test_a_feed_cut_short_gives_what_is_there(cut: int) -> None:
    assert all(
        isinstance(r, RawArticle | Skipped) for r in feed_articles(RSS[:cut].encode(), "f", "f")
    )


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_raise(data: bytes) -> None:
    list(feed_articles(data, "f", "f"))
    list(feed_articles(b"<rss><channel><item><title>" + data, "f", "f"))
    assert is_feed(b"<?xml version='1.0'?>\n<rss " + data)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Mon, 30 Aug 2021 23:59:00 -0700", "2021-08-30"),
        ("30 Aug 2021 00:01 +1400", "2021-08-30"),
        ("2021-08-30T23:59:00-07:00", "2021-08-30"),
        ("2021-08-30", "2021-08-30"),
        ("30/08/2021 23:00", "2021-08-30"),
        ("Mon, 99 Foo 2021", None),
        ("", None),
    ],
)
def test_dates_are_those_that_are_written(written: str, day: str | None) -> None:
    feed = RSS.replace("Sun, 05 Sep 2021 23:30:00 EST", written)
    said = _articles(feed)[0].published
    assert (day_of(said) if said else None) == day


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_characters="<&", exclude_categories=["C"])))
def test_no_date_or_author_raises(text: str) -> None:
    for field in ("Nadia Karimi", "Sun, 05 Sep 2021 23:30:00 EST", "ann@wire.example (Ann Bee)"):
        assert len(_articles(RSS.replace(field, text))) == 3


def test_several_authors() -> None:
    more = "<author><name>Omar Rah</name></author><author><name>Ann Bee</name></author>"
    (article,) = _articles(ATOM.replace("<author><name>Omar Rah</name></author>", more))
    assert article.author == "Omar Rah, Ann Bee"
