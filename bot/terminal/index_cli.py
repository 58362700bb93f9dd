"""`pullquote index …`: build the index and look after it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.config import Settings
from bot.terminal.options import ConfigOption, IndexOption, JsonOption, settings_of
from index.errors import DamagedError, SourceError

app = typer.Typer(help="Build the index of the articles and look after it.", no_args_is_help=True)


def _build(
    settings: Settings, sources: Sequence[Path | str], prune: bool, strict: bool, quiet: bool
) -> None:
    from bot import wiring
    from bot.render.build_report import summary
    from bot.terminal.build_progress import BuildProgress
    from index.build import build as build_index

    options = wiring.build_options(settings, prune, strict)
    store = wiring.open_store(settings)
    try:
        with BuildProgress(quiet) as progress:
            report = build_index(
                sources, store, lambda: wiring.building_encoder(settings), options, progress
            )
    except KeyboardInterrupt:
        typer.echo("Stopped. The index is as it was; the next build goes on from here.", err=True)
        raise typer.Exit(130) from None
    if not quiet:
        typer.echo(summary(report))


@app.command()
def build(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(help="Folders, files, addresses of pages or feeds.")
    ] = None,
    prune: Annotated[
        bool,
        typer.Option(
            help="Forget sources that are gone or not named now, and however many articles."
        ),
    ] = False,
    strict: Annotated[bool, typer.Option(help="Fail when anything is skipped.")] = False,
    quiet: Annotated[bool, typer.Option(help="No progress, no summary.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Bring the index up to date and publish it.

    Reads PATHS, or `[index] sources`, and whatever the index was built from before. Only passages
    that are new are embedded.

    Example: `pullquote index build seeds/`
    """
    from bot import wiring
    from index.sources.reading import named_source

    settings = settings_of(context, config, index)
    named = [named_source(name) for name in paths or []]
    sources = named or wiring.sources(settings)
    if not sources and wiring.open_store(settings).current() is None:
        raise SourceError("Nothing to build from: name a folder, or set [index] sources.")
    _build(settings, sources, prune, strict, quiet)


@app.command()
def add(
    context: typer.Context,
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Pages or feeds.")],
    quiet: Annotated[bool, typer.Option(help="No progress, no summary.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Fetch articles by their address, keep them, and publish the index with them.

    The same address fetched again replaces what was kept.

    Example: `pullquote index add https://example.org/news/1`
    """
    from bot import wiring
    from index.sources.added import add_url
    from index.sources.reading import is_url

    settings = settings_of(context, config, index)
    for url in urls:
        if not is_url(url):
            raise SourceError(f"{url}: not an address; it must begin with http:// or https://.")
    folder = wiring.open_store(settings).added
    kept = [a for url in urls for a in add_url(url, folder, wiring.fetch_limits(settings))]
    if not quiet:
        for article in kept:
            read = f" (read {article.read_as})" if article.read_as else ""
            typer.echo(f"Added {article.id}: {article.title or article.url}{read}")
    _build(settings, [], False, False, quiet)


@app.command()
def status(
    context: typer.Context,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Show the generations: what each holds, and which one answers.

    Example: `pullquote index status`
    """
    from bot import wiring
    from bot.terminal.upkeep import status_lines, status_records

    store = wiring.open_store(settings_of(context, config, index))
    store.require_current()
    records = status_records(store)
    if as_json:
        for record in records:
            typer.echo(json.dumps(record))
    else:
        typer.echo("\n".join(status_lines(records)))


@app.command()
def verify(
    context: typer.Context,
    generation: Annotated[str | None, typer.Argument(help="Default: the published one.")] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Read every file of a generation and compare it with its checksum.

    Example: `pullquote index verify`
    """
    from bot import wiring

    store = wiring.open_store(settings_of(context, config, index))
    name = generation or store.require_current()
    faults = store.faults(name)
    for file, fault in faults.items():
        typer.echo(f"FAIL  {file} {fault}")
    if faults:
        raise DamagedError(
            f"{name}: {len(faults)} of its files are damaged; go back (pullquote index rollback) "
            "or rebuild (pullquote index build)."
        )
    typer.echo(f"ok    {name}: every file is as it was written")


@app.command()
def rollback(
    context: typer.Context, config: ConfigOption = None, index: IndexOption = None
) -> None:
    """Answer from the generation before the published one.

    Example: `pullquote index rollback`
    """
    from bot import wiring

    store = wiring.open_store(settings_of(context, config, index))
    with store.building():
        typer.echo(f"Published generation {store.rollback()}.")


@app.command()
def gc(
    context: typer.Context,
    keep: Annotated[int | None, typer.Option(min=1, help="Default: `[index] keep`.")] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Remove old generations from the disk, never the published one.

    Example: `pullquote index gc --keep 2`
    """
    from bot import wiring

    settings = settings_of(context, config, index)
    store = wiring.open_store(settings)
    store.require_current()
    with store.building():
        gone = store.collect(keep or settings.index.keep)
    typer.echo(f"Removed {len(gone)}: {', '.join(gone)}." if gone else "Nothing to remove.")
