"""Which of what was read is an older version of something else that was read.

Decided before anything is written, from all records and from those articles of the generation
before that stay because their file cannot be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from index.articles.versions import MOST, Record, keys, oldest_first, record_of, same_article
from index.model import Article, Held
from index.spool import Line, Spool, unpacked
from index.store import Before

_COMPARED = 50  # articles of one key, the last ones: an id may be everybody's


@dataclass(frozen=True, slots=True)
class Read:
    """A record that was read: its text begins ``at`` in the spool."""

    at: int
    line: Line

    @property
    def content(self) -> Hashable:
        return self.line.content


@dataclass(frozen=True, slots=True)
class Stays:
    """An article of the generation before whose file cannot be read."""

    held: Held
    article: Article

    @property
    def content(self) -> Hashable:
        return self.held.made.number


Version = Read | Stays
Left = Literal["text", "headline", "nothing"]
"""What cleaning leaves of a record."""


@dataclass(slots=True)
class Superseded:
    """``gone`` are the contents that something newer takes the place of; ``older`` are the versions
    that a content takes the place of, the newest last. ``bare`` are those of the gone of which only
    the headline is left: an older version with a text stays."""

    gone: set[Hashable] = field(default_factory=set)
    bare: set[Hashable] = field(default_factory=set)
    older: dict[Hashable, list[Version]] = field(default_factory=dict)


def superseded(
    spool: Spool,
    staying: Iterable[tuple[int, Held]],
    left: Callable[[int, Line], Left],
    before: Before,
) -> Superseded:
    """What is superseded of the records in ``spool`` and of those ``staying``, each of which comes
    with the place in the spool that its file ends at. One of which ``left`` says that no text is
    takes no place, and has none where its headline is all there is."""
    stays = [(at, Stays(held, before.article(held.made))) for at, held in staying]
    for _, one in stays:
        spool.sightings.add(_keys(one), hash(one.content))
    found = Superseded()
    for together in _linked(spool, stays):
        for versions in _articles(spool, together):
            while len(versions) > 1 and isinstance(last := versions[-1], Read):
                what = left(last.at, last.line)
                if what == "text":
                    break
                if what == "headline":
                    found.gone.add(last.content)
                    found.bare.add(last.content)
                versions.pop()
            *older, newest = versions
            if older:
                found.gone.update(one.content for one in older)
                found.older[newest.content] = older[-MOST:]
    return found


def _linked(
    spool: Spool, stays: Sequence[tuple[int, Stays]]
) -> Iterator[list[tuple[int, Version]]]:
    """The versions that share a key, or are linked by others that do, with their places."""
    known: set[Hashable] = set()
    leader: dict[int, int] = {}
    members: list[tuple[int, tuple[int, Version]]] = []

    def root(key: int) -> int:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    reads: Iterator[tuple[int, Version]] = (
        (at, Read(at, line)) for at, line, _ in spool.lines() if line.outlet is not None
    )
    for at, one in chain(reads, stays):
        mine = one.line.keys if isinstance(one, Read) else _keys(one)
        shared = spool.sightings.shared(mine)
        if shared and one.content not in known:
            known.add(one.content)
            for key in shared[1:]:
                leader[root(key)] = root(shared[0])
            members.append((shared[0], (at, one)))
    together: defaultdict[int, list[tuple[int, Version]]] = defaultdict(list)
    for key, member in members:
        together[root(key)].append(member)
    return iter(together.values())


def _articles(spool: Spool, together: list[tuple[int, Version]]) -> Iterator[list[Version]]:
    """Those that are versions of one article, the oldest first."""
    together.sort(key=lambda one: one[0])
    versions = [one for _, one in together]
    articles: list[list[int]] = []
    records: list[Record] = []
    dates: list[str | None] = []
    for number, (record, published) in enumerate(_records(spool, versions)):
        records.append(record)
        dates.append(published)
        same = [
            article
            for article in articles[-_COMPARED:]
            if any(same_article(records[other], record) for other in article[-MOST:])
        ]
        merged = sorted([*chain.from_iterable(same), number])
        articles = [*(one for one in articles if one not in same), merged]
    for article in articles:
        order = oldest_first([dates[number] for number in article])
        yield [versions[article[place]] for place in order]


def _records(spool: Spool, versions: Sequence[Version]) -> Iterator[tuple[Record, str | None]]:
    bodies = spool.bodies([one.at for one in versions if isinstance(one, Read)])
    for one in versions:
        if isinstance(one, Stays):
            article, (file, raw_id) = one.article, _origin(one)
            yield record_of(article, article.text, raw_id, file), article.reference.published
        else:
            raw, paragraphs = unpacked(one.line, next(bodies))
            text = "\n".join(chain.from_iterable(paragraphs))
            yield record_of(raw, text, raw.id, one.line.file), raw.published


def _keys(one: Stays) -> list[int]:
    reference, (file, raw_id) = one.article.reference, _origin(one)
    return list(map(hash, keys(raw_id, reference.url, reference.source, file)))


def _origin(one: Stays) -> tuple[str, str]:
    origin = one.held.origin
    return (origin.file, origin.raw_id) if origin else ("", one.held.article_id)
