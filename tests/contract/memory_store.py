"""A second store, in memory and as plain as can be: what the folder store is compared with.

It takes over nothing from an earlier generation, scores with rank_bm25 itself, and compares every
vector. Slow, and right by inspection.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index import links
from index.articles.passages import embedding_text
from index.errors import NoIndexError, StoreError
from index.language.facts import held_in
from index.language.folding import fold
from index.language.vocabulary import Abbreviation, VocabularyBuilder, Word
from index.language.words import words
from index.model import (
    Article,
    Held,
    Manifest,
    Office,
    Origin,
    Passage,
    Query,
    Reference,
    Scored,
    Selection,
    StoredArticle,
)
from index.models.encoder import Encoder
from index.store import Draft
from index.texts import Grouping, Outlet


@dataclass
class Content:
    """What a draft collects: an article's number is its place."""

    articles: list[Article] = field(default_factory=list)
    origins: list[Origin | None] = field(default_factory=list)
    sources: list[bytes] = field(default_factory=list)
    signatures: list[bytes] = field(default_factory=list)
    copies: list[int] = field(default_factory=list)
    stories: list[int] = field(default_factory=list)
    replaced: dict[str, list[Article]] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)  # the article's number of each passage
    rows: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))


class MemoryLexicon:
    def __init__(self, content: Content, told: Sequence[Sequence[str]]) -> None:
        vocabulary = VocabularyBuilder()
        for passage in content.passages:
            vocabulary.add(passage.text)
        self._words = {word.folded: word for word in vocabulary.words()}
        self._short = list(vocabulary.abbreviations())
        self._told = [set(one) for one in told]

    def frequencies(self, words: Sequence[str]) -> list[int]:
        return [sum(word in told for told in self._told) for word in words]

    def spellings(self, folded: Sequence[str]) -> list[Word]:
        return [self._words[word] for word in folded if word in self._words]

    def words_like(self, initial: str, shortest: int, longest: int) -> list[Word]:
        fitting = (w for w in self._words.values() if w.folded[0] == initial)
        return [word for word in fitting if shortest <= len(word.folded) <= longest]

    def abbreviations(self, forms: Sequence[str]) -> list[Abbreviation]:
        lower = {form.lower() for form in forms}
        known = [a for a in self._short if a.short.lower() in lower or fold(a.long) in set(forms)]
        return sorted(known, key=lambda one: (-one.count, one.short.lower(), fold(one.long)))


