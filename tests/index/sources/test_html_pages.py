from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sources.html_pages import html_article, html_text
from index.sources.raw import RawArticle, Reading, Skipped
from index.sources.reading import read_sources

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Truce offered in Panjshir | Daily Valley</title>
<meta property="og:site_name" content="Daily Valley">
<meta property="og:title" content="Truce offered in Panjshir">
<meta name="author" content="Nadia Karimi">
<meta property="article:published_time" content="2021-09-05T23:30:00-05:00">
<link rel="canonical" href="https://valley.example/2021/truce">
<script>var tracker = "never quoted";</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Truce offered in Panjshir</h1>
<p>The opposition called for a truce on Sunday &amp; said it would stop fighting.</p>
<h2>A steep valley</h2>
<p>Between 150,000 and 200,000 people live in Panjshir, a mountain valley north of Kabul.</p>
<ul><li>Roads into the valley remain closed.</li></ul></article>
<footer>Copyright Daily Valley. All rights reserved.</footer></body></html>"""


def _article(reading: Reading) -> RawArticle:
    assert isinstance(reading, RawArticle), reading
    return reading


def test_a_page_gives_its_text_and_what_it_says_about_itself() -> None:
    article = _article(html_article(PAGE.encode(), "truce.html", "truce"))
    assert (article.id, article.origin) == ("truce", "truce.html")
    assert article.title == "Truce offered in Panjshir"
    assert article.author == "Nadia Karimi"
    assert article.source == "Daily Valley"
    assert article.published == "2021-09-05"
    assert article.url == "https://valley.example/2021/truce"
    paragraphs = article.text.split("\n\n")
    assert (
        "The opposition called for a truce on Sunday & said it would stop fighting." in paragraphs
    )
    assert "A steep valley" in paragraphs
    assert "Roads into the valley remain closed." in paragraphs
    assert "never quoted" not in article.text
    assert "World" not in article.text and "Copyright" not in article.text


def test_what_a_page_does_not_say_is_not_made_up() -> None:
    page = "<html><body><p>On 3 May 2019 the bridge at Sar was opened to all.</p></body></html>"
    article = _article(html_article(page.encode(), "a.html", "a"))
    assert article.text == "On 3 May 2019 the bridge at Sar was opened to all."
    assert {article.url, article.source, article.published, article.author} == {None}


@pytest.mark.parametrize(
    ("canonical", "link"),
    [
        ("https://valley.example/real", "https://valley.example/real"),
        ("https://elsewhere.example/", "https://valley.example/served"),
        ("javascript:alert(1)", "https://valley.example/served"),
        ("http://[", "https://valley.example/served"),
    ],
)
def test_a_canonical_link_counts_on_its_own_host_only(canonical: str, link: str) -> None:
    page = PAGE.replace("https://valley.example/2021/truce", canonical).encode()
    served = "https://valley.example/served"
    assert _article(html_article(page, served, "a", url=served)).url == link


@pytest.mark.parametrize(
    ("charset", "declared", "served"),
    [
        ("utf-8", "utf-8", None),
        ("windows-1256", "windows-1256", None),
        ("windows-1251", "utf-8", "windows-1251"),  # the server knows better
        ("utf-16", "utf-8", None),  # the byte order mark knows best
        ("utf-8", "no-such-charset", "rot13"),
    ],
)
def test_the_charset_is_honoured(charset: str, declared: str, served: str | None) -> None:
    word = {"windows-1256": "كابل", "windows-1251": "Кабул"}.get(charset, "Kābul — كابل")
    text = f"{word} was quiet on Monday, a reporter in the city said."
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    assert _article(html_article(page.encode(charset), "a", "a", served)).text == text


def test_a_table_of_figures_is_no_text_but_a_page_laid_out_in_tables_is_read() -> None:
    news = "<p>The valley has more people than ever, the office of statistics said today.</p>" * 5
    figures = "<table><tr><th>Year</th></tr><tr><td>173,000</td></tr></table>"
    page = f"<html><body><article>{news}{figures}</article></body></html>"
    assert "173,000" not in _article(html_article(page.encode(), "a", "a")).text
    old = f"<html><body><table><tr><td>{news}</td></tr></table></body></html>"
    assert "more people than ever" in _article(html_article(old.encode(), "a", "a")).text


def test_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.htm").write_text("<p>A fragment of a page, without its head and body.</p>")
    (tmp_path / "c.html").write_text("<html><body><nav>Home</nav></body></html>")
    first, second, third = read_sources([tmp_path])
    assert _article(first).id == "a" and _article(first).origin == str(tmp_path / "a.html")
    assert _article(second).text == "A fragment of a page, without its head and body."
    assert isinstance(third, Skipped) and "no article text" in third.reason


@pytest.mark.parametrize(
    "page",
    [b"", b"<", b"<html>", b"\0\0", b"\xff\xfe<", b"<html><frameset>", b"<![foo[<p>",
     b"<div>" * 20_000, b"<html><body>" + b"<b>" * 20_000 + b"text", b"&#xFFFFFFFF;<p",
     b'<?xml version="1.0" encoding="utf-16"?><html><body><p>Hm.</p></body></html>'],
)  # fmt: skip
def test_bad_markup_never_raises(page: bytes) -> None:
    assert isinstance(html_article(page, "a", "a"), RawArticle | Skipped)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<td>",
                "<!--",
                "-->",
                "<html",
                ">",
                "<br/>",
                "&amp;",
                "&#0;",
                "\ud800",
                "news ",
                "<li>",
                "]]>",
            ]
        )
    )
)
def test_no_soup_of_tags_raises(parts: list[str]) -> None:  # fmt: skip
    soup = "".join(parts)
    assert isinstance(html_article(soup.encode("utf-8", "ignore"), "a", "a"), RawArticle | Skipped)
    assert "\n\n\n" not in html_text(soup)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Bread &amp; salt.</p><p>So <b>be</b> it.</p>", "Bread & salt.\n\nSo be it."),
        ("one<br/>two", "one\ntwo"),
        ("un<b>broken</b> word", "unbroken word"),
        ("<script>x()</script><style>p{}</style>seen<!-- unseen -->", "seen"),
        ("5 &lt; 6, and AT&amp;T won", "5 < 6, and AT&T won"),
        ("a\n  wrapped   line", "a wrapped line"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("", ""),
    ],
)
def test_html_as_plain_text(markup: str, text: str) -> None:
    assert html_text(markup) == text


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_escaped_text_comes_back(text: str) -> None:
    import html

    assert html_text(f"<p>{html.escape(text)}</p>") == text
