"""Articles and passages of a generation in one SQLite file. The one door to sqlite3."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from index.errors import DamagedError
from index.model import Article, Passage, Reference

FILE = "catalogue.sqlite"

_TABLES = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, url TEXT,
    source TEXT, published TEXT, text TEXT NOT NULL
);
CREATE TABLE passages (
    key INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles (number),
    start INTEGER NOT NULL, length INTEGER NOT NULL, sentences BLOB NOT NULL
);
"""
_REFERENCE = "articles.id, title, url, source, published"


class CatalogueWriter:
    """Writes a new catalogue. Passages must come in the order of their keys."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / FILE)
        # Durability comes from the fsync that seals a generation, not from SQLite's journal.
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        self._connection.executescript(_TABLES)

    def add(self, article: Article, passages: Sequence[Passage]) -> None:
        ref = article.reference
        row = (ref.article_id, ref.title, ref.url, ref.source, ref.published, article.text)
        number = self._connection.execute(
            "INSERT INTO articles (id, title, url, source, published, text) VALUES (?,?,?,?,?,?)",
            row,
        ).lastrowid
        self._connection.executemany(
            "INSERT INTO passages VALUES (?,?,?,?,?)",
            ((p.key, number, p.start, len(p.text), _pack(p.sentences)) for p in passages),
        )

    def close(self) -> None:
        self._connection.commit()
        self._connection.close()


class Catalogue:
    """A catalogue opened for reading, usable from any thread."""

    def __init__(self, folder: Path) -> None:
        uri = f"file:{quote(str((folder / FILE).resolve()))}?mode=ro&immutable=1"
        # SQLite is compiled serialised; the connection may be shared between threads.
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)

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

    def articles(self) -> Iterator[Article]:
        """All articles, in the order in which they were added."""
        for row in self._connection.execute(
            f"SELECT text, {_REFERENCE} FROM articles ORDER BY number"
        ):
            yield Article(Reference(*row[1:]), row[0])

    def _select(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise DamagedError(f"The catalogue cannot be read ({error}); rebuild it.") from error

    def close(self) -> None:
        self._connection.close()


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
