"""Writes the catalogue that `index.folder.catalogue` reads, and copies from an earlier one."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.articles.passages import passage_digest
from index.folder import replaced
from index.folder.catalogue import REFERENCE
from index.folder.catalogue_file import FILE, address, catalogue_errors
from index.language.facts import held_in, pack
from index.language.folding import fold
from index.language.vocabulary import Abbreviation, Word
from index.model import Article, Origin, Passage, Reference, StoredArticle
from index.texts import Grouping

_TABLES = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, url TEXT,
    source TEXT, published TEXT, author TEXT, text TEXT NOT NULL,
    source_digest BLOB NOT NULL, digest BLOB NOT NULL, signature BLOB NOT NULL,
    copy INTEGER, story INTEGER,
    first INTEGER NOT NULL, passages INTEGER NOT NULL
);
CREATE TABLE passages (
    key INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles (number),
    start INTEGER NOT NULL, length INTEGER NOT NULL, sentences BLOB NOT NULL, digest BLOB NOT NULL,
    facts TEXT NOT NULL
);
CREATE TABLE holders (
    body TEXT NOT NULL, kind TEXT NOT NULL, passage INTEGER NOT NULL REFERENCES passages (key)
);
CREATE TABLE files (number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE origins (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    file INTEGER NOT NULL REFERENCES files (number), raw_id TEXT
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
CREATE INDEX copies ON articles (copy);
CREATE INDEX stories ON articles (story);
CREATE INDEX held ON holders (body, kind, passage);
CREATE INDEX telling ON holders (passage);
CREATE INDEX shorts ON abbreviations (short);
CREATE INDEX longs ON abbreviations (folded);
"""


