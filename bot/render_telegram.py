"""Replies as Telegram HTML. Pure.

Telegram allows 4,096 UTF-16 units of visible text in a message, counted after its markup is
parsed. Quotes are verbatim, so they are never cut: whole quotes are left out instead.
"""

from __future__ import annotations

import html
from urllib.parse import urlsplit

from retrieval.answer import Abstention, Answer, Claim, Quote, Reply

LIMIT = 4096
_MOST_TITLE = 200
_EXPANDABLE = 500  # a longer quote is folded, so that the message fits a phone's screen


def render(reply: Reply) -> str:
    """One message, as long as it may be: the best claims or the nearest passages."""
    match reply:
        case Answer(claims=claims, notice=notice):
            return _fit(_notice(notice), [_claim(claim) for claim in claims])
        case Abstention(reason=reason, nearest=nearest, notice=notice):
            head = [*_notice(notice), f"{_sentence(reason)}"]
            if nearest:
                head.append("<i>The nearest passages:</i>")
            return _fit(head, [_quote(quote) for quote in nearest])


def units(text: str) -> int:
    """UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def visible(markup: str) -> str:
    """What is left of our own markup once its tags and entities are parsed."""
    plain, inside = [], False
    for character in markup:
        if character in "<>":
            inside = character == "<"
        elif not inside:
            plain.append(character)
    return html.unescape("".join(plain))


def _fit(head: list[str], blocks: list[str]) -> str:
    kept = list(head)
    for block in blocks:
        if units(visible("\n\n".join([*kept, block]))) > LIMIT:
            break
        kept.append(block)
    return "\n\n".join(kept)


def _notice(notice: str | None) -> list[str]:
    return [f"<i>{_sentence(notice)}</i>"] if notice else []


def _sentence(text: str) -> str:
    return html.escape(f"{text[:1].upper()}{text[1:]}.", quote=False)


def _claim(claim: Claim) -> str:
    parts = [_quote(quote) for quote in claim.quotes]
    if claim.text != claim.quotes[0].text:
        parts.insert(0, f"<b>{html.escape(claim.text, quote=False)}</b>")
    return "\n".join(parts)


def _quote(quote: Quote) -> str:
    text, cut = quote.text, quote.highlight or (0, 0)
    before, marked, after = (
        html.escape(part, quote=False)
        for part in (text[: cut[0]], text[cut[0] : cut[1]], text[cut[1] :])
    )
    body = f"{before}<b>{marked}</b>{after}" if marked else after
    tag = "blockquote expandable" if len(text) > _EXPANDABLE else "blockquote"
    return f"<{tag}>{body}</blockquote>{_citation(quote)}"


def _citation(quote: Quote) -> str:
    ref = quote.reference
    title = ref.title or ref.article_id
    if len(title) > _MOST_TITLE:
        title = title[: _MOST_TITLE - 1] + "…"
    shown = html.escape(title, quote=False)
    if ref.url and urlsplit(ref.url).scheme in ("http", "https"):
        shown = f'<a href="{html.escape(ref.url)}">{shown}</a>'
    known = (html.escape(part, quote=False) for part in (ref.source, ref.published) if part)
    return "— " + " · ".join([*known, shown])
