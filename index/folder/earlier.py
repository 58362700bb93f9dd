"""What the last generation made of each article, for the next one to take over or to keep.

Most of an archive is the same from one day to the next; cleaning it, splitting it and counting its
words is most of what a build costs that embeds little.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from index import links
from index.folder.generation import FolderGeneration
from index.folder.journal import KnownVectors
from index.model import Article, EncoderCard, Held, StoredArticle


class Earlier:
    """The articles of ``before`` that were not taken over yet; none unless made by ``recipe``.

    Whatever the recipe, `under` and `unplaced` tell what it held, and `kept` gives it.
    """

    def __init__(self, before: FolderGeneration | None, recipe: Mapping[str, Any]) -> None:
        self._last = before
        self._before = before if before and before.manifest.recipe == recipe else None
        made = self._before.made() if self._before else []
        self._left = {one.number: one for one in made}
        self._same: dict[bytes, list[StoredArticle]] = {}
        for one in reversed(made):
            self._same.setdefault(one.source, []).append(one)
            self._same.setdefault(one.digest, []).append(one)

    @property
    def folder(self) -> Path | None:
        """Where they lie."""
        return self._before.folder if self._before else None

    @property
    def passages(self) -> int:
        """How many passages all of them have, taken over or not."""
        return self._before.manifest.passages if self._before else 0

    @property
    def articles(self) -> int:
        """How many articles were published, by whatever recipe."""
        return self._last.manifest.articles if self._last else 0

    def vectors(self, card: EncoderCard) -> KnownVectors | None:
        """All vectors, if they were made by this very encoder and are unharmed."""
        last = self._last
        same = last and last.manifest.encoder == card and not last.dense_fault
        return last.known_vectors() if last and same else None

    def find(self, digest: bytes) -> StoredArticle | None:
        """One with this digest, of its content or of what it was made of."""
        same = self._same.get(digest, [])
        while same and same[-1].number not in self._left:
            same.pop()
        return same[-1] if same else None

    def take(self, made: StoredArticle) -> None:
        """Remember that ``made`` was taken over: once each."""
        del self._left[made.number]

    def left(self) -> Iterator[str]:
        """The texts of the passages of those that were not."""
        for made in self._left.values():
            if self._before is not None:
                keys = range(made.first, made.first + made.passages)
                yield from (passage.text for passage in self._before.passages(keys))

    def under(self, place: str) -> Sequence[Held]:
        """All that was read from the file ``place``, or from the files below that folder."""
        files, names = self._by_file
        found = list(files.get(place, ()))
        below = bisect_left(names, f"{place}/")
        while below < len(names) and names[below].startswith(f"{place}/"):
            found += files[names[below]]
            below += 1
        return sorted(found, key=lambda held: held.made.number)

    def unplaced(self) -> Sequence[Held]:
        """Those of which it is not known where they were read."""
        return [held for held in self._held if held.origin is None]

    def as_it_was(self, held: Held) -> Article | StoredArticle:
        """What `Draft` takes to keep an article as it was: the text itself, to be split anew, when
        it was made by another recipe, or when its passages were taken over by another."""
        if held.made.number in self._left:
            return held.made
        assert self._last is not None  # which ``held`` is of
        return self._last.numbered(held.made.number)

    def article(self, made: StoredArticle) -> Article:
        """The text of which ``made`` was made."""
        assert self._last is not None  # which ``made`` is of
        return self._last.numbered(made.number)

    def replaced(self, made: StoredArticle) -> Sequence[Article]:
        """What it took the place of, the newest last."""
        if self._last is None or made.number not in self._with_replaced:
            return []
        return self._last.replaced(self.article(made).reference.article_id)

    def versions(self, article_id: str, url: str | None) -> list[Article]:
        """What had this id, or else a link to the same page, and what that took the place of: the
        newest last."""
        page = links.page(url)
        for one in filter(None, (article_id, self._pages.get(page) if page else None)):
            found = self._last.articles([one]).get(one) if self._last else None
            if self._last and found:
                return [*self._last.replaced(one), found]
        return []

    def lost(self, ids: Collection[str], digests: Collection[bytes]) -> list[str]:
        """The ids of all that is neither among ``ids`` nor, by its content, among ``digests``."""
        return [
            held.article_id
            for held in self._held
            if held.article_id not in ids and held.made.digest not in digests
        ]

    @property
    def at_most_lost(self) -> int:
        """No more than these can be lost, which costs nothing to know."""
        return len(self._left) if self._before else self.articles

    @cached_property
    def _with_replaced(self) -> set[int]:
        return self._last.with_replaced() if self._last else set()

    @cached_property
    def _pages(self) -> dict[str, str]:
        """The id of an article by the page that its link leads to."""
        held = self._last.links() if self._last else []
        return {page: one for one, url in held if (page := links.page(url))}

    @cached_property
    def _held(self) -> list[Held]:
        return self._last.held() if self._last else []

    @cached_property
    def _by_file(self) -> tuple[dict[str, list[Held]], list[str]]:
        files: dict[str, list[Held]] = {}
        for held in self._held:
            if held.origin:
                files.setdefault(held.origin.file, []).append(held)
        return files, sorted(files)
