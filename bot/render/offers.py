"""What inline mode offers for a question: quotes to send into another chat. Pure."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.render.telegram_html import LIMIT, block, render, units, visible
from retrieval.answer import Abstention, Answer, Quote, Reply

_TITLE, _DESCRIPTION = 80, 160  # characters that a phone shows of a result
_NEAREST = "The articles don't say so outright. This comes nearest:"


@dataclass(frozen=True, slots=True)
class Offer:
    """A result in the list, and the Telegram HTML that is sent if it is picked."""

    title: str
    description: str
    html: str


def offers(reply: Reply) -> Iterator[Offer]:
    """An offer for each claim, one of all sides when they disagree, one for each near passage.

    The question stands above, because in the other chat nobody saw it.
    """
    asked = f"❓ <i>{html.escape(reply.question, quote=False)}</i>"
    match reply:
        case Answer(disputed=True, claims=claims):
            yield _offer("The articles disagree", claims[0].quotes[0], asked, render(reply))
        case Answer(claims=claims):
            for claim in claims:
                alone = replace(reply, claims=(claim,))
                yield _offer(claim.text, claim.quotes[0], asked, render(alone))
        case Abstention(nearest=nearest):
            for quote in nearest:
                yield _offer("Nearest passage", quote, asked, f"{_NEAREST}\n{block(quote)}")


def _offer(title: str, quote: Quote, asked: str, body: str) -> Offer:
    ref = quote.reference
    known = (part for part in (ref.source, (ref.published or "")[:10], quote.text) if part)
    text = f"{asked}\n\n{body}"
    if units(visible(text)) > LIMIT:
        text = body if units(visible(body)) <= LIMIT else asked
    return Offer(_cut(title, _TITLE), _cut(" · ".join(known), _DESCRIPTION), text)


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
