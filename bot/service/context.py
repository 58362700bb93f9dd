"""The sentences around a quote. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.service.kept import Find
from index.language.sentences import sentence_bounds
from retrieval.answer import Abstention, Answer, Claim, Quote, Reply

AROUND = 2
"""Sentences before and after that *More context* shows."""


def around(text: str, start: int, end: int, sentences: int = AROUND) -> tuple[int, int]:
    """Where the slice ``start:end`` with ``sentences`` more on either side begins and ends."""
    bounds = sentence_bounds(text)
    held = [n for n, (a, b) in enumerate(bounds) if a < end and start < b]
    if not held:
        return start, end
    first = bounds[max(0, held[0] - sentences)]
    last = bounds[min(len(bounds) - 1, held[-1] + sentences)]
    return min(start, first[0]), max(end, last[1])


def widened(reply: Reply, find: Find) -> Reply:
    """The reply with one more sentence on either side of each quote of an answer."""
    match reply:
        case Abstention():
            return reply
        case Answer(claims=claims):
            wide = tuple(_wide_claim(claim, find) for claim in claims)
            return replace(reply, claims=wide)


def _wide_claim(claim: Claim, find: Find) -> Claim:
    return replace(claim, quotes=tuple(_wide(quote, find) for quote in claim.quotes))


def _wide(quote: Quote, find: Find) -> Quote:
    article = find(quote.reference.article_id)
    if article is None:
        return quote
    start, end = around(article.text, quote.start, quote.end, 1)
    # What was the whole quote is now the part that answers.
    inner = quote.highlight or (0, len(quote.text))
    shift = quote.start - start
    marked = (inner[0] + shift, inner[1] + shift)
    return Quote(quote.reference, start, article.text[start:end], marked)
