"""The chat at the terminal. Lines from a pipe are answered too."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console

from bot.config import Settings
from bot.render.terminal import render
from bot.wiring import Desk
from index.errors import QuestionError
from retrieval.answer import Abstention
from retrieval.question.courtesies import leaves
from retrieval.question.followup import MOST_TURNS, Turn, turn_of

HELP = """Type a question and press Enter. The answer is a quote from the articles, or that they
don't say. The line under a quote names the article and the offsets of the quote in it.
A question may lean on the one before: "and who is their spokesman?", "why?", "when was that?".
Filters: since:2021-08, before:2022, on:2021-08-31, source:bbc, title:truce; "…" for exact words.
  /new    forget what was asked before
  /alone  take each question as it is, or (again) with what was asked before
  /help   this text
  /quit   leave (so does Ctrl-D)"""


def run(settings: Settings) -> None:
    """Answer until the input ends. Raises StoreError when the index cannot serve."""
    console = Console(highlight=False)
    desk = Desk(settings)
    with console.status("Opening the index and the model…"):
        manifest = desk.answerer().generation.manifest
    console.print(
        f"[bold]pullquote[/] · {manifest.articles:,} article{'s' * (manifest.articles != 1)} · "
        "ask a question, /help for help"
    )
    history: list[Turn] = []
    alone = False
    for line in _lines():
        if not line:
            continue
        if line in ("/quit", "/exit", "/q") or leaves(line):
            break
        if line in ("/new", "/alone"):
            history.clear()
            alone ^= line == "/alone"
            console.print("Each question stands alone." if alone else "A new conversation.")
            continue
        if line.startswith("/"):
            console.print(HELP if line == "/help" else f"No command {line}; /help lists them.",
                          markup=False)  # fmt: skip
            continue
        try:
            with console.status("Reading…"):
                reply = desk.answerer().answer(line, history)
        except QuestionError as error:
            console.print(str(error), style="yellow", markup=False)
        else:
            console.print(render(reply))
            if not alone and not (isinstance(reply, Abstention) and reply.courtesy):
                history = [*history[1 - MOST_TURNS :], turn_of(reply)]


def _lines() -> Iterator[str]:
    if not sys.stdin.isatty():
        yield from (line.strip() for line in sys.stdin)
        return
    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    while True:
        try:
            yield session.prompt(ANSI("\x1b[1m? \x1b[0m")).strip()
        except KeyboardInterrupt:
            continue  # Ctrl-C empties the line; Ctrl-D leaves
        except EOFError:
            return
