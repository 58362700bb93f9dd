"""Runs on disk: what came of each question, to compare a later run with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation import reading, run
from evaluation.intervals import Estimate, Measure, differences, estimates
from evaluation.reading import ReaderOutcome
from evaluation.run import Outcome
from index.errors import SourceError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Run:
    """All that came of one evaluation: of answering (`Outcome`) or of reading alone
    (`ReaderOutcome`).

    ``about`` says what was evaluated: the reader, the generation, the threshold.
    """

    about: dict[str, Any]
    outcomes: Sequence[Outcome] | Sequence[ReaderOutcome]

    @property
    def reading(self) -> bool:
        return isinstance(self.outcomes[0], ReaderOutcome)

    def figures(self) -> dict[str, Estimate]:
        """Every figure with its interval."""
        return estimates(self._measures(self.outcomes), [o.group for o in self.outcomes])

    def against(self, before: Run) -> tuple[int, dict[str, Estimate]]:
        """How many questions both runs share, and what changed on them (this minus ``before``).

        Raises SourceError when there is nothing to compare.
        """
        if self.reading != before.reading:
            raise SourceError(
                "One run is of reading alone and the other is not; compare like runs."
            )
        earlier = {o.id: o for o in before.outcomes}
        both = [
            (o, earlier[o.id])
            for o in self.outcomes
            if o.id in earlier and earlier[o.id].answerable == o.answerable
        ]
        if not both:
            raise SourceError("The two runs share no question; evaluate the same questions.")
        now = self._measures([new for new, _ in both])
        then = before._measures([old for _, old in both])
        return len(both), differences(now, then, [new.group for new, _ in both])

    def _measures(self, outcomes: Sequence[Any]) -> dict[str, Measure]:
        if self.reading:
            return reading.measures(outcomes)
        return run.measures(outcomes, float(self.about["threshold"]))


def save(found: Run, file: Path) -> None:
    """Write ``found`` as JSON, one question a line. Raises SourceError."""
    kind = "reading" if found.reading else "answering"
    head = json.dumps({"format": FORMAT, "kind": kind, **found.about}, ensure_ascii=False)
    rows = ",\n".join(json.dumps(asdict(o), ensure_ascii=False) for o in found.outcomes)
    try:
        file.write_text(f'{head[:-1]}, "outcomes": [\n{rows}\n]}}\n', encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{file}: cannot be written: {error.strerror}.") from error


def load(file: Path) -> Run:
    """Read what `save` wrote. Raises SourceError."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        if record.pop("format") != FORMAT:
            raise SourceError(f"{file}: saved by another version of pullquote; evaluate again.")
        kind, rows = record.pop("kind"), record.pop("outcomes")
        outcomes: Sequence[Outcome] | Sequence[ReaderOutcome]
        if kind == "reading":
            outcomes = [ReaderOutcome(**row) for row in rows]
        else:
            outcomes = [Outcome(**row) for row in rows]
        if not outcomes or (kind != "reading" and not 0 <= record["threshold"] <= 1):
            raise ValueError("nothing in it")
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(
            f"{file}: not a saved evaluation; make one with: pullquote eval … --save RUN.json"
        ) from error
    return Run(record, outcomes)
