"""A generation opened for reading, its files checked against the manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path

import numpy as np

from index.errors import DamagedError
from index.folder import dense as dense_file
from index.folder import manifest as manifest_file
from index.folder.catalogue import Catalogue
from index.folder.dense import DenseIndex
from index.folder.journal import KnownVectors
from index.folder.lexical import LexicalIndex
from index.folder.selecting import Keys, Selector
from index.language.vocabulary import Abbreviation, Word
from index.model import (
    Article,
    Held,
    Manifest,
    Office,
    Passage,
    Query,
    Reference,
    Scored,
    Selection,
    StoredArticle,
)
from index.texts import Outlet

_DENSE = (dense_file.FILE, dense_file.VECTORS)


class FolderGeneration:
    """A generation in a folder. Raises SchemaError or DamagedError.

    A damaged dense index leaves a generation that searches by words and says so; any other
    damage refuses it. ``stamp`` is a file that remembers which state of the files was checked.
    """

    def __init__(self, folder: Path, stamp: Path | None = None) -> None:
        self.manifest: Manifest = manifest_file.read(folder)
        faults = check(self.manifest, folder, stamp)
        spoilt = [name for name in _DENSE if name in faults]
        self.dense_fault: str | None = None
        if spoilt:
            self.dense_fault = f"the dense index is damaged ({spoilt[0]} {faults[spoilt[0]]})"
        other = next((name for name in faults if name not in _DENSE), None)
        if other:
            raise DamagedError(
                f"{folder / other} {faults[other]}; rebuild the index: pullquote index build"
            )
        count, dim = self.manifest.passages, self.manifest.encoder.dim
        self.folder = folder
        self._catalogue = Catalogue(folder)
        self._lexical = LexicalIndex(folder, count)
        self._dense = None if spoilt else DenseIndex(folder, count, dim, self.manifest.dense)
        self._selector = Selector(self._catalogue, self._lexical)
        self.lexicon = FolderLexicon(self._catalogue, self._lexical)

    def search(self, query: Query) -> list[Scored]:
        among = self._selector.keys(query.selection)
        keys, scores = self._lexical.search(query.words, query.depth, among)
        worded: dict[int, float] = dict(zip(keys.tolist(), scores.tolist(), strict=True))
        cosines: dict[int, float] = {}
        if query.vector is not None:
            dense = self._searchable()
            near, _ = dense.search(query.vector, query.depth, among)
            keys = np.union1d(near, keys)
            cosines = dict(
                zip(keys.tolist(), dense.cosines(query.vector, keys).tolist(), strict=True)
            )
        telling = np.array(self._telling(query.office, among), np.int64)
        if query.vector is not None and len(telling):
            known = self._searchable().cosines(query.vector, telling)
            cosines |= dict(zip(telling.tolist(), known.tolist(), strict=True))
        keys = np.union1d(keys, telling)
        tell = set(telling.tolist())
        held = self._lexical.in_articles(query.sought, keys)
        return [
            Scored(key, cosines.get(key), worded.get(key),
                   frozenset(compress(query.sought, column)), key in tell)
            for key, column in zip(keys.tolist(), held.T, strict=True)
        ]  # fmt: skip

    def _telling(self, office: Office | None, among: Keys | None) -> list[int]:
        found = self._catalogue.telling(office) if office else []
        return found if among is None else np.intersect1d(found, among).tolist()

    def _searchable(self) -> DenseIndex:
        if self._dense is None:
            raise DamagedError(f"{self.dense_fault}; rebuild it: pullquote index build")
        return self._dense

    def any_of(self, selections: Sequence[Selection]) -> list[bool]:
        keys = map(self._selector.keys, selections)
        return [self.manifest.passages > 0 if one is None else len(one) > 0 for one in keys]

    def span_of_dates(self) -> tuple[str, str] | None:
        return self._catalogue.span_of_dates()

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        return self._catalogue.passages(keys)

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        return self._catalogue.articles(ids)

    def every_article(self) -> Iterator[Article]:
        return self._catalogue.every_article()

    def replaced(self, article_id: str) -> list[Article]:
        return self._catalogue.replaced(article_id)

    def successor(self, article_id: str) -> str | None:
        return self._catalogue.successor(article_id)

    def copies(self, ids: Sequence[str]) -> dict[str, list[str]]:
        return self._catalogue.copies(ids)

    def stories(self, ids: Sequence[str]) -> dict[str, list[str]]:
        return self._catalogue.stories(ids)

    def stories_in_all(self) -> int:
        return self._catalogue.stories_in_all()

    def dated(self) -> int:
        return self._catalogue.dated()

    def latest(self, most: int) -> list[Reference]:
        return self._catalogue.latest(most)

    def outlets(self) -> list[Outlet]:
        return self._catalogue.outlets()

    def made(self) -> list[StoredArticle]:
        """What was made of each article, for the next generation to take over."""
        return self._catalogue.made()

    def held(self) -> list[Held]:
        """The articles with their origins, for the next generation to keep."""
        return self._catalogue.held()

    def with_replaced(self) -> set[int]:
        """The numbers of the articles that took another's place."""
        return self._catalogue.with_replaced()

    def links(self) -> list[tuple[str, str]]:
        return self._catalogue.links()

    def numbered(self, number: int) -> Article:
        return self._catalogue.numbered(number)

    def known_vectors(self) -> KnownVectors:
        """The vectors, for the next generation to take over."""
        keys = {digest: key for key, digest in self._catalogue.digests()}
        file = self.folder / dense_file.VECTORS
        rows = dense_file.open_vectors(file, self.manifest.passages, self.manifest.encoder.dim)
        return KnownVectors(keys, rows)

    def close(self) -> None:
        self._catalogue.close()


class FolderLexicon:
    """The words of a generation in a folder."""

    def __init__(self, catalogue: Catalogue, lexical: LexicalIndex) -> None:
        self._catalogue, self._lexical = catalogue, lexical

    def frequencies(self, words: Sequence[str]) -> list[int]:
        return [self._lexical.frequency(word) for word in words]

    def spellings(self, folded: Sequence[str]) -> list[Word]:
        return self._catalogue.spellings(folded)

    def words_like(self, initial: str, shortest: int, longest: int) -> list[Word]:
        return self._catalogue.words_like(initial, shortest, longest)

    def abbreviations(self, forms: Sequence[str]) -> list[Abbreviation]:
        return self._catalogue.abbreviations(forms)


def check(manifest: Manifest, folder: Path, stamp: Path | None = None) -> dict[str, str]:
    """The files that do not match the manifest, each with what is wrong.

    Reading a large index only to check it takes seconds. A file that has the size, the time and
    the inode that it had when its content was last checked is taken as unchanged; without a
    ``stamp``, everything is read.
    """
    before = _load(stamp)
    now = {name: _state(folder / name) for name in manifest.files}
    changed = {n: e for n, e in manifest.files.items() if now[n] is None or before.get(n) != now[n]}
    faults = manifest_file.faults(changed, folder)
    if stamp and not faults and before != now:
        try:
            stamp.parent.mkdir(exist_ok=True)
            stamp.write_text(json.dumps(now), encoding="utf-8")
        except OSError:
            pass  # a read-only index is checked in full each time
    return faults


def _state(file: Path) -> list[int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def _load(stamp: Path | None) -> dict[str, list[int]]:
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8"))) if stamp else {}
    except (OSError, ValueError, TypeError):
        return {}
