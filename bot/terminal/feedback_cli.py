"""`pullquote feedback …`: what readers thought of the answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import typer

from bot.terminal.options import ConfigOption, IndexOption, settings_of

app = typer.Typer(help="What readers of the Telegram bot thought of its answers.")


@app.callback()
def feedback() -> None:
    """Keeps `export` a command of its own."""


@app.command()
def export(context: typer.Context, config: ConfigOption = None, index: IndexOption = None) -> None:
    """Print every vote, oldest first, one JSON object a line, without who gave it.

    `vote` is 1 or -1; `answer` is empty when the articles did not say.

    Example: `pullquote feedback export > votes.jsonl`
    """
    from bot.service.state import export as read

    settings = settings_of(context, config, index)
    for vote in read(settings.resolve(settings.telegram.state)):
        at = datetime.fromtimestamp(vote["at"], UTC).isoformat(timespec="seconds")
        typer.echo(json.dumps({**vote, "at": at}, ensure_ascii=False))