class MemoryGeneration:
    dense_fault = None

    def __init__(self, manifest: Manifest, content: Content) -> None:
        self.manifest, self._content = manifest, content
        titles = [words(article.reference.title) for article in content.articles]
        own = [words(passage.text) for passage in content.passages]
        told = [[*titles[n], *text] for n, text in zip(content.owners, own, strict=True)]
        self._told, self._model = told, BM25Okapi(told)
        self._of_article: dict[int, set[str]] = {}
        for number, one in zip(content.owners, told, strict=True):
            self._of_article.setdefault(number, set()).update(one)
        self.lexicon = MemoryLexicon(content, told)

    def search(self, query: Query) -> list[Scored]:
        asked, among = set(query.words), set(self._keys(query.selection))
        scores = self._model.get_scores(list(query.words))
        worded = [key for key in sorted(among) if asked & set(self._told[key])]
        worded = sorted(worded, key=lambda key: (-scores[key], key))[: query.depth]
        near: list[int] = []
        cosines: NDArray[Any] = np.zeros(len(self._told))
        if query.vector is not None:
            cosines = self._content.rows @ query.vector
            near = sorted(among, key=lambda key: (-cosines[key], key))[: query.depth]
        telling = {key for key in self._telling(query.office) if key in among}
        return [
            Scored(
                key,
                None if query.vector is None else float(cosines[key]),
                float(scores[key]) if key in worded else None,
                frozenset(query.sought) & self._of_article[self._content.owners[key]],
                key in telling,
            )
            for key in sorted({*near, *worded, *telling})
        ]

    def _telling(self, office: Office | None) -> list[int]:
        if office is None:
            return []
        held = {
            passage.key: {body for body, kind in held_in(passage.facts)
                          if kind in office.kinds and body in office.keys}
            for passage in self._content.passages
        }  # fmt: skip
        days = {p.key: p.reference.published or "" for p in self._content.passages}
        newest = sorted(held, key=lambda key: days[key], reverse=True)
        best = sorted(newest, key=lambda key: -len(held[key]))
        return [key for key in best if held[key]][: office.most]

    def _keys(self, selection: Selection) -> list[int]:
        owners = self._content.owners
        return [
            passage.key
            for passage in self._content.passages
            if _meets(self._content.articles[owners[passage.key]].reference, passage, selection)
        ]

    def any_of(self, selections: Sequence[Selection]) -> list[bool]:
        return [bool(self._keys(selection)) for selection in selections]

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        return [self._content.passages[key] for key in keys]

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        return {a.reference.article_id: a for a in self.every_article()
                if a.reference.article_id in set(ids)}  # fmt: skip

    def every_article(self) -> Iterator[Article]:
        return iter(self._content.articles)

    def replaced(self, article_id: str) -> list[Article]:
        return self._content.replaced.get(article_id, [])

    def successor(self, article_id: str) -> str | None:
        for newer, older in self._content.replaced.items():
            if any(one.reference.article_id == article_id for one in older):
                return newer
        return None

    def copies(self, ids: Sequence[str]) -> dict[str, list[str]]:
        return self._together(ids, self._content.copies)

    def stories(self, ids: Sequence[str]) -> dict[str, list[str]]:
        return self._together(ids, self._content.stories)

    def _together(self, ids: Sequence[str], groups: Sequence[int]) -> dict[str, list[str]]:
        references = [article.reference for article in self._content.articles]
        told = {ref.article_id: group for ref, group in zip(references, groups, strict=True)}
        names = [ref.article_id for ref in sorted(references, key=lambda ref: ref.published or "")]
        return {
            one: [name for name in names if told[name] == told[one]] for one in ids if one in told
        }

    def stories_in_all(self) -> int:
        return len(set(self._content.stories))

    def dated(self) -> int:
        return sum(article.reference.published is not None for article in self._content.articles)

    def latest(self, most: int) -> list[Reference]:
        references = [article.reference for article in self._content.articles]
        order = sorted(
            range(len(references)), key=lambda n: (references[n].published or "", n), reverse=True
        )
        stories = self._content.stories
        newest = {stories[n]: references[n] for n in reversed(order)}
        return [references[n] for n in order if references[n] is newest[stories[n]]][:most]

    def outlets(self) -> list[Outlet]:
        by_name: dict[str | None, list[str | None]] = {}
        for article in self._content.articles:
            reference = article.reference
            by_name.setdefault(reference.source, []).append(reference.published)
        rows = [
            (name, len(days), min(filter(None, days), default=None),
             max(filter(None, days), default=None))
            for name, days in by_name.items()
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (-row[1], row[0] is not None, row[0] or ""))

    def span_of_dates(self) -> tuple[str, str] | None:
        days = [a.reference.published for a in self._content.articles if a.reference.published]
        return (min(days), max(days)) if days else None

    def held(self) -> list[Held]:
        content = self._content
        counts = [content.owners.count(number) for number in range(len(content.articles))]
        return [
            Held(
                StoredArticle(
                    n, content.sources[n], article.digest, content.owners.index(n), counts[n]
                ),
                article.reference.article_id,
                content.origins[n],
            )
            for n, article in enumerate(content.articles)
        ]  # fmt: skip

    def close(self) -> None: ...


def _meets(reference: Reference, passage: Passage, selection: Selection) -> bool:
    day = reference.published
    outlet = fold(f"{reference.source or ''} {links.host(reference.url) or ''}")
    text = fold(" ".join(passage.text.replace("’", "'").split()))
    return (
        (selection.since is None or bool(day and day >= selection.since))
        and (selection.before is None or bool(day and day < selection.before))
        and all(fold(name) in outlet for name in selection.sources)
        and all(fold(title) in fold(reference.title) for title in selection.titles)
        and selection.article_id in (None, reference.article_id)
        and all(fold(" ".join(p.replace("’", "'").split())) in text for p in selection.phrases)
    )


class MemoryBefore:
    """Nothing is taken over; what a file held can be kept."""

    def __init__(self, last: MemoryGeneration | None) -> None:
        self._last = last
        self._held = last.held() if last else []

    @property
    def articles(self) -> int:
        return len(self._held)

    at_most_lost = articles

    def find(self, digest: bytes) -> StoredArticle | None:
        return None

    def under(self, place: str) -> Sequence[Held]:
        return [h for h in self._held if h.origin
                and (h.origin.file == place or h.origin.file.startswith(f"{place}/"))]  # fmt: skip

    def unplaced(self) -> Sequence[Held]:
        return [held for held in self._held if held.origin is None]

    def as_it_was(self, held: Held) -> Article | StoredArticle:
        assert self._last is not None
        return self._last.articles([held.article_id])[held.article_id]

    def article(self, made: StoredArticle) -> Article:
        assert self._last is not None
        return list(self._last.every_article())[made.number]

    def replaced(self, made: StoredArticle) -> Sequence[Article]:
        raise AssertionError("nothing is taken over")

    def versions(self, article_id: str, url: str | None) -> list[Article]:
        every = list(self._last.every_article()) if self._last else []
        named = [one for one in every if one.reference.article_id == article_id]
        page = links.page(url)
        linked = [one for one in every if page and links.page(one.reference.url) == page]
        for found in [*named, *linked[-1:]]:
            assert self._last is not None
            return [*self._last.replaced(found.reference.article_id), found]
        return []

    def lost(self, content: Content) -> list[str]:
        there = [*content.articles, *(one for old in content.replaced.values() for one in old)]
        ids = {article.reference.article_id for article in there}
        digests = {article.digest for article in there}
        return [
            held.article_id
            for held in self._held
            if held.article_id not in ids and held.made.digest not in digests
        ]


