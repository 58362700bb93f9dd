"""Articles and passages of a generation in one SQLite file, opened for reading.

Written by `index.folder.catalogue_writer`.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index import links
from index.errors import DamagedError
from index.folder import replaced, spelt
from index.folder.catalogue_file import address, catalogue_errors
from index.language.facts import unpack
from index.language.folding import fold
from index.language.vocabulary import Abbreviation, Word
from index.model import (
    Article,
    Held,
    Office,
    Origin,
    Passage,
    Reference,
    Selection,
    StoredArticle,
)

REFERENCE = "articles.id, title, url, source, published, author"


class Catalogue:
    """A catalogue opened for reading, usable from any thread."""

    def __init__(self, folder: Path) -> None:
        # SQLite is compiled serialised; the connection may be shared between threads.
        self._connection = sqlite3.connect(address(folder), uri=True, check_same_thread=False)
        # Read at once, so that the file stays ours even when the generation is removed.
        self._select("SELECT count(*) FROM sqlite_master", ())
        self._connection.create_function("fold", 1, lambda text: fold(text or ""))
        self._connection.create_function("host", 1, links.host)

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """The passages of ``keys``, in the order of ``keys``. Raises DamagedError."""
        rows = self._select(
            f"SELECT key, start, length, sentences, facts, text, {REFERENCE} "
            f"FROM passages JOIN articles ON article = number WHERE key IN ({_marks(keys)})",
            list(keys),
        )
        found = {row[0]: _passage(row) for row in rows}
        missing = next((key for key in keys if key not in found), None)
        if missing is not None:
            raise DamagedError(f"The catalogue has no passage {missing}; rebuild the index.")
        return [found[key] for key in keys]

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """The articles of ``ids`` that are there, by id."""
        rows = self._select(
            f"SELECT text, {REFERENCE} FROM articles WHERE id IN ({_marks(ids)})", list(ids)
        )
        return {row[1]: Article(Reference(*row[1:]), row[0]) for row in rows}

    def every_article(self) -> Iterator[Article]:
        """All articles, in the order in which they were added."""
        query = f"SELECT text, {REFERENCE} FROM articles ORDER BY number"
        with catalogue_errors("read"):
            for row in self._connection.execute(query):
                yield Article(Reference(*row[1:]), row[0])

    def replaced(self, article_id: str) -> list[Article]:
        """The versions that an article took the place of, the newest last."""
        return replaced.of(self._select, article_id)

    def successor(self, article_id: str) -> str | None:
        """The id of the article that took the place of one which had this id."""
        return replaced.successor(self._select, article_id)

    def with_replaced(self) -> set[int]:
        """The numbers of the articles that took another's place."""
        return replaced.numbers(self._select)

    def links(self) -> list[tuple[str, str]]:
        """(id, link) of the articles that have a link, in order."""
        return self._select(
            "SELECT id, url FROM articles WHERE url IS NOT NULL ORDER BY number", ()
        )

    def copies(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """For each of ``ids``, the ids of all that may stand for it, itself too."""
        return self._together("copy", ids)

    def stories(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """For each of ``ids``, the ids of all articles that tell its story, itself too."""
        return self._together("story", ids)

    def _together(self, column: str, ids: Sequence[str]) -> dict[str, list[str]]:
        rows = self._select(
            f"SELECT one.id, other.id FROM articles AS one JOIN articles AS other USING ({column}) "
            f"WHERE one.id IN ({_marks(ids)}) ORDER BY one.number, other.published, other.number",
            list(ids),
        )
        found: dict[str, list[str]] = {}
        for one, other in rows:
            found.setdefault(one, []).append(other)
        return found

    def stories_in_all(self) -> int:
        """How many stories there are, copies and updates counted once."""
        return int(self._select("SELECT count(DISTINCT story) FROM articles", ())[0][0])

    def dated(self) -> int:
        """How many articles have a date."""
        return int(self._select("SELECT count(published) FROM articles", ())[0][0])

    def latest(self, most: int) -> list[Reference]:
        """The newest article of each story, at most ``most``; those without a date come last."""
        rows = self._select(
            f"SELECT {REFERENCE} FROM (SELECT *, row_number() OVER (PARTITION BY story "
            "ORDER BY published DESC, number DESC) AS age FROM articles) AS articles "
            "WHERE age = 1 ORDER BY published DESC, number DESC LIMIT ?",
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

    def telling(self, office: Office) -> list[int]:
        """The keys of the passages that say who holds ``office``."""
        if not office.kinds or not office.keys:
            return []
        rows = self._select(
            "SELECT passage FROM holders JOIN passages ON key = passage "
            "JOIN articles ON number = article "
            f"WHERE body IN ({_marks(office.keys)}) AND kind IN ({_marks(office.kinds)}) "
            "GROUP BY passage ORDER BY count(DISTINCT body) DESC, published IS NULL, "
            "published DESC, passage LIMIT ?",
            [*office.keys, *office.kinds, office.most],
        )
        return [key for (key,) in rows]

    def span_of_dates(self) -> tuple[str, str] | None:
        """The dates of the oldest and the newest dated article."""
        oldest, newest = self._select("SELECT min(published), max(published) FROM articles", ())[0]
        return (oldest, newest) if oldest else None

    def spellings(self, folded: Sequence[str]) -> list[Word]:
        """Those of ``folded`` that the vocabulary holds."""
        return spelt.spellings(self._select, folded)

    def words_like(self, initial: str, shortest: int, longest: int) -> list[Word]:
        """The words of an initial letter and of about a length, in letters."""
        return spelt.words_like(self._select, initial, shortest, longest)

    def abbreviations(self, forms: Sequence[str]) -> list[Abbreviation]:
        """Those whose short form, or folded long form, is one of ``forms``; commonest first."""
        return spelt.abbreviations(self._select, forms)

    def made(self) -> list[StoredArticle]:
        """What was made of each article, in the order in which they were added."""
        query = (
            "SELECT number, source_digest, digest, first, passages FROM articles ORDER BY number"
        )
        return [StoredArticle(*row) for row in self._select(query, ())]

    def held(self) -> list[Held]:
        """The articles in order, with their origins: in none of an older pullquote's catalogues."""
        known = self._select("SELECT 1 FROM sqlite_master WHERE name = 'origins'", ())
        where = "path, coalesce(raw_id, id)" if known else "NULL, NULL"
        joined = (
            "LEFT JOIN origins ON article = a.number LEFT JOIN files ON files.number = file"
            if known
            else ""
        )
        rows = self._select(
            f"SELECT a.number, source_digest, digest, first, passages, id, {where} "
            f"FROM articles AS a {joined} ORDER BY a.number",
            (),
        )
        return [
            Held(
                StoredArticle(*row[:5]),
                row[5],
                Origin(row[6], row[7]) if row[6] is not None else None,
            )
            for row in rows
        ]

    def numbered(self, number: int) -> Article:
        """The article of this number, one that `held` gave. Raises DamagedError."""
        rows = self._select(f"SELECT text, {REFERENCE} FROM articles WHERE number = ?", [number])
        if not rows:
            raise DamagedError(f"The catalogue has no article {number}; rebuild the index.")
        return Article(Reference(*rows[0][1:]), rows[0][0])

    def digests(self) -> Iterator[tuple[int, bytes]]:
        """(key, digest) of every passage, in order of keys."""
        with catalogue_errors("read"):
            yield from self._connection.execute("SELECT key, digest FROM passages ORDER BY key")

    def _select(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with catalogue_errors("read"):
            return self._connection.execute(query, values).fetchall()

    def close(self) -> None:
        self._connection.close()


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _passage(row: Sequence[Any]) -> Passage:
    key, start, length, packed, facts, text, *reference = row
    cut = text[start : start + length]
    return Passage(key, Reference(*reference), start, cut, _unpack(packed), unpack(facts))


def _unpack(packed: bytes) -> tuple[tuple[int, int], ...]:
    edges = array("I")
    edges.frombytes(packed)
    return tuple(zip(edges[::2], edges[1::2], strict=True))
