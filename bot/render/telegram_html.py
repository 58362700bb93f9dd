"""Replies as Telegram HTML. Pure.

Telegram allows 4,096 UTF-16 units of visible text in a message, counted after its markup is
parsed. Quotes are verbatim, so they are never cut: whole quotes are left out instead.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from bot.render.history import as_of, earlier
from index import links
from index.model import Article, Reference
from retrieval.answer import Abstention, Answer, Claim, Quote, Reply, quotes_of

LIMIT = 4096
_MOST_NAME = 200  # characters of a title or outlet
_MOST_BOLD = 200  # a longer short answer is a sentence: the quote under it says it
_EXPANDABLE = 500  # characters; a longer quote is folded, so that the message fits a phone's screen
_NOTICES = re.compile(r"; (?=keyword search only|whole sentences only|the newest index)")
_CAUSE = re.compile(r"^((?:keyword search|whole sentences) only): .*", re.DOTALL)
_TOO_LONG = "The quote is too long for a message. It stands in:"


def render(reply: Reply, searched: bool = True) -> str:
    """One message: the best claim with its quotes, all claims when they contradict each other, or
    that the articles don't say. ``searched`` shows what was searched instead of the question."""
    head = [f"<i>{_safe(reply.searched.line)}</i>"] if reply.searched and searched else []
    tail = [f"<i>{_sentence(_for_readers(reply.notice))}</i>"] if reply.notice else []
    match reply:
        case Answer(disputed=True, claims=claims):
            head.append("⚖️ <b>The articles disagree:</b>")
            return _fit(head, [_claim(claim) for claim in claims], tail, claims[0].quotes)
        case Answer(claims=claims):
            if since := as_of(reply):
                head.append(f"<i>{_safe(since)}</i>")
            if before := earlier(reply):
                tail.insert(0, f"<i>{_safe(before)}</i>")
            return _fit(head, _claim_blocks(claims[0]), tail, claims[0].quotes)
        case Abstention(courtesy=True, reason=said):
            return _safe(said)
        case Abstention(reason=reason, nearest=nearest):
            head.append(_sentence(reason))
            if nearest:
                head.append("These passages come nearest:")
            return _fit(head, [], tail, ())


def render_others(reply: Reply) -> str:
    """The claims that `render` left out."""
    others = reply.claims[1:] if isinstance(reply, Answer) else ()
    quotes = [quote for claim in others for quote in claim.quotes]
    return _fit(["<b>Other quotes</b>"], [_claim(claim) for claim in others], [], quotes)


def render_sources(reply: Reply, copies: dict[str, int]) -> str:
    """The articles behind a reply. ``copies``: how many near-copies of an article there are."""
    distinct = {quote.reference.article_id: quote.reference for quote in quotes_of(reply)}
    lines = []
    for number, (article_id, reference) in enumerate(distinct.items(), 1):
        more = copies.get(article_id, 0)
        said = f"\n<i>printed by {more} more, counted once</i>" if more else ""
        lines.append(f"{number}. {citation(reference)}{said}")
    return _fit(["<b>Sources</b>"], lines, [], ())


def render_context(article: Article, quote: Quote, start: int, end: int) -> str:
    """The slice ``start:end`` of the article, the quote in it in bold."""
    before, after = article.text[start : quote.start], article.text[quote.end : end]
    body = f"{_safe(before)}<b>{_safe(quote.text)}</b>{_safe(after)}"
    wide = f"<blockquote>{body}</blockquote>{_cited(quote)}"
    return _fit([], [wide], [], [quote]) if _room([wide]) else _fit([], [block(quote)], [], [quote])


def block(quote: Quote) -> str:
    """A quote with its citation, the short answer in it underlined."""
    text, cut = quote.text, quote.highlight or (0, 0)
    before, marked, after = (
        _safe(part) for part in (text[: cut[0]], text[cut[0] : cut[1]], text[cut[1] :])
    )
    body = f"{before}<b>{marked}</b>{after}" if marked else after
    tag = "blockquote expandable" if len(text) > _EXPANDABLE else "blockquote"
    return f"<{tag}>{body}</blockquote>{_cited(quote)}"


def citation(ref: Reference) -> str:
    """Outlet · date · title as a link: what is known of them."""
    shown = _name(ref.title or ref.article_id)
    if ref.url and links.is_web(ref.url):
        shown = f'<a href="{html.escape(ref.url)}">{shown}</a>'
    known = (part for part in (ref.source, (ref.published or "")[:10]) if part)
    return " · ".join([*map(_name, known), shown])


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


def _fit(head: list[str], blocks: list[str], tail: list[str], quotes: Sequence[Quote]) -> str:
    """As many whole blocks as there is room for; when not even one is, where its quote stands."""
    kept = list(head)
    for each in blocks:
        if not _room([*kept, each, *tail]):
            break
        kept.append(each)
    if blocks and len(kept) == len(head) and quotes:
        kept.append(f"{_TOO_LONG}\n{_cited(quotes[0])}")
    return "\n\n".join([*kept, *tail])


def _room(blocks: list[str]) -> bool:
    return units(visible("\n\n".join(blocks))) <= LIMIT


def _claim(claim: Claim) -> str:
    return "\n\n".join(_claim_blocks(claim))


def _claim_blocks(claim: Claim) -> list[str]:
    """The short answer above the first quote, in one block: neither says enough alone."""
    first = block(claim.quotes[0])
    if claim.agreement:
        first = f"<i>{_safe(claim.agreement)}:</i>\n{first}"
    whole = claim.text == claim.quotes[0].text or len(claim.text) > _MOST_BOLD
    if not whole:
        first = f"<b>{_safe(claim.text)}</b>\n{first}"
    return [first, *(block(quote) for quote in claim.quotes[1:])]


def _cited(quote: Quote) -> str:
    label = "headline · " if quote.is_headline else ""
    return f"— {label}{citation(quote.reference)}"


def _name(text: str) -> str:
    text = " ".join(text.split())
    cut = text if len(text) <= _MOST_NAME else text[: _MOST_NAME - 1] + "…"
    # Without isolation a title in Arabic or Hebrew would drag the date to its other side.
    rightward = any(unicodedata.bidirectional(c) in ("R", "AL", "RLO", "RLE") for c in cut)
    return f"\u2068{_safe(cut)}\u2069" if rightward else _safe(cut)


def _for_readers(notice: str) -> str:
    """A notice without the cause, which names files and settings: the operator's affair."""
    return "; ".join(_CAUSE.sub(r"\1", part) for part in _NOTICES.split(notice))


def _safe(text: str) -> str:
    return html.escape(text, quote=False)


def _sentence(text: str) -> str:
    return _safe(f"{text[:1].upper()}{text[1:]}.")
