"""What the operator sees of a build: bars at a terminal, a summary everywhere."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from index.build import BuildReport

_SHOWN = 10


class BuildProgress:
    """A bar for each phase of a build, on standard error; nothing when that is not a terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description:>10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
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
    lines = [
        f"Published generation {report.generation}: {_count(report.articles, 'article')}, "
        f"{_count(report.passages, 'passage')}."
    ]
    if report.duplicates:
        lines.append(f"The same article met again: {report.duplicates}, taken once.")
    if report.skipped:
        lines.append(f"Skipped {len(report.skipped)}:")
        lines += [f"  {skip.origin}: {skip.reason}" for skip in report.skipped[:_SHOWN]]
        if len(report.skipped) > _SHOWN:
            lines.append(f"  … and {len(report.skipped) - _SHOWN} more")
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
