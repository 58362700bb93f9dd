"""A generation being written. Nobody reads it before it is sealed, moved and published."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from index import dense as dense_file
from index import durable
from index import manifest as manifest_file
from index.catalogue import FILE as CATALOGUE
from index.catalogue import Catalogue, CatalogueWriter
from index.embedding import embed
from index.encoder import Encoder
from index.errors import DamagedError
from index.generation import LocalGeneration, check
from index.journal import Journal, Known
from index.lexical import FILES as LEXICAL
from index.lexical import LexicalBuilder
from index.model import Article, Manifest, Passage
from index.vocabulary import VocabularyBuilder
from index.words import words


class Draft:
    """Call `add` for each article, then `group`, then `embed`, then `seal`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self._catalogue = CatalogueWriter(folder)
        self._lexical = LexicalBuilder()
        self._vocabulary = VocabularyBuilder()
        self._content = hashlib.blake2b(digest_size=16)
        self.articles = self.passages = 0

    @property
    def content(self) -> str:
        """Names what was added so far, in its order."""
        return self._content.hexdigest()

    def add(self, article: Article, passages: Sequence[Passage], signature: bytes) -> None:
        """Add an article with its passages, whose keys go on from those already added."""
        self._catalogue.add(article, passages, signature)
        self._content.update(article.reference.article_id.encode() + b"\0" + article.digest)
        title = words(article.reference.title)
        for passage in passages:
            self._vocabulary.add(passage.text)
            self._lexical.add([*title, *words(passage.text)])
        self.articles += 1
        self.passages += len(passages)

    def group(self, stories: Callable[[Sequence[bytes]], Sequence[int]]) -> None:
        """Group near-duplicate articles by their signatures."""
        self._catalogue.set_stories(stories(self._catalogue.signatures()))

    def embed(
        self,
        encoder: Encoder,
        known: Known | None,
        journal: Journal,
        embedded: Callable[[int, int], None],
    ) -> None:
        """Finish the catalogue and the words; embed what is new."""
        self._catalogue.set_vocabulary(self._vocabulary.words(), self._vocabulary.abbreviations())
        self._catalogue.close()
        self._lexical.write(self.folder)
        catalogue = Catalogue(self.folder)
        file = self.folder / dense_file.VECTORS
        self._vectors = embed(catalogue, encoder, known, journal, file, embedded)
        catalogue.close()

    def seal(self, manifest: Manifest, stamp: Path) -> None:
        """Write the rest, reach the disk, and reopen everything as a reader would."""
        plan = dense_file.write(self._vectors, self.folder)
        del self._vectors
        names = (CATALOGUE, dense_file.VECTORS, dense_file.FILE, *LEXICAL)
        for name in names:
            durable.sync(self.folder / name)
        files = {name: manifest_file.checksum(self.folder / name) for name in names}
        complete = replace(
            manifest, dense=plan, articles=self.articles, passages=self.passages, files=files
        )
        manifest_file.write(complete, self.folder)
        durable.sync(self.folder / manifest_file.FILE)
        durable.sync(self.folder)
        check(complete, self.folder, stamp)
        generation = LocalGeneration(self.folder, stamp)
        if generation.dense_fault:
            raise DamagedError(f"{generation.dense_fault}: the disk lost what was written to it.")
        generation.passages([0, self.passages - 1])
        generation.close()

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
