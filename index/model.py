"""The things an index holds. Frozen, slotted, no I/O.

Every offset in pullquote counts Python code points in ``Article.text``: the cleaned, stored
text. Offsets are born when the text is cleaned and only ever added to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SCHEMA = 1
"""Version of the format on disk; raised whenever an older reader would misread it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a text comes from: enough to cite it. ``published`` is ISO 8601 when known."""

    article_id: str
    title: str
    url: str | None = None
    source: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. ``text`` is the offset space of all its passages and quotes."""

    reference: Reference
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole consecutive sentences of one article.

    ``key`` is the passage's row in its generation, from 0. ``start`` counts in the article;
    ``sentences`` are (start, end) pairs that count in ``text``, in order, without overlap.
    """

    key: int
    reference: Reference
    start: int
    text: str
    sentences: tuple[tuple[int, int], ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """Which model embedded the passages. ``weights`` is a SHA-256 in hex."""

    name: str
    weights: str
    dim: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of. ``files`` maps a file's name to (bytes, SHA-256)."""

    generation: str
    created: str
    encoder: EncoderCard
    recipe: dict[str, Any]
    sources: tuple[str, ...]
    articles: int
    passages: int
    files: dict[str, tuple[int, str]]
    schema: int = SCHEMA
