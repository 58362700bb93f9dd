"""Articles and passages of a generation in one SQLite file. The one door to sqlite3."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from index.errors import DamagedError, StoreError
from index.model import Article, Made, Passage, Reference, Selection
from index.passages import passage_digest
from index.vocabulary import Abbreviation, Word, fold

FILE = "catalogue.sqlite"

_TABLES = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, url TEXT,
    source TEXT, published TEXT, author TEXT, text TEXT NOT NULL,
    digest BLOB NOT NULL, signature BLOB NOT NULL, story INTEGER,
    first INTEGER NOT NULL, passages INTEGER NOT NULL
);
CREATE INDEX stories ON articles (story);
CREATE TABLE passages (
    key INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles (number),
    start INTEGER NOT NULL, length INTEGER NOT NULL, sentences BLOB NOT NULL, digest BLOB NOT NULL
);
CREATE TABLE words (
    initial TEXT NOT NULL, length INTEGER NOT NULL, folded TEXT NOT NULL, shown TEXT NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY (initial, length, folded)
) WITHOUT ROWID;
CREATE TABLE abbreviations (
    short TEXT NOT NULL COLLATE NOCASE, folded TEXT NOT NULL, long TEXT NOT NULL,
    count INTEGER NOT NULL
);
"""
_INDEXES = """
CREATE INDEX shorts ON abbreviations (short);
CREATE INDEX longs ON abbreviations (folded);
"""
REFERENCE = "articles.id, title, url, source, published, author"


class CatalogueWriter:
    """Writes a new catalogue. Passages must come in the order of their keys, from 0."""

    def __init__(self, folder: Path) -> None:
        with _told("written"):
            # autocommit off: one transaction; durability comes from the fsync that seals a draft
            self._connection = sqlite3.connect(folder / FILE)
            self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            self._connection.executescript(_TABLES)

    def add(self, article: Article, passages: Sequence[Passage], signature: bytes) -> None:
        ref = article.reference
        first = passages[0].key if passages else 0
        row = (ref.article_id, ref.title, ref.url, ref.source, ref.published, ref.author,
               article.text, article.digest, signature, first, len(passages))  # fmt: skip
        with _told("written"):
            number = self._connection.execute(
                "INSERT INTO articles (id, title, url, source, published, author, text, digest, "
                "signature, first, passages) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                row,
            ).lastrowid
            self._connection.executemany(
                "INSERT INTO passages VALUES (?,?,?,?,?,?)",
                (
                    (p.key, number, p.start, len(p.text), _pack(p.sentences), passage_digest(p))
                    for p in passages
                ),
            )

    def signatures(self) -> list[bytes]:
        """The near-duplicate signatures, in order of articles."""
        with _told("read"):
            rows = self._connection.execute("SELECT signature FROM articles ORDER BY number")
            return [row[0] for row in rows]

    def set_stories(self, stories: Sequence[int]) -> None:
        """Give each article, in order, the position (from 0) of the first of its story."""
        with _told("written"):
            self._connection.executemany(
                "UPDATE articles SET story = ? WHERE number = ?",
                ((first + 1, number) for number, first in enumerate(stories, 1)),
            )

    def set_vocabulary(self, words: Iterable[Word], short: Iterable[Abbreviation]) -> None:
        with _told("written"):
            self._connection.executemany(
                "INSERT INTO words VALUES (?,?,?,?,?)",
                ((w.folded[0], len(w.folded), w.folded, w.shown, w.count) for w in words),
            )
            self._connection.executemany(
                "INSERT INTO abbreviations VALUES (?,?,?,?)",
                ((a.short, fold(a.long), a.long, a.count) for a in short),
            )
            self._connection.executescript(_INDEXES)

    def close(self) -> None:
        with _told("written"):
            self._connection.commit()
            self._connection.close()


