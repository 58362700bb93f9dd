"""A store in a folder.

    INDEX/CURRENT                    the id of the published generation, one line
    INDEX/generations/ID/            manifest.json, catalogue.sqlite, dense.faiss, lexical.*
    INDEX/drafts/ID/                 the same, being written; nobody reads it
    INDEX/build.lock                 held by the one builder

Publishing replaces CURRENT: one rename, so a crash at any moment leaves one generation or the
other, never a mixture.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from index import dense as dense_file
from index import manifest as manifest_file
from index.catalogue import FILE as CATALOGUE
from index.catalogue import Catalogue, CatalogueWriter
from index.errors import BusyError, DamagedError, NoIndexError, StoreError
from index.lexical import FILES as LEXICAL
from index.lexical import LexicalBuilder, LexicalIndex
from index.model import Article, Manifest, Passage
from index.words import words


class LocalGeneration:
    """A generation opened for reading; its files were checked against the manifest."""

    def __init__(self, folder: Path) -> None:
        self.manifest = manifest_file.read(folder)
        faults = manifest_file.faults(self.manifest, folder)
        self.dense_fault: str | None = None
        if dense_file.FILE in faults:
            fault = faults.pop(dense_file.FILE)
            self.dense_fault = f"the dense index {fault.removeprefix('its content ')}"
        if faults:
            name, fault = next(iter(faults.items()))
            raise DamagedError(f"{folder / name}: {fault}; rebuild it: pullquote index build")
        self._catalogue = Catalogue(folder)
        self._lexical = LexicalIndex(folder, self.manifest.passages)
        self._dense = None if self.dense_fault else dense_file.DenseIndex(folder)

    def dense(
        self, vector: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        if self._dense is None:
            raise DamagedError(f"{self.dense_fault}; rebuild it: pullquote index build")
        return self._dense.search(vector, k)

    def lexical(
        self, words: Sequence[str], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        return self._lexical.search(words, k)

    def frequency(self, word: str) -> int:
        return self._lexical.frequency(word)

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        return self._catalogue.passages(keys)

    def article(self, article_id: str) -> Article | None:
        return self._catalogue.article(article_id)


class LocalDraft:
    """A generation being written in INDEX/drafts."""

    def __init__(self, store: LocalStore, manifest: Manifest) -> None:
        self._store, self._manifest = store, manifest
        self._folder = store.root / "drafts" / manifest.generation
        self._folder.mkdir(parents=True)
        self._catalogue = CatalogueWriter(self._folder)
        self._lexical = LexicalBuilder()
        self._articles = self._passages = 0

    def add(self, article: Article, passages: Sequence[Passage]) -> None:
        self._catalogue.add(article, passages)
        for passage in passages:
            self._lexical.add(words(f"{passage.reference.title}\n{passage.text}"))
        self._articles += 1
        self._passages += len(passages)

    def seal(self, vectors: NDArray[np.float32]) -> str:
        if len(vectors) != self._passages:
            raise StoreError(f"{len(vectors)} vectors for {self._passages} passages; build again.")
        self._catalogue.close()
        self._lexical.write(self._folder)
        dense_file.write(vectors, self._folder)
        names = (CATALOGUE, dense_file.FILE, *LEXICAL)
        files = {name: manifest_file.checksum(self._folder / name) for name in names}
        manifest = replace(
            self._manifest, articles=self._articles, passages=self._passages, files=files
        )
        manifest_file.write(manifest, self._folder)
        for file in self._folder.iterdir():
            _sync(file)
        _sync(self._folder)
        self._check()
        target = self._store.root / "generations" / manifest.generation
        target.parent.mkdir(exist_ok=True)
        os.rename(self._folder, target)
        _sync(target.parent)
        return manifest.generation

    def _check(self) -> None:
        """Reopen what was written, as a reader would."""
        generation = LocalGeneration(self._folder)
        if generation.dense_fault:
            raise DamagedError(f"{generation.dense_fault}: the disk lost what was written to it.")
        generation.passages([self._passages - 1])

    def discard(self) -> None:
        self._catalogue.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class LocalStore:
    """The generations in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> str | None:
        try:
            return (self.root / "CURRENT").read_text(encoding="utf-8").strip() or None
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise DamagedError(f"{self.root / 'CURRENT'} cannot be read: {error}.") from error

    def open(self, generation: str) -> LocalGeneration:
        folder = self.root / "generations" / generation
        if not folder.is_dir():
            raise DamagedError(
                f"{folder}: the published generation is missing; rebuild it: pullquote index build"
            )
        return LocalGeneration(folder)

    def open_current(self) -> LocalGeneration:
        """The published generation. Raises NoIndexError when there is none."""
        generation = self.current()
        if generation is None:
            raise NoIndexError(f"No index in {self.root}; build one: pullquote index build FOLDER")
        return self.open(generation)

    def generations(self) -> list[str]:
        folder = self.root / "generations"
        return sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []

    def draft(self, manifest: Manifest) -> LocalDraft:
        return LocalDraft(self, manifest)

    def publish(self, generation: str) -> None:
        temporary = self.root / "CURRENT.new"
        temporary.write_text(generation + "\n", encoding="utf-8")
        _sync(temporary)
        os.replace(temporary, self.root / "CURRENT")
        _sync(self.root)

    def lock(self) -> FileLock:
        """The builder's lock, taken. The system releases it when its holder dies."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / "build.lock")
            lock.acquire(timeout=0)
        except Timeout as error:
            raise BusyError(
                f"Another process is building the index in {self.root}; wait for it to end."
            ) from error
        except OSError as error:
            raise StoreError(f"{self.root}: cannot be written: {error.strerror}") from error
        return lock


def new_generation_id() -> str:
    """Sorts by time of creation."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
