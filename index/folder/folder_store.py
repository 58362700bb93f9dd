"""A store in a folder.

    INDEX/CURRENT                    the id of the published generation, one line
    INDEX/generations/ID/            manifest.json, catalogue.sqlite, vectors.f32, dense.faiss,
                                     lexical.*, vocabulary.json
    INDEX/checked/ID.json            which state of those files was last checked
    INDEX/drafts/ID/                 a generation being written; nobody reads it
    INDEX/embedded/                  vectors of builds that were not published yet
    INDEX/added/                     articles that were added by address or by file
    INDEX/build.lock                 held by the one builder

Publishing replaces CURRENT: one rename, so a crash at any moment leaves one generation or the
other, never a mixture.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index import durable
from index.errors import BusyError, DamagedError, NoIndexError, StoreError
from index.folder import manifest as manifest_file
from index.folder.catalogue import Catalogue
from index.folder.draft import FolderDraft
from index.folder.earlier import Earlier
from index.folder.generation import FolderGeneration, check
from index.model import Manifest
from index.store import Draft


class FolderStore:
    """The generations in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name, self.added = str(root), root / "added"

    def current(self) -> str | None:
        """The id of the published generation; None when there is none."""
        try:
            return (self.root / "CURRENT").read_text(encoding="utf-8").strip() or None
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise DamagedError(f"{self.root / 'CURRENT'} cannot be read: {error}.") from error

    def require_current(self) -> str:
        """Like `current`; raises NoIndexError when nothing is published."""
        current = self.current()
        if current is None:
            raise NoIndexError(f"No index in {self.root}; build one: pullquote index build FOLDER")
        return current

    def open(self, generation: str) -> FolderGeneration:
        """Raises SchemaError or DamagedError."""
        return FolderGeneration(self._folder(generation), self._stamp(generation))

    def open_current(self) -> FolderGeneration:
        return self.open(self.require_current())

    def texts(self, generation: str) -> Catalogue:
        """The articles of a generation alone. Raises DamagedError."""
        return Catalogue(self._folder(generation))

    def manifest(self, generation: str) -> Manifest:
        return manifest_file.read(self._folder(generation))

    def generations(self) -> list[str]:
        """All sealed generations, oldest first."""
        folder = self.root / "generations"
        return sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []

    def faults(self, generation: str) -> dict[str, str]:
        """Read every file of a generation: those that differ from the manifest, and how."""
        folder = self._folder(generation)
        return check(manifest_file.read(folder), folder)

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the builder's lock. The system releases it when its holder dies."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / "build.lock")
            lock.acquire(timeout=0)
        except Timeout as error:
            raise BusyError(
                f"Another process is building the index in {self.root}; wait for it to end."
            ) from error
        except OSError as error:
            raise StoreError(f"{self.root}: cannot be written: {error.strerror}.") from error
        try:
            # What a killed builder left behind; nobody else writes here while we hold the lock.
            shutil.rmtree(self.root / "drafts", ignore_errors=True)
            yield
        finally:
            lock.release()

    def draft(self, generation: str, before: str | None, recipe: Mapping[str, Any]) -> FolderDraft:
        """Begin a generation that may take over articles of one ``before`` it."""
        earlier = Earlier(self.open(before) if before else None, recipe)
        return FolderDraft(self.root / "drafts" / generation, earlier, self.root / "embedded")

    def publish(self, draft: Draft, manifest: Manifest) -> None:
        """Finish a draft, give it its place among the generations, and make it the current one: the
        last step, a rename, is atomic."""
        assert isinstance(draft, FolderDraft)  # which `draft` made
        draft.seal(manifest, self._stamp(manifest.generation))
        target = self._folder(manifest.generation)
        target.parent.mkdir(exist_ok=True)
        os.rename(draft.folder, target)
        durable.sync(target.parent)
        self._point_to(manifest.generation)
        draft.journal.remove()

    def _point_to(self, generation: str) -> None:
        durable.replace_text(self.root / "CURRENT", generation + "\n")

    def rollback(self) -> str:
        """Publish the generation before the current one; its id. Raises StoreError."""
        current = self.require_current()
        older = [name for name in self.generations() if name < current]
        if not older:
            raise StoreError("There is no older generation to go back to; nothing was changed.")
        self.open(older[-1]).close()  # a damaged one must not be published
        self._point_to(older[-1])
        return older[-1]

    def collect(self, keep: int) -> list[str]:
        """Remove all but the newest ``keep`` generations and the current one; their ids."""
        names = self.generations()
        kept = {*names[-keep:], self.current()}
        gone = [name for name in names if name not in kept]
        for name in gone:
            # Renamed first: a half-removed generation must not look like one.
            doomed = self.root / "drafts" / name
            doomed.parent.mkdir(exist_ok=True)
            os.rename(self._folder(name), doomed)
            shutil.rmtree(doomed, ignore_errors=True)
            self._stamp(name).unlink(missing_ok=True)
        return gone

    def _folder(self, generation: str) -> Path:
        return self.root / "generations" / generation

    def _stamp(self, generation: str) -> Path:
        return self.root / "checked" / f"{generation}.json"
