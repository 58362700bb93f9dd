"""Replies for the terminal. Pure: gives rich text, prints nothing."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from retrieval.answer import Abstention, Answer, Claim, Quote, Reply

_BAR = "▌ "


def render(reply: Reply) -> RenderableType:
    """The answer, then each quote as a block with its citation and offsets."""
    match reply:
        case Answer(claims=claims, notice=notice):
            parts = [*_notice(notice), *(part for claim in claims for part in _claim(claim))]
        case Abstention(reason=reason, nearest=nearest, notice=notice):
            verdict = Text(f"{reason[:1].upper()}{reason[1:]}.", style="bold yellow")
            parts = [*_notice(notice), verdict]
            if nearest:
                parts.append(Text("The nearest passages:", style="dim"))
            parts += [part for quote in nearest for part in _quote(quote, None, "dim")]
    return Padding(Group(*parts), (0, 0, 1, 2))


def citation(quote: Quote) -> str:
    """Title, outlet, date and link: what is known of them."""
    ref = quote.reference
    title = ref.title or ref.article_id
    return " · ".join(filter(None, (title, ref.source, ref.published, ref.url)))


def _notice(notice: str | None) -> list[RenderableType]:
    return [Text(f"{notice[:1].upper()}{notice[1:]}.", style="yellow")] if notice else []


def _claim(claim: Claim) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if claim.text != claim.quotes[0].text:
        parts.append(Text(claim.text, style="bold green"))
    for quote in claim.quotes:
        parts += _quote(quote, claim.confidence, "")
    return parts


def _quote(quote: Quote, confidence: float | None, style: str) -> list[RenderableType]:
    body = Text(quote.text, style=style)
    if quote.highlight:
        body.stylize("bold green", *quote.highlight)
    lines = [Text(_BAR, style="green" if confidence is not None else "dim") + body]
    place = f"{quote.reference.article_id} {quote.start}–{quote.end}"
    sure = f" · {confidence:.0%} sure" if confidence is not None else ""
    cited = Text(f"{citation(quote)}\n", style="cyan").append(f"{place}{sure}", style="dim")
    return [*lines, Padding(cited, (0, 0, 1, len(_BAR)))]
