"""The storage seam: what every backend promises. No method that one backend cannot keep.

Everything is asked in batches, so that a backend on another machine costs a few round trips a
question. Scores that cross this seam have a unit: cosine for dense, Okapi BM25 for lexical. An
article is named by its id, a passage by its key, which is its row in its generation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from index.model import (
    Article,
    Held,
    Manifest,
    Origin,
    Passage,
    Query,
    Scored,
    Selection,
    StoredArticle,
)
from index.models.encoder import Encoder
from index.texts import Grouping, Lexicon, Texts


class Generation(Texts, Protocol):
    """One published state of the index. Never changes; safe to use from any thread."""

    @property
    def manifest(self) -> Manifest: ...

    @property
    def dense_fault(self) -> str | None:
        """Why nothing can be found by vectors, in a few words; None when it can."""
        ...

    @property
    def lexicon(self) -> Lexicon: ...

    def search(self, query: Query) -> list[Scored]:
        """What is best by words or by vector, in order of keys. Raises DamagedError."""
        ...

    def any_of(self, selections: Sequence[Selection]) -> list[bool]:
        """Whether there is any passage of each of ``selections``."""
        ...

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """The passages of ``keys``, in the order of ``keys``."""
        ...

    def span_of_dates(self) -> tuple[str, str] | None:
        """The dates of the oldest and the newest dated article."""
        ...

    def stories_in_all(self) -> int:
        """How many stories there are, copies and updates counted once."""
        ...

    def every_article(self) -> Iterator[Article]:
        """All articles, in the order in which they were added."""
        ...


class Before(Protocol):
    """What the last generation holds, for a draft to take over or to keep."""

    @property
    def articles(self) -> int:
        """How many articles were published, by whatever recipe."""
        ...

    @property
    def at_most_lost(self) -> int:
        """No more than these can be lost, which costs nothing to know."""
        ...

    def find(self, digest: bytes) -> StoredArticle | None:
        """One with this digest, of its content or of what it was made of, not yet taken over."""
        ...

    def under(self, place: str) -> Sequence[Held]:
        """All that was read from the file ``place``, or from the files below that folder."""
        ...

    def unplaced(self) -> Sequence[Held]:
        """Those of which it is not known where they were read."""
        ...

    def as_it_was(self, held: Held) -> Article | StoredArticle:
        """What the draft takes to keep an article as it was."""
        ...

    def article(self, made: StoredArticle) -> Article:
        """The text of which ``made`` was made."""
        ...

    def replaced(self, made: StoredArticle) -> Sequence[Article]:
        """What it took the place of, the newest last."""
        ...

    def versions(self, article_id: str, url: str | None) -> list[Article]:
        """What had this id, or else a link to the same page, and what that took the place of: the
        newest last."""
        ...


class Draft(Protocol):
    """A generation being written, which nobody reads. `add` or `keep` each article, then `group`,
    then `embed`; then the store seals and publishes it."""

    @property
    def scratch(self) -> Path:
        """A folder on this machine for what is only needed while it is written."""
        ...

    @property
    def before(self) -> Before: ...

    @property
    def articles(self) -> int: ...

    @property
    def passages(self) -> int: ...

    @property
    def content(self) -> str:
        """Names what was added so far, in its order, and where it was read."""
        ...

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
        ...

    def keep(
        self, article_id: str, source: bytes, made: StoredArticle, origin: Origin | None = None
    ) -> None:
        """Add an article of the generation before as it is there, but for its id and origin."""
        ...

    def remember(self, article_id: str, replaced: Sequence[Article]) -> None:
        """Keep what the article added last took the place of, the newest last: to be looked up,
        and never found."""
        ...

    def lost(self) -> list[str]:
        """The ids of the articles of the generation before that are here neither by their id nor
        by their content, nor as a version that was replaced."""
        ...

    def group(self, grouped: Grouping) -> None:
        """Find the copies and the stories among the articles."""
        ...

    def embed(self, encoder: Encoder, embedded: Callable[[int, int], None]) -> None:
        """Embed what is new; ``embedded`` is told how many more are done, and of how many."""
        ...

    def discard(self) -> None:
        """Leave nothing of it; harmless once it is published."""
        ...


class Store(Protocol):
    """Generations, of which one is published."""

    @property
    def name(self) -> str:
        """Where they are, in words that a person knows."""
        ...

    @property
    def added(self) -> Path:
        """Where articles lie that were added by address or by file."""
        ...

    def current(self) -> str | None:
        """The id of the published generation; None when there is none."""
        ...

    def require_current(self) -> str:
        """Like `current`; raises NoIndexError when nothing is published."""
        ...

    def generations(self) -> list[str]:
        """All sealed generations, oldest first."""
        ...

    def manifest(self, generation: str) -> Manifest: ...

    def open(self, generation: str) -> Generation:
        """Raises SchemaError or DamagedError."""
        ...

    def open_current(self) -> Generation: ...

    def texts(self, generation: str) -> Texts:
        """The articles of a generation alone. Raises DamagedError."""
        ...

    def faults(self, generation: str) -> dict[str, str]:
        """Read all of a generation: the parts that differ from the manifest, and how."""
        ...

    def building(self) -> AbstractContextManager[None]:
        """Hold the builder's place. Raises BusyError when another builder does."""
        ...

    def draft(self, generation: str, before: str | None, recipe: Mapping[str, Any]) -> Draft:
        """Begin a generation that may take over articles of one ``before`` it."""
        ...

    def publish(self, draft: Draft, manifest: Manifest) -> None:
        """Finish a draft and make it the published generation, in one step at the end."""
        ...

    def rollback(self) -> str:
        """Publish the generation before the current one; its id. Raises StoreError."""
        ...

    def collect(self, keep: int) -> list[str]:
        """Remove all but the newest ``keep`` generations and the current one; their ids."""
        ...


def new_generation_id() -> str:
    """Sorts by time of creation."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