class MemoryDraft:
    def __init__(self, scratch: Path, before: MemoryBefore) -> None:
        self.scratch, self.before = scratch, before
        self.held = Content()
        self._content = hashlib.blake2b()

    @property
    def articles(self) -> int:
        return len(self.held.articles)

    @property
    def passages(self) -> int:
        return len(self.held.passages)

    @property
    def content(self) -> str:
        return self._content.hexdigest()

    def add(
        self, article: Article, source: bytes, passages: Sequence[Passage], signature: bytes,
        origin: Origin | None = None,
    ) -> None:  # fmt: skip
        self._content.update(f"{origin}{article.reference.article_id}".encode() + article.digest)
        self.held.owners += [self.articles] * len(passages)
        self.held.passages += passages
        self.held.articles.append(article)
        self.held.sources.append(source)
        self.held.signatures.append(signature)
        self.held.origins.append(origin)

    def keep(
        self, article_id: str, source: bytes, made: StoredArticle, origin: Origin | None = None
    ) -> None:
        raise AssertionError("nothing is taken over")

    def remember(self, article_id: str, replaced: Sequence[Article]) -> None:
        self.held.replaced[article_id] = list(replaced)
        self._content.update(b"".join(one.digest for one in replaced))

    def lost(self) -> list[str]:
        return self.before.lost(self.held)

    def group(self, grouped: Grouping) -> None:
        days = [article.reference.published for article in self.held.articles]
        copies, stories = grouped(self.held.signatures, days, self.held.articles.__getitem__)
        self.held.copies, self.held.stories = list(copies), list(stories)

    def embed(self, encoder: Encoder, embedded: Callable[[int, int], None]) -> None:
        texts = [embedding_text(passage) for passage in self.held.passages]
        self.held.rows = encoder.encode(texts)
        embedded(len(texts), len(texts))

    def discard(self) -> None: ...


class MemoryStore:
    name = "memory"

    def __init__(self, added: Path) -> None:
        self.added = added
        self._sealed: dict[str, MemoryGeneration] = {}
        self._current: str | None = None

    def current(self) -> str | None:
        return self._current

    def require_current(self) -> str:
        if self._current is None:
            raise NoIndexError("Nothing is published.")
        return self._current

    def generations(self) -> list[str]:
        return sorted(self._sealed)

    def manifest(self, generation: str) -> Manifest:
        return self._sealed[generation].manifest

    def open(self, generation: str) -> MemoryGeneration:
        return self._sealed[generation]

    texts = open

    def open_current(self) -> MemoryGeneration:
        return self._sealed[self.require_current()]

    def faults(self, generation: str) -> dict[str, str]:
        return {}

    def building(self) -> AbstractContextManager[None]:
        return nullcontext()

    def draft(self, generation: str, before: str | None, recipe: Mapping[str, Any]) -> MemoryDraft:
        scratch = Path(tempfile.mkdtemp(dir=self.added.parent))
        return MemoryDraft(scratch, MemoryBefore(self._sealed[before] if before else None))

    def publish(self, draft: Draft, manifest: Manifest) -> None:
        assert isinstance(draft, MemoryDraft)
        whole = replace(manifest, articles=draft.articles, passages=draft.passages)
        self._sealed[manifest.generation] = MemoryGeneration(whole, draft.held)
        self._current = manifest.generation

    def rollback(self) -> str:
        older = [name for name in self.generations() if name < self.require_current()]
        if not older:
            raise StoreError("There is no older generation to go back to; nothing was changed.")
        self._current = older[-1]
        return older[-1]

    def collect(self, keep: int) -> list[str]:
        kept = {*self.generations()[-keep:], self._current}
        gone = [name for name in self.generations() if name not in kept]
        for name in gone:
            del self._sealed[name]
        return gone
