"""The older versions of articles in the catalogue: kept to be looked up, and never found.

Texts are packed: who asks for one is rare.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

from index.errors import DamagedError
from index.model import Article, Reference

TABLE = """
CREATE TABLE replaced (
    article INTEGER NOT NULL REFERENCES articles (number), version INTEGER NOT NULL,
    id TEXT NOT NULL, title TEXT NOT NULL, url TEXT, source TEXT, published TEXT, author TEXT,
    text BLOB NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (article, version)
) WITHOUT ROWID;
"""
INDEX = "CREATE INDEX replaced_ids ON replaced (id);"

Select = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
"""What runs a query with its values."""


def row(article: int, version: int, one: Article) -> tuple[object, ...]:
    """The row of the version ``one`` of an article."""
    ref = one.reference
    packed = zlib.compress(one.text.encode())
    return (article, version, ref.article_id, ref.title, ref.url, ref.source, ref.published,
            ref.author, packed, one.digest)  # fmt: skip


def of(select: Select, article_id: str) -> list[Article]:
    """The versions that an article took the place of, the newest last. Raises DamagedError."""
    rows = select(
        "SELECT r.text, r.id, r.title, r.url, r.source, r.published, r.author FROM replaced AS r "
        "JOIN articles ON articles.number = article WHERE articles.id = ? ORDER BY version",
        [article_id],
    )
    try:
        return [Article(Reference(*row[1:]), zlib.decompress(row[0]).decode()) for row in rows]
    except (zlib.error, UnicodeDecodeError) as error:
        raise DamagedError(
            f"The older versions of {article_id} cannot be read; rebuild the index."
        ) from error


def successor(select: Select, article_id: str) -> str | None:
    """The id of the article that took the place of one which had this id."""
    rows = select(
        "SELECT articles.id FROM replaced JOIN articles ON articles.number = article "
        "WHERE replaced.id = ? ORDER BY articles.number DESC LIMIT 1",
        [article_id],
    )
    return rows[0][0] if rows else None


def numbers(select: Select) -> set[int]:
    """The numbers of the articles that took another's place."""
    return {row[0] for row in select("SELECT DISTINCT article FROM replaced", ())}
