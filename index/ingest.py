"""What was read to cleaned articles with unique ids, each in its newest version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index.articles.boilerplate import Furniture
from index.articles.clean import clean
from index.articles.versions import id_keys
from index.history import History
from index.model import Article, Held, Origin, StoredArticle, content_digest
from index.sources.raw import Skipped
from index.sources.unread import FileRead
from index.spool import Line, Spool, is_empty, odd, unpacked
from index.store import Before
from index.superseded import Left, superseded

_BARE = "has only a headline left; the version before it stays"
Skip = Callable[[Skipped], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """An article of the source at position ``source``, under its unique id, read at ``origin``.
    ``made_of`` is the digest of all that decides its content; ``article`` is a `StoredArticle`
    where an earlier generation holds the same, and None when it is there already under this id.
    ``kept`` is one that was not read this time: its file could not be. ``replaced`` are the older
    versions that it takes the place of, the newest last."""

    source: int
    article_id: str
    made_of: bytes
    article: Article | StoredArticle | None
    origin: Origin | None
    kept: bool = False
    replaced: tuple[Article, ...] = ()


class Ingest:
    """Gives the spooled articles, cleaned of ``furniture``, with unique ids; and after those of a
    file that could not be read to the end, what ``earlier`` holds of the rest.

    Of those that ``earlier`` holds, which were cleaned of the same furniture, nothing is read.
    """

    def __init__(self, spool: Spool, furniture: Furniture, earlier: Before) -> None:
        self._spool, self._furniture, self._earlier = spool, furniture, earlier
        self._marks = _marks(furniture)
        self._taken: dict[str, bytes] = {}
        found = superseded(spool, self._staying(), self._left, earlier)
        self._gone, self._bare = found.gone, found.bare
        self.outdated: set[int] = set()
        """The sources of which an older version was read: they are not without articles."""
        self.history = History(found.older, self._clean_at, self._read_now, earlier)

    def articles(self, skip: Skip, prune: bool = False) -> Iterator[Ingested]:
        """All of them. An article of which nobody knows the file may be of any that could not be
        read: it is kept, too, unless ``prune``."""
        gaps: list[FileRead] = []
        source = 0
        for (source, place), lines in groupby(self._spool.lines(), key=_file):
            done = FileRead()
            for _, line, body in lines:
                self._spool.count_date(line)
                if line.outlet is None or line.raw_id is None:
                    done.miss(line.raw_id)
                elif line.content not in self._gone:
                    yield from self._one(line, body, done, skip)
                else:
                    if line.content in self._bare:
                        skip(Skipped(line.origin, _BARE, only=line.raw_id))
                    self.outdated.add(source)
                    if (source, place) in self._spool.gaps:
                        self._note(line, body, done)
            if done:
                gaps.append(done)
                staying = done.staying(self._earlier.under(place))
                yield from self._kept(source, staying)
        if gaps and not prune:
            hidden = _hidden(self._earlier.unplaced(), gaps, self._taken)
            yield from self._kept(source, hidden)

    def _staying(self) -> Iterator[tuple[int, Held]]:
        """What stays of the files that could not be read to the end, each with the place in the
        spool of the end of its file."""
        if not self._spool.gaps:
            return
        for file, lines in groupby(self._spool.lines(), key=_file):
            if file in self._spool.gaps:
                done, ends = FileRead(), 0
                for at, line, body in lines:
                    self._note(line, body, done)
                    ends = at
                for held in done.staying(self._earlier.under(file[1])):
                    yield ends, held

    def _note(self, line: Line, body: str, done: FileRead) -> None:
        """Let ``done`` know of a line, and of nothing else."""
        if line.outlet is None or line.raw_id is None:
            done.miss(line.raw_id)
            return
        found = self._found(line, self._made_of(line), body)
        if not isinstance(found, Skipped):
            done.read(line.raw_id, found.digest)
        elif found.unread:
            done.miss(found.only)

    def _one(self, line: Line, body: str, done: FileRead, skip: Skip) -> Iterator[Ingested]:
        assert line.raw_id is not None  # of what could be read
        made_of = self._made_of(line)
        found = self._found(line, made_of, body)
        if isinstance(found, Skipped):
            skip(found)
            if found.unread:
                done.miss(found.only)
            return
        done.read(line.raw_id, found.digest)
        origin = Origin(line.file, line.raw_id)
        article_id = _unique(line.raw_id, found.digest, self._taken)
        if article_id is None:
            yield Ingested(line.source, line.raw_id, made_of, None, origin)
            return
        named = _named(found, article_id)
        replaced = self.history.of(named, article_id, origin, line.content)
        yield Ingested(line.source, article_id, made_of, named, origin, replaced=replaced)

    def _kept(self, source: int, staying: Iterable[Held]) -> Iterator[Ingested]:
        for held in staying:
            if held.made.number in self._gone:
                continue
            origin = held.origin or Origin("", held.article_id)
            article_id = _unique(origin.raw_id, held.made.digest, self._taken)
            if article_id is None:
                continue
            as_it_was = self._earlier.as_it_was(held)
            if isinstance(as_it_was, StoredArticle):
                made_of = held.made.source
            else:
                # Its text may have been cleaned by other rules: no source that is read makes it.
                made_of = content_digest(f"kept {held.made.digest.hex()}")
            named = _named(as_it_was, article_id)
            replaced = self.history.of(named, article_id, origin, held.made.number)
            yield Ingested(source, article_id, made_of, named, held.origin, True, replaced)

    def _made_of(self, line: Line) -> bytes:
        assert line.outlet is not None  # of what could be read
        kept = self._furniture.kept_in(line.digest)
        marks = f"{self._marks[line.outlet]}{kept} {line.day or ''}"
        return content_digest(line.digest + marks)

    def _found(self, line: Line, made_of: bytes, body: str) -> Article | StoredArticle | Skipped:
        assert line.raw_id is not None  # of what could be read
        found = self._earlier.find(made_of)
        if found:
            return found
        only = line.raw_id if line.origin != line.file else None
        raw, paragraphs = unpacked(line, body)
        try:
            cleaned = clean(raw, paragraphs, self._furniture, line.digest)
        except Exception as error:  # whatever is odd about it, the others are cleaned
            return Skipped(line.origin, odd(error), only=only)
        if cleaned is None:
            # All furniture: read, and left out on purpose. Empty: perhaps about to be written.
            return Skipped(line.origin, "has no text", unread=is_empty(paragraphs), only=only)
        return self._earlier.find(cleaned.digest) or cleaned

    def _left(self, at: int, line: Line) -> Left:
        found = self._found(line, self._made_of(line), next(self._spool.bodies([at])))
        if isinstance(found, Skipped):
            return "nothing"
        whole = found if isinstance(found, Article) else self._earlier.article(found)
        return "headline" if whole.text == whole.reference.title else "text"

    def _clean_at(self, at: int, line: Line) -> Article | None:
        """An older version of an article; None where nothing is left of it."""
        raw, paragraphs = unpacked(line, next(self._spool.bodies([at])))
        try:
            return clean(raw, paragraphs, self._furniture, line.digest)
        except Exception:  # whatever is odd about it, it was not to be found anyhow
            return None

    def _read_now(self, article: Article) -> bool:
        reference = article.reference
        return self._spool.sightings.seen(
            id_keys(reference.article_id, reference.url, reference.source, "")
        )


def _file(read: tuple[int, Line, str]) -> tuple[int, str]:
    return read[1].source, read[1].file


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
