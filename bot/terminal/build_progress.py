"""What the operator sees of a build: bars at a terminal, a summary everywhere."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from index.build import BuildReport

_SHOWN = 10


class _RateColumn(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "", style="dim")


class BuildProgress:
    """A bar for each phase, with rate and time left, on standard error.

    Nothing when ``quiet``, or when standard error is not a terminal: a log is no place for bars.
    """

    def __init__(self, quiet: bool = False) -> None:
        console = Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description:>10}"),
            BarColumn(),
            MofNCompleteColumn(),
            _RateColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=quiet or not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> BuildProgress:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def __call__(self, phase: str, more: int, total: int | None) -> None:
        if phase not in self._tasks:
            self._tasks[phase] = self._bars.add_task(phase, total=total)
        self._bars.update(self._tasks[phase], advance=more, total=total)


def summary(report: BuildReport) -> str:
    """What was built, and what was skipped with why."""
    holds = f"{_count(report.articles, 'article')}, {_count(report.passages, 'passage')}"
    if report.unchanged:
        lines = [f"Nothing new: generation {report.generation} stays ({holds})."]
    else:
        new = f"{report.embedded:,} of them embedded now"
        lines = [f"Published generation {report.generation}: {holds}, {new}."]
    if report.stories and report.stories < report.articles:
        lines.append(f"They tell {_count(report.stories, 'story')}: the others are near-copies.")
    if report.duplicates:
        lines.append(f"The same article met again: {report.duplicates}, taken once.")
    lines += [*_kept(report), *_mended(report)]
    if report.skipped:
        lines.append(f"Skipped {len(report.skipped)}:")
        lines += [f"  {skip.origin}: {skip.reason}" for skip in report.skipped[:_SHOWN]]
        if len(report.skipped) > _SHOWN:
            lines.append(f"  … and {len(report.skipped) - _SHOWN} more")
    return "\n".join(lines)


def _kept(report: BuildReport) -> list[str]:
    if not report.kept:
        return []
    kept = _count(report.kept.total(), "article")
    lines = [f"Kept {kept} as before, for what could not be read now:"]
    for file, number in list(report.kept.items())[:_SHOWN]:
        where = file or "files that the index before did not name"
        lines.append(f"  {where}: {_count(number, 'article')}")
    if len(report.kept) > _SHOWN:
        lines.append(f"  … and {_count(len(report.kept) - _SHOWN, 'file')} more")
    return lines


def _mended(report: BuildReport) -> list[str]:
    if not report.mended:
        return []
    more = ", …" if report.mended > len(report.mended_first) else ""
    told = ", ".join(report.mended_first)
    return [f"Mended {_count(report.mended, 'record')} with odd fields: {told}{more}"]


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