class CatalogueWriter:
    """Writes a new catalogue. Passages must come in the order of their keys, from 0.

    ``earlier``: the folder of the generation that `copy` takes articles from.
    """

    def __init__(self, folder: Path, earlier: Path | None = None) -> None:
        with catalogue_errors("written"):
            # autocommit off: one transaction; durability comes from the fsync that seals a draft
            self._connection = sqlite3.connect(folder / FILE, uri=True)
            self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            self._connection.executescript(_TABLES + replaced.TABLE)
            if earlier is not None:
                self._connection.execute("ATTACH ? AS earlier", [address(earlier)])
        self._files: dict[str, int] = {}
        self._origins: list[tuple[int | None, int, str | None]] = []

    def add(
        self,
        article: Article,
        source: bytes,
        passages: Sequence[Passage],
        signature: bytes,
        origin: Origin | None = None,
    ) -> None:
        """Add an article with the digest of its ``source``, and its passages."""
        ref = article.reference
        first = passages[0].key if passages else 0
        row = (ref.article_id, ref.title, ref.url, ref.source, ref.published, ref.author,
               article.text, source, article.digest, signature, first, len(passages))  # fmt: skip
        with catalogue_errors("written"):
            number = self._connection.execute(
                "INSERT INTO articles (id, title, url, source, published, author, text, "
                "source_digest, digest, signature, first, passages) "
                "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                row,
            ).lastrowid
            self._connection.executemany(
                "INSERT INTO passages VALUES (?,?,?,?,?,?,?)",
                (
                    (
                        p.key,
                        number,
                        p.start,
                        len(p.text),
                        _pack(p.sentences),
                        passage_digest(p),
                        pack(p.facts),
                    )
                    for p in passages
                ),
            )
            self._connection.executemany(
                "INSERT INTO holders VALUES (?,?,?)",
                ((body, kind, p.key) for p in passages for body, kind in held_in(p.facts)),
            )
            self._place(number, ref.article_id, origin)

    def copy(
        self,
        article_id: str,
        source: bytes,
        made: StoredArticle,
        first: int,
        origin: Origin | None = None,
    ) -> None:
        """Add an article of the earlier catalogue under this id; its first passage gets the key
        ``first``."""
        with catalogue_errors("written"):
            number = self._connection.execute(
                "INSERT INTO articles (id, title, url, source, published, author, text, "
                "source_digest, digest, signature, first, passages) "
                "SELECT ?, title, url, source, published, author, text, "
                "?, digest, signature, ?, passages FROM earlier.articles WHERE number = ?",
                [article_id, source, first, made.number],
            ).lastrowid
            self._connection.execute(
                "INSERT INTO passages SELECT key + ?, ?, start, length, sentences, digest, facts "
                "FROM earlier.passages WHERE key >= ? AND key < ? ORDER BY key",
                [first - made.first, number, made.first, made.first + made.passages],
            )
            self._connection.execute(
                "INSERT INTO holders SELECT body, kind, passage + ? FROM earlier.holders "
                "WHERE passage >= ? AND passage < ?",
                [first - made.first, made.first, made.first + made.passages],
            )
            self._place(number, article_id, origin)

    def _place(self, number: int | None, article_id: str, origin: Origin | None) -> None:
        if origin is None:
            return
        file = self._files.setdefault(origin.file, len(self._files) + 1)
        raw_id = origin.raw_id if origin.raw_id != article_id else None
        self._origins.append((number, file, raw_id))

    def remember(self, article_id: str, versions: Sequence[Article]) -> None:
        """Keep the versions that an article took the place of, the newest last."""
        with catalogue_errors("written"):
            (number,) = self._connection.execute(
                "SELECT number FROM articles WHERE id = ?", [article_id]
            ).fetchone()
            self._connection.executemany(
                "INSERT INTO replaced VALUES (?,?,?,?,?,?,?,?,?,?)",
                (replaced.row(number, version, one) for version, one in enumerate(versions, 1)),
            )

    def present(self) -> tuple[set[str], set[bytes]]:
        """The ids and the digests of the articles so far, and of those that they replaced."""
        with catalogue_errors("read"):
            rows = self._connection.execute(
                "SELECT id, digest FROM articles UNION SELECT id, digest FROM replaced"
            ).fetchall()
        return {row[0] for row in rows}, {row[1] for row in rows}

    def group(self, grouped: Grouping) -> None:
        """Give each article the number of the first of its copies, and of its story."""
        with catalogue_errors("read"):
            rows = self._connection.execute(
                "SELECT signature, published FROM articles ORDER BY number"
            ).fetchall()
        copies, stories = grouped([row[0] for row in rows], [row[1] for row in rows], self._article)
        with catalogue_errors("written"):
            self._connection.executemany(
                "UPDATE articles SET copy = ?, story = ? WHERE number = ?",
                (
                    (copy + 1, story + 1, number)
                    for number, (copy, story) in enumerate(zip(copies, stories, strict=True), 1)
                ),
            )

    def _article(self, position: int) -> Article:
        with catalogue_errors("read"):
            text, *reference = self._connection.execute(
                f"SELECT text, {REFERENCE} FROM articles WHERE number = ?", [position + 1]
            ).fetchone()
        return Article(Reference(*reference), text)

    def set_origins(self) -> None:
        """Write where the articles were read: late, as most builds find nothing new."""
        with catalogue_errors("written"):
            files = ((number, path) for path, number in self._files.items())
            self._connection.executemany("INSERT INTO files VALUES (?,?)", files)
            self._connection.executemany("INSERT INTO origins VALUES (?,?,?)", self._origins)

    def set_vocabulary(self, words: Iterable[Word], short: Iterable[Abbreviation]) -> None:
        with catalogue_errors("written"):
            self._connection.executemany(
                "INSERT INTO words VALUES (?,?,?,?,?)",
                ((w.folded[0], len(w.folded), w.folded, w.shown, w.count) for w in words),
            )
            self._connection.executemany(
                "INSERT INTO abbreviations VALUES (?,?,?,?)",
                ((a.short, fold(a.long), a.long, a.count) for a in short),
            )
            self._connection.executescript(_INDEXES + replaced.INDEX)

    def close(self) -> None:
        with catalogue_errors("written"):
            self._connection.commit()
            self._connection.close()


def _pack(bounds: Sequence[tuple[int, int]]) -> bytes:
    return array("I", [edge for bound in bounds for edge in bound]).tobytes()
