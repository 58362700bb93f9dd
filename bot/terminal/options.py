"""Options that every command takes, before or after its name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import config
from bot.config import Settings

ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings (default: config.toml).")
]
IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="Where the index lies.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]


def settings_of(context: typer.Context, file: Path | None, folder: Path | None) -> Settings:
    """The settings with the options applied."""
    above_file, above_folder = context.find_root().obj or (None, None)
    settings = config.load(file or above_file)
    chosen = folder or above_folder
    if chosen is None:
        return settings
    return settings.model_copy(
        update={"index": settings.index.model_copy(update={"path": str(chosen.absolute())})}
    )
