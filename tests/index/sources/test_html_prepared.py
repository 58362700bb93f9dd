"""What an extractor of articles would lose, or take for an article."""

import pytest

from index.sources.html_pages import html_article, html_text
from index.sources.raw import RawArticle, Skipped

NEWS = (
    "<p>The harbour board of Tarn met on Monday and heard the yearly report of its master.</p>",
    "<p>It will meet again in the spring, when the new quay is to be opened by the mayor.</p>",
)


def _read(body: str, title: str = "The board meets") -> RawArticle:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    article = html_article(page.encode(), "a.html", "a")
    assert isinstance(article, RawArticle), article
    return article


def _lines(table: str) -> list[str]:
    return html_text(f"<table>{table}</table>").split("\n\n")


def _row(*cells: str, tag: str = "td") -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        (
            _row("Port", "Ships", "Master", tag="th") + _row("Tarn", "1,204", "Eva Lund"),
            ["Tarn: 1,204 Ships, Master Eva Lund"],
        ),
        (  # nobody marked the headings
            _row("<b>Port</b>", "2020", "2021") + _row("Tarn", "41", "46") + _row("Odd", "5", "6"),
            ["Tarn: 41 (2020), 46 (2021)", "Odd: 5 (2020), 6 (2021)"],
        ),
        (
            _row("Year", "Master", tag="th") + _row("2023", "Eva Lund"),
            ["Year 2023: Master Eva Lund"],
        ),
        (
            "<tr><th>Opened<td>1921</tr><tr><th>Master<td>Eva Lund",
            ["Opened: 1921", "Master: Eva Lund"],
        ),
        (  # cells over several rows and columns, a caption, an empty row
            "<caption>Storms</caption><thead><tr><th>Day<th>Storm<th>Dead</thead><tr><td rowspan=2>"
            "3 May<td>Ada<td>21<tr><td>Bo<td>4<tr><td colspan=3>Source: <br>office<tr><td><td><td>",
            ["Storms", "3 May: Storm Ada, 21 Dead", "3 May: Storm Bo, 4 Dead", "Source: office"],
        ),
        ("<tr><td>Tarn", ["Tarn"]),
        (_row("a", "b") * 2 + "<tr><td rowspan=99999999 colspan=9999>c", ["a: b", "a: b", "c"]),
    ],
)  # fmt: skip
def test_a_row_of_a_table_is_a_line(table: str, lines: list[str]) -> None:
    assert _lines(table) == lines


def test_rows_stand_where_the_table_stood() -> None:
    table = _row("Port", "Ships", tag="th") + _row("Tarn", "17") + _row("Odd", "14")
    text = _read(f"<article><h1>Ports</h1>{NEWS[0]}<table>{table}</table>{NEWS[1]}</article>").text
    at = [text.index(part) for part in ("heard", "Tarn: 17 Ships", "Odd: 14 Ships", "again")]
    assert at == sorted(at)


def test_a_table_that_lays_out_a_page_is_none() -> None:
    text = _read(f"<table><tr><td><table><tr><td>Home</table><td>{NEWS[0]}{NEWS[1]}</table>").text
    assert [line for line in text.split("\n\n") if "Home" not in line] == [
        each[3:-4] for each in NEWS
    ]


ENTRIES = (
    ("8.05pm", "05T20:05", "Polls have closed in all twelve districts of the province."),
    ("9.40pm", "05T21:40", "The Greens lead with 31 per cent after a third of the count."),
    ("11.15pm", "05T23:15", "The Greens have won with 34 per cent, the count shows."),
)


@pytest.mark.parametrize("tag", ["article", "li", "section"])
@pytest.mark.parametrize("machine", [True, False])
@pytest.mark.parametrize("newest_first", [True, False])
def test_a_live_blog_begins_with_its_newest_entry(
    tag: str, machine: bool, newest_first: bool
) -> None:
    entries = [
        f"<{tag}><time {f'datetime=2024-05-{said}' if machine else ''}>{clock}</time>"
        f"<h2>Heading of {clock}</h2><p>{text}</p></{tag}>"
        for clock, said, text in ENTRIES
    ]
    entries = entries[::-1] if newest_first else entries
    text = _read(f"<main><h1>Election live</h1><div>{''.join(entries)}</div></main>", "Live").text
    told = [line for line in text.split("\n\n") if "per cent" in line or "Polls" in line]
    assert told == [f"{clock} – {news}" for clock, _, news in reversed(ENTRIES)]
    assert [line for line in text.split("\n\n") if "Heading" in line] == [
        f"{clock} – Heading of {clock}" for clock, _, _ in reversed(ENTRIES)
    ]