class Catalogue:
    """A catalogue opened for reading, usable from any thread."""

    def __init__(self, folder: Path) -> None:
        uri = f"file:{quote(str((folder / FILE).resolve()))}?mode=ro&immutable=1"
        # SQLite is compiled serialised; the connection may be shared between threads.
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        # Read at once, so that the file stays ours even when the generation is removed.
        self._select("SELECT count(*) FROM sqlite_master", ())
        self._connection.create_function("fold", 1, lambda text: fold(text or ""))
        self._connection.create_function("host", 1, lambda url: urlsplit(url or "").hostname)

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """The passages of ``keys``, in the order of ``keys``. Raises DamagedError."""
        marks = ",".join("?" * len(keys))
        rows = self._select(
            f"SELECT key, start, length, sentences, text, {REFERENCE} "
            f"FROM passages JOIN articles ON article = number WHERE key IN ({marks})",
            list(keys),
        )
        found = {row[0]: _passage(row) for row in rows}
        missing = next((key for key in keys if key not in found), None)
        if missing is not None:
            raise DamagedError(f"The catalogue has no passage {missing}; rebuild the index.")
        return [found[key] for key in keys]

    def article(self, article_id: str) -> Article | None:
        rows = self._select(f"SELECT text, {REFERENCE} FROM articles WHERE id = ?", [article_id])
        return next((Article(Reference(*row[1:]), row[0]) for row in rows), None)

    def articles(self) -> Iterator[Article]:
        """Every article, in the order in which they were added."""
        query = f"SELECT text, {REFERENCE} FROM articles ORDER BY number"
        with _told("read"):
            for row in self._connection.execute(query):
                yield Article(Reference(*row[1:]), row[0])

    def story(self, article_id: str) -> list[str]:
        """The ids of all articles that tell this article's story (near-duplicates), itself too."""
        rows = self._select(
            "SELECT other.id FROM articles AS one JOIN articles AS other USING (story) "
            "WHERE one.id = ? ORDER BY other.number",
            [article_id],
        )
        return [row[0] for row in rows]

    def stories(self) -> int:
        """How many stories there are, near-duplicates counted once."""
        return int(self._select("SELECT count(DISTINCT story) FROM articles", ())[0][0])

    def select(self, selection: Selection) -> list[tuple[int, int]]:
        """The passages of the articles that meet ``selection``: (first key, count) of each."""
        conditions, values = ["passages > 0"], list[object]()
        for condition, value in (
            ("published >= ?", selection.since),
            ("published < ?", selection.before),
            ("id = ?", selection.article_id),
            *(("instr(fold(coalesce(source, '') || ' ' || coalesce(host(url), '')), ?)", fold(name))
              for name in selection.sources),
            *(("instr(fold(title), ?)", fold(title)) for title in selection.titles),
        ):  # fmt: skip
            if value is not None:
                conditions.append(condition)
                values.append(value)
        return self._select(
            f"SELECT first, passages FROM articles WHERE {' AND '.join(conditions)} ORDER BY first",
            values,
        )

    def span_of_dates(self) -> tuple[str, str] | None:
        """The dates of the oldest and the newest dated article."""
        oldest, newest = self._select("SELECT min(published), max(published) FROM articles", ())[0]
        return (oldest, newest) if oldest else None

    def known_words(self, folded: Sequence[str]) -> list[Word]:
        """Those of ``folded`` that the vocabulary holds."""
        query = "SELECT folded, shown, count FROM words WHERE (initial, length, folded) = (?,?,?)"
        keys = [(word[0], len(word), word) for word in folded if word]
        rows = [row for key in keys for row in self._select(query, key)]
        return [Word(*row) for row in rows]

    def words_like(self, initial: str, shortest: int, longest: int) -> list[Word]:
        """The words of an initial letter and of about a length, in letters."""
        rows = self._select(
            "SELECT folded, shown, count FROM words WHERE initial = ? AND length BETWEEN ? AND ?",
            [initial, shortest, longest],
        )
        return [Word(*row) for row in rows]

    def abbreviations(self, forms: Sequence[str]) -> list[Abbreviation]:
        """Those whose short form, or folded long form, is one of ``forms``; commonest first."""
        marks = ",".join("?" * len(forms))
        rows = self._select(
            f"SELECT short, long, count FROM abbreviations WHERE short IN ({marks}) "
            f"OR folded IN ({marks}) ORDER BY count DESC, short, folded",
            [*forms, *forms],
        )
        return [Abbreviation(*row) for row in rows]

    def made(self) -> dict[bytes, Made]:
        """What was made of each article, by the digest of its content."""
        rows = self._select("SELECT digest, signature, first, passages FROM articles", ())
        return {digest: Made(*made) for digest, *made in rows}

    def digests(self) -> Iterator[tuple[int, bytes]]:
        """(key, digest) of every passage, in order of keys."""
        with _told("read"):
            yield from self._connection.execute("SELECT key, digest FROM passages ORDER BY key")

    def _select(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with _told("read"):
            return self._connection.execute(query, values).fetchall()

    def close(self) -> None:
        self._connection.close()


@contextmanager
def _told(verb: str) -> Iterator[None]:
    """SQLite's errors as ours: a full disk or a damaged file is not a traceback."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        kind = StoreError if verb == "written" else DamagedError
        raise kind(f"The catalogue cannot be {verb}: {error}.") from error


def _passage(row: Sequence[Any]) -> Passage:
    key, start, length, packed, text, *reference = row
    cut = text[start : start + length]
    return Passage(key, Reference(*reference), start, cut, _unpack(packed))


def _pack(bounds: Sequence[tuple[int, int]]) -> bytes:
    return array("I", [edge for bound in bounds for edge in bound]).tobytes()


def _unpack(packed: bytes) -> tuple[tuple[int, int], ...]:
    edges = array("I")
    edges.frombytes(packed)
    return tuple(zip(edges[::2], edges[1::2], strict=True))
