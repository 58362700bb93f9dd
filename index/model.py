"""The things an index holds. Frozen, slotted, no I/O.

Every offset in pullquote counts Python code points in ``Article.text``: the cleaned, stored
text. Offsets are born when the text is cleaned and only ever added to.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.language.facts import Facts

SCHEMA = 5
"""Version of the format on disk; raised whenever an older reader would misread it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a text comes from: enough to cite it. ``published`` is ISO 8601 when known."""

    article_id: str
    title: str
    url: str | None = None
    source: str | None = None
    published: str | None = None
    author: str | None = None

    @property
    def date(self) -> str | None:
        """``published`` as people read it: "2024-05-01 19:00"."""
        return self.published.replace("T", " ") if self.published else None


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. ``text`` is the offset space of all its passages and quotes."""

    reference: Reference
    text: str

    @property
    def headline(self) -> int:
        """How many characters of ``text`` are the headline, which may be quoted as such; mostly 0,
        for a headline that its text makes needless is no part of it."""
        title = self.reference.title
        told = bool(title) and (self.text == title or self.text.startswith(f"{title}\n\n"))
        return len(title) if told else 0

    @property
    def body(self) -> str:
        """``text`` without its headline, if there is any."""
        return self.text[self.headline :].lstrip() or self.text

    @property
    def digest(self) -> bytes:
        """16 bytes that name this article's content, its reference included."""
        ref = self.reference
        parts = (ref.title, ref.url, ref.source, ref.published, ref.author, self.text)
        return content_digest("\0".join(part or "" for part in parts))


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole consecutive sentences of one article.

    ``key`` is the passage's row in its generation, from 0. ``start`` counts in the article;
    ``sentences`` are (start, end) pairs that count in ``text``, in order, without overlap;
    ``facts``: what each of them states, in the same order, found when the article was indexed.
    """

    key: int
    reference: Reference
    start: int
    text: str
    sentences: tuple[tuple[int, int], ...]
    facts: tuple[Facts, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What a generation holds of an article: its ``number`` there, the digests of what it was made
    of and of its content, the key of its first passage, and how many passages it has."""

    number: int
    source: bytes
    digest: bytes
    first: int
    passages: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article was read: its file, and the id that it had there, before one was found that
    no other article has."""

    file: str
    raw_id: str


@dataclass(frozen=True, slots=True)
class Held:
    """An article of a generation: what was made of it, its id, and its origin, unless an older
    pullquote wrote the generation."""

    made: StoredArticle
    article_id: str
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which passages may answer: all that meet every condition.

    ``since`` and ``before`` are ISO 8601 dates, or the beginnings of such; articles of ``before``
    are out, as are those whose date is not known. Each of ``sources`` stands in the outlet's name
    or the link's host, each of ``titles`` in the title, whatever the case and accents.
    ``article_id`` is that of the only article. Each of ``phrases`` stands in the passage word for
    word, whatever its case, accents and spaces.
    """

    since: str | None = None
    before: str | None = None
    sources: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    article_id: str | None = None
    phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Selection()


ALL = Selection()


@dataclass(frozen=True, slots=True)
class Office:
    """What passages are found by that say who holds an office: one of its ``kinds``, of a body
    whose name has some of ``keys``, as `index.language.roles.key` makes them; at most ``most``, of
    those with the most keys the newest."""

    kinds: tuple[str, ...]
    keys: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: ``words`` by BM25 and, unless None, the unit ``vector`` of shape (dim,)
    by cosine; the best ``depth`` of each, and those that say who holds an ``office``, among the
    passages of ``selection``. Of the ``sought`` words it is told which ones stand in each article
    found."""

    words: tuple[str, ...]
    vector: NDArray[np.float32] | None
    depth: int
    selection: Selection = ALL
    sought: tuple[str, ...] = ()
    office: Office | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage that was found. ``cosine`` is None when only words were searched, ``bm25`` when it
    is not among the best by words. ``held``: the sought words that stand in its article;
    ``tells``: it says who holds the office asked for."""

    key: int
    cosine: float | None
    bm25: float | None
    held: frozenset[str]
    tells: bool = False


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """Which model embeds, and how. ``weights`` is a SHA-256 in hex.

    ``runtime`` is "fp32", or "int8." and a version: vectors of two runtimes are near but not equal,
    so that an index holds those of one (docs/decisions/012-int8-runtime.md).
    """

    name: str
    weights: str
    dim: int
    runtime: str = "fp32"


@dataclass(frozen=True, slots=True)
class LearnedLine:
    """A line that stands in so many ``articles`` of an ``outlet`` that it is furniture of its
    pages. One that states something is ``kept`` in one article."""

    outlet: str
    line: str
    articles: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of. ``files`` maps a file's name to (bytes, SHA-256).

    ``content`` names all its articles and passages, and the files they were read from: equal
    contents make equal answers.
    ``dense`` says which kind of dense index it holds, and why (see `index.folder.dense.plan`).
    ``learned`` are the lines that were left out as furniture, because they recur.
    """

    generation: str
    created: str
    encoder: EncoderCard
    recipe: dict[str, Any]
    dense: dict[str, Any]
    content: str
    sources: tuple[str, ...]
    articles: int
    passages: int
    files: dict[str, tuple[int, str]]
    learned: tuple[LearnedLine, ...] = ()
    schema: int = SCHEMA


def content_digest(text: str) -> bytes:
    """16 bytes that name a text: equal texts, and only they, have equal digests."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