def test_times_of_a_page_that_is_not_live_stay_where_they_are() -> None:
    dated = "<div><time>8.05</time>" + NEWS[0] + "</div><div><time>9.05</time>" + NEWS[1] + "</div>"
    text = _read(f"<article><h1>The board</h1>{dated}</article>").text
    assert text.index("met on Monday") < text.index("meet again") and "–" not in text


CONSENT = (
    "<p>We and our 90 partners store cookies on your device. You may manage your choices.</p>"
    "<p>With your consent we process personal data such as your location, as described above.</p>"
)
OFFER = "<p>Subscribe to read on.</p><p>Unlimited access for 1 crown. Cancel anytime.</p>"


@pytest.mark.parametrize("name", ["cookie-banner", "paywall", "consent"])
@pytest.mark.parametrize("around", ["<article><h1>The board</h1>{}</article>", "<div>{}</div>"])
def test_what_asks_for_something_is_left_out(name: str, around: str) -> None:
    block = f"<div class='{name}'>{OFFER if name == 'paywall' else CONSENT}</div>"
    text = _read(around.format("".join(NEWS) + block)).text
    assert text.endswith("opened by the mayor.") and "rtners" not in text and "crown" not in text


def test_a_block_that_is_only_called_so_is_news() -> None:
    text = _read(
        f"<article><h1>The board</h1>{NEWS[0]}<div class=paywall>{NEWS[1]}</div></article>"
    )
    assert "again in the spring" in text.text


def test_an_aside_with_the_headline_is_the_article() -> None:
    page = f"<aside class=col><h1>The board</h1>{''.join(NEWS)}</aside><div>{CONSENT}</div>"
    assert "heard the yearly report" in _read(page).text


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Just a moment…", "<p>Checking your browser before the page opens.</p><p>Ray ID: 7</p>"),
        ("Access denied", "<p>You have been blocked by the owner of this site. Reference ID 9</p>"),
        ("404", "<p>Sorry, the page that you asked for cannot be found on our server.</p>"),
        ("Ledger", CONSENT),
        ("The mint", "<h1>The mint</h1><p>Log in or subscribe to read what you have chosen.</p>"),
    ],
)
def test_a_page_instead_of_an_article_is_none(title: str, body: str) -> None:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    found = html_article(page.encode(), "a.html", "a")
    assert isinstance(found, Skipped) and found.failed, found
    assert "instead of an article" in found.reason or "asks for consent" in found.reason


def test_news_about_such_things_is_news() -> None:
    text = _read(
        "<article><h1>Shop fined over cookies</h1><p>The shop Rask was fined 2 million crowns for"
        " setting cookies without the consent of its visitors, the privacy office said.</p><p>Rask"
        " has 404 subscribers, and access to its page was denied to many of them, it said.</p>"
        "</article>",
        "Shop fined over cookies",
    ).text
    assert "2 million crowns" in text and "404 subscribers" in text


def test_what_no_tree_takes_is_left_out() -> None:
    odd = "&#27;\x1b&#xD800;&#65535;\0"
    assert _lines(_row(f"Tarn{odd}", "17") * 2) == ["Tarn: 17"] * 2
    assert "heard the yearly" in _read(f"<div class=cookie>{odd}</div>{odd.join(NEWS)}").text


@pytest.mark.parametrize(
    "entry",
    [
        "<div class=entry><div><span>{0}</span><h3>News</h3></div><div><p>{1}</p></div></div>",
        "<h3>{0} BST</h3><p>{1}</p>",
        "<p><strong>{0}:</strong> {1}</p>",
        "<p><time>{0}</time></p><p>{1}</p>",
        "<li><a href='#x'>{0}</a><p>{1}</p></li>",
    ],
)
def test_a_clock_time_is_told_from_its_form(entry: str) -> None:
    entries = "".join(
        entry.format(clock, news) + "<p>It is so said the office.</p>" for clock, _, news in ENTRIES
    )
    text = _read(f"<main><h1>Election live</h1><div>{entries}</div></main>", "Live").text
    told = [line for line in text.split("\n\n") if "per cent" in line or "Polls" in line]
    assert [line.partition(" – ")[2] for line in told] == [news for *_, news in reversed(ENTRIES)]
    assert all(clock in line for line, (clock, *_) in zip(told, reversed(ENTRIES), strict=True))
