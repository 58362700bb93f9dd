"""`pullquote eval`: how good the answers are, on questions with known answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.config import SENTENCES, Settings
from bot.terminal.options import ConfigOption, IndexOption, JsonOption, settings_of
from index.errors import ConfigError, SourceError

if TYPE_CHECKING:
    from evaluation.questions import GoldQuestion
    from evaluation.saved import Run

FilesArgument = Annotated[list[Path], typer.Argument(metavar="QUESTIONS.jsonl[.gz]")]
ReadingOption = Annotated[
    bool, typer.Option("--reading", help="Score the reader alone, on the given contexts.")
]
ReaderOption = Annotated[
    str | None, typer.Option("--reader", metavar="NAME", help="Instead of [reader] model.")
]
SaveOption = Annotated[
    Path | None, typer.Option("--save", metavar="RUN.json", help="Keep what came of each question.")
]
CompareOption = Annotated[
    Path | None,
    typer.Option("--compare", metavar="RUN.json", help="Paired differences from a saved run."),
]


def evaluate(
    context: typer.Context,
    files: FilesArgument,
    reading: ReadingOption = False,
    reader: ReaderOption = None,
    save: SaveOption = None,
    compare: CompareOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Measure answers to questions whose answers are known.

    Example: `pullquote eval seeds/questions.jsonl --index data/demo`
    """
    from evaluation import saved
    from evaluation.questions import read_questions

    settings = settings_of(context, config, index)
    if reader is not None:
        chosen = settings.reader.model_copy(update={"model": reader})
        settings = settings.model_copy(update={"reader": chosen})
    before = saved.load(compare) if compare else None
    questions = read_questions(files, reading)
    run = read_all(settings, questions) if reading else ask_all(settings, questions)
    if save:
        saved.save(run, save)
    changes = run.against(before) if before else None
    if as_json:
        typer.echo(json.dumps(report(run, changes), ensure_ascii=False))
    else:
        _print(run, changes)


def report(run: Run, changes: tuple[int, Any] | None = None) -> dict[str, Any]:
    """All of a run but its single questions, as docs/evaluation.md explains it."""
    from bot.render.figures import curve_record, record
    from evaluation.run import Outcome, curve

    made: dict[str, Any] = {**run.about, **_counts(run), "figures": record(run.figures())}
    outcomes = [o for o in run.outcomes if isinstance(o, Outcome)]
    if outcomes:
        made["risk_coverage"] = curve_record(curve(outcomes))
    if changes:
        made["compared"] = {"questions": changes[0], "differences": record(changes[1])}
    return made


def _counts(run: Run) -> dict[str, int]:
    answerable = sum(o.answerable for o in run.outcomes)
    return {"answerable": answerable, "not_answerable": len(run.outcomes) - answerable}


def _print(run: Run, changes: tuple[int, Any] | None) -> None:
    from rich.console import Console

    from bot.render.figures import table

    counts, about = _counts(run), run.about
    said = f"{counts['answerable']} answerable questions, {counts['not_answerable']} not"
    if about.get("not_indexed"):
        said += f"; {about['not_indexed']} left out: gold article not indexed"
    said += f". Reader: {about['reader']}"
    if "threshold" in about:
        said += f", threshold {about['threshold']:g}; {about['mode']} search"
    if about.get("notice"):
        said += f". {about['notice'][:1].upper()}{about['notice'][1:]}"
    console = Console(highlight=False)
    console.print(table(run.figures(), f"{said.removesuffix('.')}."))
    if changes:
        console.print()
        note = f"On {changes[0]} shared questions. Bold: the interval leaves out zero."
        console.print(table(changes[1], note, changes=True))


def ask_all(settings: Settings, questions: Sequence[GoldQuestion]) -> Run:
    """Ask the published index. A question whose gold article it lacks is left out and counted.

    Raises SourceError when none is left, and StoreError like `Desk.answerer`.
    """
    from bot.terminal.build_progress import BuildProgress
    from bot.wiring import Desk
    from evaluation.gold import gold_articles
    from evaluation.run import ask
    from evaluation.saved import Run

    answerer = Desk(settings).answerer()
    golds = gold_articles(questions, answerer.generation.every_article())
    kept = [q for q in questions if not q.answerable or golds[q.id]]
    if not kept:
        raise SourceError(
            f"None of the {len(questions):,} questions can be evaluated: gold article not indexed; "
            "index the articles that they are about."
        )
    with BuildProgress() as progress:
        outcomes = ask(answerer, kept, golds, lambda n: progress("questions", n, len(kept)))
    about = {
        "generation": answerer.generation.manifest.generation,
        "reader": settings.reader.model,
        "mode": answerer.mode,
        "notice": "; ".join(filter(None, (answerer.fault, answerer.notice))) or None,
        "threshold": answerer.threshold,
        "not_indexed": len(questions) - len(kept),
    }
    return Run(about, outcomes)


def read_all(settings: Settings, questions: Sequence[GoldQuestion]) -> Run:
    """Let the reader alone read the questions' contexts. Raises ConfigError and ModelError."""
    from bot.terminal.build_progress import BuildProgress
    from bot.wiring import load_span_reader
    from evaluation.reading import read
    from evaluation.saved import Run

    name = settings.reader.model
    if name == SENTENCES:
        raise ConfigError(
            "--reading scores a reader that finds spans, and [reader] model is sentences; "
            "add --reader pullquote."
        )
    model = load_span_reader(settings, settings.reader.download).model
    with BuildProgress() as progress:
        outcomes = read(model, questions, lambda n: progress("questions", n, len(questions)))
    return Run({"reader": name}, outcomes)
