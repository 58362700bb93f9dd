"""All that the sources hold, read once and kept aside until it is known what to make of it.

What is boilerplate, and which record is the newest version of its article, is only known when every
record was seen; a page may take long to read, or be another one the second time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from index.articles.boilerplate import LineCounts, outlet_of
from index.articles.plain import Paragraphs, blocks
from index.articles.versions import keys
from index.build_options import BuildReport
from index.dating import Dates
from index.model import content_digest
from index.sources.field_names import FieldNames
from index.sources.raw import RawArticle, Reading, Skipped
from index.sources.reading import read_files


class Line(NamedTuple):
    """What is needed of a reading in any case. Of what could not be read there is no ``outlet``,
    and ``raw_id`` is that of the only article concerned. ``keys`` are hashes of `versions.keys`;
    ``published`` is the date as written, and ``day`` what it means, once all were seen."""

    source: int
    file: str
    raw_id: str | None
    origin: str
    outlet: str | None
    digest: str
    keys: Sequence[int]
    published: str | None = None
    day: str | None = None

    @property
    def content(self) -> tuple[str, str]:
        """The same for the same record, wherever it was read."""
        return self.raw_id or "", self.digest


class Sightings:
    """Which keys were seen on records that differ: these may be versions of one article."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        self._shared: set[int] = set()

    def add(self, found: Sequence[int], content: int) -> None:
        for key in found:
            if self._seen.setdefault(key, content) != content:
                self._shared.add(key)

    def seen(self, found: Sequence[str]) -> bool:
        """Whether any of these keys was seen."""
        return any(hash(key) in self._seen for key in found)

    def shared(self, found: Sequence[int]) -> list[int]:
        """Those of a record's keys that another one has, too."""
        return [key for key in found if key in self._shared]


class Spool:
    """The readings in a file: an article takes two lines, what is needed in any case, and what
    cleaning needs."""

    def __init__(self, file: Path, dates: Dates) -> None:
        self._file, self._dates = file, dates
        self.sightings = Sightings()
        self.gaps: set[tuple[int, str]] = set()
        """The (source, file) pairs of which something could not be read."""

    def fill(
        self,
        sources: Sequence[Path],
        lines_seen: LineCounts,
        report: BuildReport,
        names: FieldNames,
    ) -> Iterator[int]:
        """Read all sources, count their lines and learn how they write dates; yields 1 for each
        article."""
        with self._file.open("w", encoding="utf-8") as lines:
            for number, source in enumerate(sources):
                for place, readings in read_files(source, names):
                    for reading in readings:
                        found = _spooled(reading, number, place, lines_seen, report)
                        if found:
                            head, body, empty = found
                            self._saw(head, empty)
                            self._dates.learn(head.published, head.outlet or "", head.file)
                            lines.write(f"{json.dumps(head)}\n{body}\n")
                            yield int(bool(body))

    def lines(self) -> Iterator[tuple[int, Line, str]]:
        """Each reading in order: where its text begins in the file, what it is, and its text."""
        at = 0
        with self._file.open("rb") as lines:
            for head, body in zip(lines, lines, strict=True):
                at += len(head)
                line = Line(*json.loads(head))
                day = self._dates.day(line.published, line.outlet or "", line.file)
                yield at, line._replace(day=day), body.decode()
                at += len(body)

    def bodies(self, places: Sequence[int]) -> Iterator[str]:
        """The texts that begin at ``places``."""
        with self._file.open("rb") as lines:
            for at in places:
                lines.seek(at)
                yield lines.readline().decode()

    def count_date(self, line: Line) -> None:
        """Count the date of a line that nobody can use, for the report."""
        self._dates.count(line.published, line.outlet or "", line.file, line.origin)

    def remove(self) -> None:
        self._file.unlink()

    def _saw(self, line: Line, empty: bool) -> None:
        if line.outlet is not None:
            self.sightings.add(line.keys, hash(line.content))
        if line.outlet is None or empty:
            self.gaps.add((line.source, line.file))


def _spooled(
    reading: Reading, number: int, place: str, lines_seen: LineCounts, report: BuildReport
) -> tuple[Line, str, bool] | None:
    """The two lines of a reading, and whether its text is empty; None for what is no reading."""
    if not isinstance(reading, Skipped):
        try:
            paragraphs, outlet = blocks(reading.text), outlet_of(reading)
            hashes = list(map(hash, keys(reading.id, reading.url, reading.source, place)))
        except Exception as error:  # whatever its text is, the others are read
            reading = Skipped(reading.origin, odd(error), only=reading.id)
    if isinstance(reading, Skipped):
        report.skip(reading)
        unread = Line(number, place, reading.only, reading.origin, None, "", ())
        return (unread, "", False) if reading.unread else None
    report.mend(reading, place)
    body = json.dumps([[reading.title, reading.url, reading.source, reading.author], paragraphs])
    digest, date = content_digest(body).hex(), reading.published
    lines_seen.add(outlet, paragraphs, digest, date)
    line = Line(number, place, reading.id, reading.origin, outlet, digest, hashes, date)
    return line, body, is_empty(paragraphs)


def odd(error: Exception) -> str:
    return f"cannot be read ({type(error).__name__})"


def is_empty(paragraphs: Paragraphs) -> bool:
    return not any(map(str.isalnum, chain.from_iterable(chain(*paragraphs))))


def unpacked(line: Line, body: str) -> tuple[RawArticle, Paragraphs]:
    """The article of a text that was kept aside, dated, and its paragraphs."""
    assert line.raw_id is not None  # of what could be read
    (title, url, source, author), paragraphs = json.loads(body)
    return RawArticle(
        line.raw_id, title, "", line.origin, url, source, line.day, author
    ), paragraphs
