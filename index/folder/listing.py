"""The articles of a generation as lists, for who has no question."""

from __future__ import annotations

from index.folder.catalogue import REFERENCE, Catalogue
from index.model import Reference


class Listing(Catalogue):
    """A catalogue that can also be looked through."""

    def latest(self, most: int) -> list[Reference]:
        """The newest ``most`` articles, one of each story; those without a date come last."""
        rows = self._select(
            f"SELECT {REFERENCE} FROM articles GROUP BY coalesce(story, -number) "
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
