"""The command line: `pullquote index | ask | chat | telegram | feedback | article | eval | …`."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from bot import config
from bot.terminal import eval_cli, feedback_cli, index_cli
from bot.terminal.options import ConfigOption, IndexOption, JsonOption, settings_of
from index.errors import PullquoteError
from index.paths import shown

app = typer.Typer(
    help="Answers questions about a folder of articles, in the articles' own words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},  # for every command below, too
)
app.add_typer(index_cli.app, name="index")
app.add_typer(feedback_cli.app, name="feedback")
app.command("eval")(eval_cli.evaluate)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pullquote {metadata.version('pullquote')}")
        raise typer.Exit()


@app.callback()
def common(
    context: typer.Context,
    config: ConfigOption = None,
    index: IndexOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    context.obj = (config, index)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[list[str] | None, typer.Argument(help="One or more questions.")] = None,
    questions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help='JSONL with "question" on each line ("-": stdin); '
                     "prints one JSON answer a line, in order."),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:  # fmt: skip
    """Answer questions, each with its quote and citation.

    Example: `pullquote ask "who leads the NRF?"`
    """
    from bot.terminal import asking

    settings = settings_of(context, config, index)
    if questions is not None:
        if question:
            raise typer.BadParameter("give questions or --questions, not both")
        asking.answer_file(settings, questions)
    elif not question:
        raise typer.BadParameter('ask something, for example: pullquote ask "who leads the NRF?"')
    else:
        asking.answer_all(settings, question, as_json)


@app.command()
def chat(context: typer.Context, config: ConfigOption = None, index: IndexOption = None) -> None:
    """Ask in a conversation at the terminal.

    Example: `pullquote chat --index data/index`
    """
    from bot.terminal import repl

    repl.run(settings_of(context, config, index))


@app.command()
def telegram(
    context: typer.Context, config: ConfigOption = None, index: IndexOption = None
) -> None:
    """Run the Telegram bot until it is stopped.

    Example: `PULLQUOTE_TELEGRAM_TOKEN=… pullquote telegram`
    """
    from bot.config import token

    settings = settings_of(context, config, index)
    secret = token()
    from bot.messenger import run as telegram_run

    typer.echo("Starting; stop with Ctrl-C.", err=True)
    telegram_run.run(settings, secret)


@app.command()
def article(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    version: Annotated[
        int | None,
        typer.Option(metavar="N", help="An older version that it replaced; 1 is the oldest kept."),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Print a stored article: any quote of it is `text[start:end]`.

    Example: `pullquote article panjshir-truce --json`
    """
    from bot.terminal import asking

    asking.print_article(settings_of(context, config, index), article_id, as_json, version)


@app.command()
def doctor(
    context: typer.Context,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check settings, model, index and token; fails when something does not work.

    Example: `pullquote doctor`
    """
    from bot.terminal.doctor import checks

    found = checks(lambda: settings_of(context, config, index))
    for check in found:
        if as_json:
            typer.echo(json.dumps({"name": check.name, "ok": check.ok, "detail": check.detail}))
        else:
            typer.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
    if not all(check.ok for check in found):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line. A failure is one line on standard error, never a traceback."""
    try:
        app()
    except PullquoteError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _fail(f"{error.filename or 'system'}: {error.strerror or error}.")
    except Exception as error:
        if os.environ.get("PULLQUOTE_DEBUG"):
            raise
        _fail(
            f"unexpected {type(error).__name__}: {error}. This is a bug in pullquote; "
            "PULLQUOTE_DEBUG=1 shows where."
        )


def _fail(message: str) -> None:
    from bot.redaction import redact

    with contextlib.suppress(PullquoteError):  # there may be no token to hide
        message = redact(message, config.token())
    typer.echo(f"error: {shown(' '.join(message.split()))}", err=True)
    sys.exit(1)
