"""Articles and passages of a generation in one SQLite file. The one door to sqlite3."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from index.errors import DamagedError, StoreError
from index.model import Article, Passage, Reference
from index.passages import passage_digest

FILE = "catalogue.sqlite"

_TABLES = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, url TEXT,
    source TEXT, published TEXT, author TEXT, text TEXT NOT NULL,
    digest BLOB NOT NULL, signature BLOB NOT NULL, story INTEGER
);
CREATE TABLE passages (
    key INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles (number),
    start INTEGER NOT NULL, length INTEGER NOT NULL, sentences BLOB NOT NULL, digest BLOB NOT NULL
);
"""
_REFERENCE = "articles.id, title, url, source, published, author"


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
        row = (ref.article_id, ref.title, ref.url, ref.source, ref.published, ref.author,
               article.text, article.digest, signature)  # fmt: skip
        with _told("written"):
            number = self._connection.execute(
                "INSERT INTO articles (id, title, url, source, published, author, text, digest, "
                "signature) VALUES (?,?,?,?,?,?,?,?,?)",
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

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """The passages of ``keys``, in the order of ``keys``. Raises DamagedError."""
        marks = ",".join("?" * len(keys))
        rows = self._select(
            f"SELECT key, start, length, sentences, text, {_REFERENCE} "
            f"FROM passages JOIN articles ON article = number WHERE key IN ({marks})",
            list(keys),
        )
        found = {row[0]: _passage(row) for row in rows}
        missing = next((key for key in keys if key not in found), None)
        if missing is not None:
            raise DamagedError(f"The catalogue has no passage {missing}; rebuild the index.")
        return [found[key] for key in keys]

    def article(self, article_id: str) -> Article | None:
        rows = self._select(f"SELECT text, {_REFERENCE} FROM articles WHERE id = ?", [article_id])
        return next((Article(Reference(*row[1:]), row[0]) for row in rows), None)

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

    def latest(self, most: int) -> list[Reference]:
        """The newest ``most`` articles, one of each story; those without a date come last."""
        rows = self._select(
            f"SELECT {_REFERENCE} FROM articles GROUP BY coalesce(story, -number) "
            "ORDER BY published IS NULL, published DESC, number DESC LIMIT ?",
            [most],
        )
        return [Reference(*row) for row in rows]

    def outlets(self) -> list[tuple[str | None, int, str | None, str | None]]:
        """(outlet, articles, first date, last date), the outlet with most articles first."""
        rows = self._select(
            "SELECT source, count(*), min(published), max(published) FROM articles "
            "GROUP BY source ORDER BY count(*) DESC, source",
            (),
        )
        return [(name, count, first, last) for name, count, first, last in rows]

    def signatures(self) -> dict[bytes, bytes]:
        """The near-duplicate signature of each article, by the digest of its content."""
        return dict(self._select("SELECT digest, signature FROM articles", ()))

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
