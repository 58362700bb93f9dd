"""Replies as JSON: the contract that other programs build on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.model import Article, Reference
from retrieval.answer import Abstention, Answer, Quote, Reply


def reply_record(reply: Reply, elapsed_ms: float) -> dict[str, Any]:
    """The reply as the JSON answer that docs/json.md specifies."""
    match reply:
        case Answer(claims=claims, notice=notice):
            status, reason = "answered", notice
            nearest: tuple[Quote, ...] = ()
        case Abstention(nearest=nearest, reason=why, notice=notice):
            status, claims = "abstained", ()
            reason = "; ".join(filter(None, (why, notice)))
    return {
        "question": reply.question,
        "searched": reply.searched.text if reply.searched else None,
        "status": status,
        "mode": reply.mode,
        "generation": reply.generation,
        "elapsed_ms": round(elapsed_ms, 1),
        "claims": [
            {
                "text": claim.text,
                "confidence": round(claim.confidence, 4),
                "quotes": [_quote(quote) for quote in claim.quotes],
            }
            for claim in claims
        ],
        "disputed": isinstance(reply, Answer) and reply.disputed,
        "history": isinstance(reply, Answer) and reply.history,
        "reason": reason,
        "nearest": [_quote(quote) for quote in nearest],
    }


def article_record(article: Article, older: Sequence[Article] = ()) -> dict[str, Any]:
    """The stored article: ``text[start:end]`` is any quote of it. ``older`` are the versions that
    it took the place of, the newest last."""
    return {
        **_reference(article.reference),
        "author": article.reference.author,
        "text": article.text,
        "replaces": [
            {"version": number, **_reference(one.reference)} for number, one in enumerate(older, 1)
        ],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "highlight": list(quote.highlight) if quote.highlight else None,
        "headline": quote.is_headline,
        "article": _reference(quote.reference),
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "id": reference.article_id,
        "title": reference.title,
        "url": reference.url,
        "source": reference.source,
        "published": reference.published,
    }
