"""Sources to cleaned articles with unique ids."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from index.articles.boilerplate import Furniture, LineCounts, outlet_of
from index.articles.clean import clean
from index.articles.plain import blocks
from index.build_options import BuildReport
from index.dating import Dates
from index.model import Article, Held, Origin, StoredArticle, content_digest
from index.sources.field_names import FieldNames
from index.sources.raw import RawArticle, Reading, Skipped
from index.sources.reading import read_files
from index.sources.unread import FileRead
from index.store import Before

Skip = Callable[[Skipped], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """An article of the source at position ``source``, under its unique id, read at ``origin``.
    ``made_of`` is the digest of all that decides its content; ``article`` is a `StoredArticle`
    where an earlier generation holds the same, and None when it is there already under this id.
    ``kept`` is one that was not read this time: its file could not be."""

    source: int
    article_id: str
    made_of: bytes
    article: Article | StoredArticle | None
    origin: Origin | None
    kept: bool = False


class _Line(NamedTuple):
    """What is needed of a reading in any case. Of what could not be read there is no ``outlet``,
    and ``raw_id`` is that of the only article concerned. ``published`` is the date as written."""

    source: int
    file: str
    raw_id: str | None
    origin: str
    outlet: str | None
    digest: str
    published: str | None = None


def spool(
    sources: Sequence[Path],
    file: Path,
    lines_seen: LineCounts,
    dates: Dates,
    report: BuildReport,
    names: FieldNames,
) -> Iterator[int]:
    """Read all sources once, count their lines, learn how they write dates, and keep the raw
    articles in ``file``; yields 1 for each.

    What is boilerplate is only known when every article was seen, and a page may take long to
    read, or be another one the second time. An article takes two lines: what is needed in any
    case, and what cleaning needs.
    """
    with file.open("w", encoding="utf-8") as lines:
        for number, source in enumerate(sources):
            for place, readings in read_files(source, names):
                for reading in readings:
                    head, body = _spooled(reading, number, place, lines_seen, report)
                    if head:
                        dates.learn(head.published, head.outlet or "", place)
                        lines.write(f"{json.dumps(head)}\n{body}\n")
                        yield int(bool(body))


def _spooled(
    reading: Reading, number: int, place: str, lines_seen: LineCounts, report: BuildReport
) -> tuple[_Line | None, str]:
    if not isinstance(reading, Skipped):
        try:
            paragraphs, outlet = blocks(reading.text), outlet_of(reading)
        except Exception as error:  # whatever its text is, the others are read
            reading = Skipped(reading.origin, _odd(error), only=reading.id)
    if isinstance(reading, Skipped):
        report.skip(reading)
        unread = _Line(number, place, reading.only, reading.origin, None, "")
        return (unread if reading.unread else None), ""
    report.mend(reading, place)
    body = json.dumps([[reading.title, reading.url, reading.source, reading.author], paragraphs])
    digest, date = content_digest(body).hex(), reading.published
    lines_seen.add(outlet, paragraphs, digest, date)
    return _Line(number, place, reading.id, reading.origin, outlet, digest, date), body


def articles(
    file: Path,
    furniture: Furniture,
    dates: Dates,
    earlier: Before,
    skip: Skip,
    prune: bool = False,
) -> Iterator[Ingested]:
    """The spooled articles, cleaned of ``furniture``, dated, with unique ids; and after those of a
    file that could not be read to the end, what ``earlier`` holds of the rest.

    Of those that ``earlier`` holds, which were cleaned of the same furniture, nothing is read.
    An article of which nobody knows the file may be of any that could not be read: it is kept, too,
    unless ``prune``.
    """
    marks, source = _marks(furniture), 0
    taken: dict[str, bytes] = {}
    gaps: list[FileRead] = []
    with file.open(encoding="utf-8") as lines:
        pairs = ((_Line(*json.loads(head)), body) for head, body in zip(lines, lines, strict=True))
        for (source, place), of_file in groupby(pairs, key=lambda pair: pair[0][:2]):
            done = FileRead()
            for line, body in of_file:
                if line.outlet is None or line.raw_id is None:
                    done.miss(line.raw_id)
                    continue
                day = dates.day(line.published, line.outlet, line.file, line.origin)
                kept = furniture.kept_in(line.digest)
                made_of = content_digest(f"{line.digest}{marks[line.outlet]}{kept} {day or ''}")
                dated = line._replace(published=day)
                found = _found(dated, made_of, body, furniture, earlier)
                if isinstance(found, Skipped):
                    skip(found)
                    if found.unread:
                        done.miss(found.only)
                    continue
                done.read(line.raw_id, found.digest)
                origin = Origin(place, line.raw_id)
                yield _ingested(source, found, found.digest, made_of, origin, taken)
            if done:
                gaps.append(done)
                yield from _kept(source, done.staying(earlier.under(place)), earlier, taken)
    if gaps and not prune:
        yield from _kept(source, _hidden(earlier.unplaced(), gaps, taken), earlier, taken)


def _hidden(
    unplaced: Iterable[Held], gaps: Sequence[FileRead], taken: dict[str, bytes]
) -> list[Held]:
    there = set(taken.values())
    return [
        held
        for held in unplaced
        if held.article_id not in taken
        and held.made.digest not in there
        and any(gap.hides(held) for gap in gaps)
    ]


def _found(
    line: _Line, made_of: bytes, body: str, furniture: Furniture, earlier: Before
) -> Article | StoredArticle | Skipped:
    assert line.raw_id is not None  # of what could be read
    found = earlier.find(made_of)
    if found:
        return found
    only = line.raw_id if line.origin != line.file else None
    try:
        cleaned = _cleaned(line, body, furniture)
    except Exception as error:  # whatever is odd about it, the others are cleaned
        return Skipped(line.origin, _odd(error), only=only)
    if cleaned is None:
        # All furniture: read, and left out on purpose. Empty: perhaps about to be written.
        empty = not any(map(str.isalnum, chain.from_iterable(chain(*json.loads(body)[1]))))
        return Skipped(line.origin, "has no text", unread=empty, only=only)
    return earlier.find(cleaned.digest) or cleaned


def _ingested(
    source: int,
    found: Article | StoredArticle,
    digest: bytes,
    made_of: bytes,
    origin: Origin,
    taken: dict[str, bytes],
) -> Ingested:
    article_id = _unique(origin.raw_id, digest, taken)
    if article_id is None:
        return Ingested(source, origin.raw_id, made_of, None, origin)
    return Ingested(source, article_id, made_of, _named(found, article_id), origin)


def _kept(
    source: int, staying: Iterable[Held], earlier: Before, taken: dict[str, bytes]
) -> Iterator[Ingested]:
    for held in staying:
        raw_id = held.origin.raw_id if held.origin else held.article_id
        article_id = _unique(raw_id, held.made.digest, taken)
        if article_id is None:
            continue
        as_it_was = earlier.as_it_was(held)
        if isinstance(as_it_was, StoredArticle):
            made_of = held.made.source
        else:
            # Its text may have been cleaned by other rules: no source that is read makes just it.
            made_of = content_digest(f"kept {held.made.digest.hex()}")
        named = _named(as_it_was, article_id)
        yield Ingested(source, article_id, made_of, named, held.origin, kept=True)


def _odd(error: Exception) -> str:
    return f"cannot be read ({type(error).__name__})"


def _cleaned(line: _Line, body: str, furniture: Furniture) -> Article | None:
    (title, url, source, author), paragraphs = json.loads(body)
    assert line.raw_id is not None  # of what could be read
    raw = RawArticle(line.raw_id, title, "", line.origin, url, source, line.published, author)
    return clean(raw, paragraphs, furniture, line.digest)


def _named(found: Article | StoredArticle, article_id: str) -> Article | StoredArticle:
    if isinstance(found, StoredArticle):
        return found
    return replace(found, reference=replace(found.reference, article_id=article_id))


def _marks(furniture: Furniture) -> defaultdict[str, str]:
    """By outlet, what tells the lines that were learned of it from others."""
    learned: dict[str, list[str]] = {}
    for outlet, key in sorted(furniture.learned):
        learned.setdefault(outlet, []).append(key)
    marks = {outlet: content_digest("\n".join(keys)).hex() for outlet, keys in learned.items()}
    return defaultdict(str, marks)


def _unique(name: str, digest: bytes, taken: dict[str, bytes]) -> str | None:
    """``name``, or name~2, name~3 … if another text has this id; None if it is there already.

    Two files may well number their articles from 1: losing one silently would be worse than an
    id with a suffix.
    """
    chosen, number = name, 1
    while chosen in taken:
        if taken[chosen] == digest:
            return None
        number += 1
        chosen = f"{name}~{number}"
    taken[chosen] = digest
    return chosen
