"""A generation being written. Nobody reads it before it is sealed, moved and published."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from index import durable
from index.errors import DamagedError
from index.folder import dense as dense_file
from index.folder import manifest as manifest_file
from index.folder.catalogue import Catalogue
from index.folder.catalogue_file import FILE as CATALOGUE
from index.folder.catalogue_writer import CatalogueWriter
from index.folder.earlier import Earlier
from index.folder.embedding import embed
from index.folder.generation import FolderGeneration, check
from index.folder.journal import Journal
from index.folder.lexical import FILES as LEXICAL
from index.folder.lexical import LexicalIndex
from index.folder.lexical_builder import LexicalBuilder
from index.language.vocabulary import VocabularyBuilder
from index.language.words import words
from index.model import Article, Manifest, Origin, Passage, StoredArticle
from index.models.encoder import Encoder
from index.texts import Grouping

VOCABULARY = "vocabulary.json"
"""The counts of `VocabularyBuilder`, for the next generation; nobody else reads them."""


class FolderDraft:
    """A generation in a folder of its own. Call `add` or `keep` for each article, then `group`,
    then `embed`, then `seal`. ``journals``: where vectors lie that were made and not published."""

    def __init__(
        self, folder: Path, earlier: Earlier | None = None, journals: Path | None = None
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self._earlier, self._journals = earlier or Earlier(None, {}), journals or folder
        old, passages = self._earlier.folder, self._earlier.passages
        self._catalogue = CatalogueWriter(folder, old)
        self._lexical = LexicalBuilder(LexicalIndex(old, passages) if old else None, passages)
        counts = (old / VOCABULARY).read_text(encoding="utf-8") if old else "null"
        self._vocabulary = VocabularyBuilder(json.loads(counts))
        self._content = hashlib.blake2b(digest_size=16)
        self.articles = self.passages = 0

    @property
    def scratch(self) -> Path:
        return self.folder

    @property
    def before(self) -> Earlier:
        return self._earlier

    @property
    def content(self) -> str:
        """Names what was added so far, in its order, and where it was read."""
        return self._content.hexdigest()

    def add(
        self,
        article: Article,
        source: bytes,
        passages: Sequence[Passage],
        signature: bytes,
        origin: Origin | None = None,
    ) -> None:
        """Add an article, made of what has the digest ``source``, with its passages, whose keys go
        on from those already added."""
        self._catalogue.add(article, source, passages, signature, origin)
        title = words(article.reference.title)
        for number, passage in enumerate(passages):
            self._vocabulary.add(passage.text)
            self._lexical.add([*title, *words(passage.text)], opens=number == 0)
        self._count(article.reference.article_id, article.digest, len(passages), origin)

    def keep(
        self, article_id: str, source: bytes, made: StoredArticle, origin: Origin | None = None
    ) -> None:
        """Add an article of the generation before as it is there, but for its id and origin."""
        self._catalogue.copy(article_id, source, made, self.passages, origin)
        self._lexical.take(made.first, made.passages)
        self._earlier.take(made)
        self._count(article_id, made.digest, made.passages, origin)

    def remember(self, article_id: str, replaced: Sequence[Article]) -> None:
        """Keep what the article added last took the place of, the newest last: to be looked up,
        and never found."""
        self._catalogue.remember(article_id, replaced)
        for version in replaced:
            self._content.update(b"replaced\0" + version.digest)

    def lost(self) -> list[str]:
        """The ids of the articles of the generation before that are here neither by their id nor
        by their content, nor as a version that was replaced."""
        return self._earlier.lost(*self._catalogue.present())

    def _count(self, article_id: str, digest: bytes, passages: int, origin: Origin | None) -> None:
        place = f"{origin.file}\0{origin.raw_id}\0" if origin else ""
        self._content.update(f"{place}{article_id}\0".encode() + digest)
        self.articles += 1
        self.passages += passages

    def group(self, grouped: Grouping) -> None:
        """Find the copies and the stories among the articles."""
        self._catalogue.group(grouped)

    def embed(self, encoder: Encoder, embedded: Callable[[int, int], None]) -> None:
        """Finish the catalogue and the words; embed what is new."""
        for text in self._earlier.left():
            self._vocabulary.add(text, -1)
        counts = json.dumps(self._vocabulary.counts(), ensure_ascii=False)
        (self.folder / VOCABULARY).write_text(counts, encoding="utf-8")
        self._catalogue.set_origins()
        self._catalogue.set_vocabulary(self._vocabulary.words(), self._vocabulary.abbreviations())
        self._catalogue.close()
        self._lexical.write(self.folder)
        catalogue = Catalogue(self.folder)
        file = self.folder / dense_file.VECTORS
        self.journal = Journal(self._journals, encoder.card)
        known = self._earlier.vectors(encoder.card)
        self._vectors = embed(catalogue, encoder, known, self.journal, file, embedded)
        catalogue.close()

    def seal(self, manifest: Manifest, stamp: Path) -> None:
        """Write the rest, reach the disk, and reopen everything as a reader would."""
        plan = dense_file.write(self._vectors, self.folder)
        del self._vectors
        names = (CATALOGUE, dense_file.VECTORS, dense_file.FILE, VOCABULARY, *LEXICAL)
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
        generation = FolderGeneration(self.folder, stamp)
        if generation.dense_fault:
            raise DamagedError(f"{generation.dense_fault}: the disk lost what was written to it.")
        generation.passages([0, self.passages - 1])
        generation.close()

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
