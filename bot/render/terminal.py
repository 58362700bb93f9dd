"""Replies for the terminal. Pure: gives rich text, prints nothing."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bot.render.history import as_of, earlier
from retrieval.answer import Abstention, Answer, Claim, Quote, Reply

_BAR = "▌ "


class _Barred:
    """A block quote: the bar stands before each line, however the text wraps."""

    def __init__(self, body: Text, style: str) -> None:
        self._body, self._style = body, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrower = options.update_width(options.max_width - len(_BAR))
        for line in console.render_lines(self._body, narrower, pad=False):
            yield Segment(_BAR, Style.parse(self._style))
            yield from line
            yield Segment.line()


def render(reply: Reply) -> RenderableType:
    """The answer, then each quote as a block with its citation and offsets."""
    match reply:
        case Answer(claims=claims, notice=notice, disputed=disputed):
            parts = [*_searched(reply), *_notice(notice)]
            if disputed:
                parts.append(Text("The articles disagree:", style="bold yellow"))
            if since := as_of(reply):
                parts.append(Text(since, style="dim"))
            parts += _claim(claims[0])
            if before := earlier(reply):
                parts.append(Text(before, style="yellow"))
            parts += [part for claim in claims[1:] for part in _claim(claim, reply.history)]
        case Abstention(courtesy=True, reason=said):
            parts = [Text(said)]
        case Abstention(reason=reason, nearest=nearest, notice=notice):
            verdict = Text(f"{reason[:1].upper()}{reason[1:]}.", style="bold yellow")
            parts = [*_searched(reply), *_notice(notice), verdict]
            if nearest:
                parts.append(Text("The nearest passages:", style="dim"))
            parts += [part for quote in nearest for part in _quote(quote, None, "dim")]
    return Padding(Group(*parts), (0, 0, 0, 2))


def citation(quote: Quote) -> str:
    """Title, outlet, date and link: what is known of them."""
    ref = quote.reference
    title = ref.title or ref.article_id
    label = "headline" if quote.is_headline else None
    return " · ".join(filter(None, (label, title, ref.source, ref.date, ref.url)))


def _searched(reply: Reply) -> list[RenderableType]:
    return [Text(reply.searched.line, style="italic dim")] if reply.searched else []


def _notice(notice: str | None) -> list[RenderableType]:
    return (
        [Text(f"{notice[:1].upper()}{notice[1:].rstrip('.')}.", style="yellow")] if notice else []
    )


def _claim(claim: Claim, past: bool = False) -> list[RenderableType]:
    """The short answer and its quotes; only the quotes, dim, of one that is ``past``."""
    parts: list[RenderableType] = []
    if past:
        return [part for quote in claim.quotes for part in _quote(quote, None, "dim")]
    if claim.text != claim.quotes[0].text:
        parts.append(Text(claim.text, style="bold green"))
    if claim.agreement:
        parts.append(Text(claim.agreement, style="dim"))
    for quote in claim.quotes:
        parts += _quote(quote, claim.confidence, "")
    return parts


def _quote(quote: Quote, confidence: float | None, style: str) -> list[RenderableType]:
    body = Text(quote.text, style=style)
    if quote.highlight:
        body.stylize("bold green", *quote.highlight)
    block = _Barred(body, "green" if confidence is not None else "dim")
    place = f"{quote.reference.article_id} {quote.start}–{quote.end}"
    sure = f" · {confidence:.0%} sure" if confidence is not None else ""
    cited = Text(f"{citation(quote)}\n", style="cyan").append(f"{place}{sure}", style="dim")
    return [block, Padding(cited, (0, 0, 1, len(_BAR)))]
