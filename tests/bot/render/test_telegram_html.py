"""Replies as Telegram shows them: golden messages, and laws over any text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger import texts as texts
from bot.render import telegram_html as shown
from bot.render.buttons import MOST_BYTES, keyboard
from bot.render.offers import offers
from bot.service.kept import rebuild, record, said_in
from bot.service.shelf import Holdings
from index.model import Article, Reference
from retrieval.answer import Abstention, Answer, Claim, Quote, Reply, Searched, quotes_of
from tests.telegram.fake_markup import parse_html

WIRE = Reference("kabul-1", "Talks & <truce>", "https://x.org/?a=1&b=2", "The Wire", "2021-09-05")
POST = Reference("kabul-2", "Truce sought", None, "The Post", "2021-09-06T10:00:00+00:00")
LATER = replace(POST, article_id="kabul-3")
QUOTE = Quote(WIRE, 40, "“Stop,” said Fahim Dashti of the NRF.", (13, 25))
SECOND = Quote(POST, 0, "Fahim Dashti speaks for the NRF.", (0, 12))
PLAIN = Quote(Reference("b", ""), 0, "It rejected this.")
CLAIM = Claim("Fahim Dashti", 0.81, (QUOTE,))

BLOCK = (
    "<blockquote>“Stop,” said <b>Fahim Dashti</b> of the NRF.</blockquote>"
    '— The Wire · 2021-09-05 · <a href="https://x.org/?a=1&amp;b=2">Talks &amp; &lt;truce&gt;</a>'
)
SECOND_BLOCK = (
    "<blockquote><b>Fahim Dashti</b> speaks for the NRF.</blockquote>"
    "— The Post · 2021-09-06 · Truce sought"
)


def _answer(
    *claims: Claim,
    notice: str | None = None,
    searched: Searched | None = None,
    disputed: bool = False,
) -> Answer:
    return Answer("who?", claims, "hybrid", "g1", notice, searched, disputed)


GOLDEN: dict[str, tuple[Reply, str]] = {
    "an answer": (_answer(CLAIM), f"<b>Fahim Dashti</b>\n{BLOCK}"),
    "a whole sentence": (
        _answer(Claim(PLAIN.text, 0.5, (PLAIN,))),
        "<blockquote>It rejected this.</blockquote>— b",
    ),
    "agreement": (
        _answer(Claim("Fahim Dashti", 0.9, (QUOTE, SECOND))),
        f"<b>Fahim Dashti</b>\n<i>2 outlets agree:</i>\n{BLOCK}\n\n{SECOND_BLOCK}",
    ),
    "agreement of articles without an outlet": (
        _answer(Claim(PLAIN.text, 0.9, (PLAIN, SECOND))),
        "<i>2 articles agree:</i>\n<blockquote>It rejected this.</blockquote>— b\n\n"
        f"{SECOND_BLOCK}",
    ),
    "two articles of one outlet": (
        _answer(Claim(SECOND.text, 0.9, (SECOND, replace(SECOND, reference=LATER)))),
        f"<i>2 articles agree:</i>\n{SECOND_BLOCK}\n\n{SECOND_BLOCK}",
    ),
    "contradiction": (
        _answer(CLAIM, Claim("It rejected", 0.7, (SECOND,)), disputed=True),
        f"⚖️ <b>The articles disagree:</b>\n\n<b>Fahim Dashti</b>\n{BLOCK}\n\n"
        f"<b>It rejected</b>\n{SECOND_BLOCK}",
    ),
    "other claims are behind a button": (
        _answer(CLAIM, Claim("x", 0.7, (SECOND,))),
        f"<b>Fahim Dashti</b>\n{BLOCK}",
    ),
    "a follow-up": (
        _answer(CLAIM, searched=Searched("Who speaks for the NRF & why?", "follow-up")),
        f"<i>Searched: Who speaks for the NRF &amp; why?</i>\n\n<b>Fahim Dashti</b>\n{BLOCK}",
    ),
    "a spelling": (
        _answer(CLAIM, searched=Searched("Panjshir", "spelling")),
        f"<i>Showing results for: Panjshir</i>\n\n<b>Fahim Dashti</b>\n{BLOCK}",
    ),
    "a fallback": (
        _answer(
            CLAIM,
            notice="keyword search only: /srv/x; build it; whole sentences only: /srv/y; "
            "the newest index is damaged; this is the one of 2021-09-05",
        ),
        f"<b>Fahim Dashti</b>\n{BLOCK}\n\n<i>Keyword search only; whole sentences only; "
        "the newest index is damaged; this is the one of 2021-09-05.</i>",
    ),
    "an abstention": (
        Abstention("who?", "the articles don't say", (PLAIN,), "lexical", "g1", "words only"),
        "The articles don't say.\n\nThese passages come nearest:\n\n<i>Words only.</i>",
    ),
    "nothing near": (
        Abstention("who?", "the articles don't say", (), "hybrid", "g1"),
        "The articles don't say.",
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_messages(name: str) -> None:
    reply, expected = GOLDEN[name]
    assert shown.render(reply) == expected
    parse_html(expected)


def test_what_was_searched_can_be_hidden() -> None:
    assert "Searched" not in shown.render(GOLDEN["a follow-up"][0], searched=False)


def test_other_quotes() -> None:
    reply = GOLDEN["other claims are behind a button"][0]
    assert shown.render_others(reply) == f"<b>Other quotes</b>\n\n<b>x</b>\n{SECOND_BLOCK}"


def test_sources_name_each_article_once_and_its_copies() -> None:
    reply = _answer(Claim("x", 0.9, (QUOTE, SECOND, QUOTE)))
    assert shown.render_sources(reply, {"kabul-1": 3}) == (
        "<b>Sources</b>\n\n1. The Wire · 2021-09-05 · "
        '<a href="https://x.org/?a=1&amp;b=2">Talks &amp; &lt;truce&gt;</a>\n'
        "<i>printed by 3 more, counted once</i>\n\n2. The Post · 2021-09-06 · Truce sought"
    )


def test_context_marks_the_quote_and_gives_way_when_too_long() -> None:
    article = Article(POST, "Before & this. Fahim Dashti speaks for the NRF. After it.")
    quote = Quote(POST, 15, "Fahim Dashti speaks for the NRF.")
    assert shown.render_context(article, quote, 0, len(article.text)) == (
        "<blockquote>Before &amp; this. <b>Fahim Dashti speaks for the NRF.</b> After it."
        "</blockquote>— The Post · 2021-09-06 · Truce sought"
    )
    long = Article(POST, article.text + "x" * 5000)
    assert "Before" not in shown.render_context(long, quote, 0, len(long.text))


def test_a_long_quote_is_folded() -> None:
    quote = Quote(POST, 0, "word " * 120)
    assert shown.block(quote).startswith("<blockquote expandable>")


def test_a_title_from_right_to_left_keeps_the_date_in_its_place() -> None:
    ref = Reference("a", "مرحبا بالعالم", None, "الجزيرة", "2021-09-05")
    assert shown.citation(ref) == "\u2068الجزيرة\u2069 · 2021-09-05 · \u2068مرحبا بالعالم\u2069"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "x.org", None])
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert "<a " not in shown.citation(Reference("a", "T", url))


def test_an_offer_holds_the_question_the_quote_and_its_source() -> None:
    (offer,) = offers(_answer(CLAIM))
    assert (offer.title, offer.description) == (
        "Fahim Dashti",
        "The Wire · 2021-09-05 · “Stop,” said Fahim Dashti of the NRF.",
    )
    assert offer.html == f"❓ <i>who?</i>\n\n<b>Fahim Dashti</b>\n{BLOCK}"
    (near,) = offers(GOLDEN["an abstention"][0])
    assert near.title == "Nearest passage" and "don't say so outright" in near.html
    (sides,) = offers(GOLDEN["contradiction"][0])
    assert SECOND_BLOCK in sides.html and sides.title == "The articles disagree"


def test_lists_end_where_the_message_does() -> None:
    outlets = [(f"Outlet & {n}", 3, "2020-01-01", "2021-01-01T00:00:00") for n in range(500)]
    text = texts.sources(Holdings(1500, [*outlets, (None, 1, None, None)]))
    seen = parse_html(text)
    assert "• Outlet & 0: 3 articles, 2020-01-01 to 2021-01-01" in seen
    assert shown.units(seen) <= shown.LIMIT and "more outlets" in seen.splitlines()[-1]
    assert parse_html(texts.latest("<x>", [WIRE])).startswith("The newest articles on <x>")


anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000)


@given(st.lists(anything, min_size=1, max_size=4), anything, st.sampled_from("ADU"), st.booleans())
def test_any_reply_is_accepted_by_telegram(
    quotes: list[str], title: str, kind: str, noted: bool
) -> None:
    cut = tuple(
        Quote(Reference("a", title, source=title), 0, text, (0, 1) if len(text) > 1 else None)
        for text in quotes
    )
    notice, searched = ("a notice", Searched("so & so", "follow-up")) if noted else (None, None)
    reply: Reply = Abstention("q", "not said", cut, "hybrid", "g", notice, searched)
    if kind != "A":
        claims = tuple(Claim(quote.text[:900], 0.5, (quote,)) for quote in cut)
        reply = Answer("q", claims, "hybrid", "g", notice, searched, kind == "D")
    article = Article(cut[0].reference, cut[0].text + "\nafter")
    messages = [
        shown.render(reply),
        shown.render_others(reply),
        shown.render_sources(reply, {"a": 2}),
        shown.render_context(article, cut[0], 0, len(article.text)),
        *(offer.html for offer in offers(reply)),
    ]
    for markup in messages:
        seen = parse_html(markup)
        assert shown.visible(markup) == seen
        assert shown.units(seen.strip()) > 0 and shown.units(seen) <= shown.LIMIT


@given(st.lists(anything, min_size=1, max_size=3), st.sampled_from("ADU"))
def test_a_reply_is_rebuilt_as_it_was(texts: list[str], kind: str) -> None:
    articles = {
        f"a{n}": Article(Reference(f"a{n}", "T"), f"x{text}y") for n, text in enumerate(texts)
    }
    cut = tuple(
        Quote(articles[f"a{n}"].reference, 1, text, (0, len(text))) for n, text in enumerate(texts)
    )
    reply: Reply = Abstention("q", "not said", cut, "lexical", "g", "n", Searched("s", "spelling"))
    if kind != "A":
        claims = tuple(Claim("said", 0.5, (quote,)) for quote in cut)
        reply = Answer("q", claims, "hybrid", "g", None, None, kind == "D")
    again = rebuild(record(reply), articles.get)
    assert again == reply and quotes_of(again) == quotes_of(reply)
    assert said_in(record(reply)) == ("" if kind == "A" else "said")
    with pytest.raises(KeyError):
        rebuild(record(reply), lambda _: None)


@given(st.lists(anything, min_size=1, max_size=3), st.sampled_from("ac"))
def test_every_button_fits(texts: list[str], side: str) -> None:
    cut = tuple(Quote(Reference("a", "T"), 0, text) for text in texts)
    reply = Abstention("q", "not said", cut, "hybrid", "g")
    for row in keyboard(reply, "AbCdEfGhIj-", side):
        for button in row:
            assert 1 <= len(button.press.data.encode()) <= MOST_BYTES
            assert len(button.label) <= 48
