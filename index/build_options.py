"""What a build is told and what it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from index.articles.passages import PassageSize
from index.model import LearnedLine
from index.sources.field_names import KNOWN, FieldNames
from index.sources.raw import RawArticle, Skipped
from index.sources.web import FetchLimits

_TOLD = 3

Progress = Callable[[str, int, int | None], None]
"""Told (phase, how many more are done, of how many when that is known)."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build.

    ``prune`` forgets sources and lets go of any number of articles, ``strict`` fails on anything
    skipped, ``keep`` generations stay on disk, ``boilerplate`` are further patterns of lines to
    leave out, ``most_lost`` is the share of the published articles that may go without ``prune``,
    ``names`` are those of the fields of records.
    """

    size: PassageSize = field(default_factory=PassageSize)
    prune: bool = False
    strict: bool = False
    keep: int = 3
    limits: FetchLimits = field(default_factory=FetchLimits)
    boilerplate: tuple[str, ...] = ()
    most_lost: float = 0.1
    names: FieldNames = KNOWN


@dataclass(slots=True)
class Tally:
    """How many of something there were, and the first few, to be named."""

    number: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, what: str) -> None:
        self.number += 1
        if len(self.first) < _TOLD:
            self.first.append(what)


@dataclass(slots=True)
class BuildReport:
    """What a build did. ``skipped`` holds what was meant to be an article and is not there, and
    ``replaced`` counts the versions that a newer one of their article took the place of.

    ``kept`` counts the articles of the last generation that stay because their file could not be
    read, by the file ("" if nobody knows it). ``mended`` are the records of which a field could
    not be used as it was, ``guessed`` counts the records that were read by a guess at their
    encoding, by the file and the guess, ``kinds`` the files of kinds that are not read.
    ``learned`` are the lines that were left out because they recur.
    ``dated`` articles have a date; ``unread_dates`` could not be read, ``dates_to_come`` are after
    the day of the build.
    """

    generation: str = ""
    articles: int = 0
    passages: int = 0
    stories: int = 0
    embedded: int = 0
    duplicates: int = 0
    replaced: int = 0
    unchanged: bool = False
    skipped: list[Skipped] = field(default_factory=list)
    ignored: list[Skipped] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    mended: Tally = field(default_factory=Tally)
    guessed: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    dated: int = 0
    unread_dates: Tally = field(default_factory=Tally)
    dates_to_come: Tally = field(default_factory=Tally)
    learned: tuple[LearnedLine, ...] = ()

    def skip(self, what: Skipped) -> None:
        if what.kind:
            self.kinds[what.kind] += 1
        (self.skipped if what.failed else self.ignored).append(what)

    def mend(self, article: RawArticle, file: str) -> None:
        """Note what of an article of ``file`` had to be mended or guessed."""
        if article.mended:
            self.mended.add(f"{article.origin} ({', '.join(article.mended)})")
        if article.read_as:
            self.guessed[file, article.read_as] += 1

    def failures(self, under: str = "") -> str:
        """The first thing skipped below ``under``, and how many more; empty when there is none."""
        found = [skip for skip in self.skipped if skip.origin.startswith(under)]
        more = f" ({len(found) - 1} more failed)" if len(found) > 1 else ""
        return f"{found[0].origin}: {found[0].reason}{more}" if found else ""
