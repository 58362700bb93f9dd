"""The articles themselves, without a question: of any generation that is still on the disk."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from index.language.words import words
from index.model import Reference
from index.store import Store
from index.texts import Outlet, Texts
from retrieval.finding.search import search
from retrieval.pipeline import Answerer
from retrieval.question.asked import Question
from retrieval.question.lookups import Lookups

_OPEN = 3  # generations; the published one, and two that buttons may still ask for
_DEPTH = 60  # passages that a topic is looked for in


class Gone(Exception):
    """The generation was removed from the disk."""


class Shelf:
    """Opens texts alone: the search indexes of an old generation would fill the memory.

    For one thread: some may be closed when others are opened.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open: OrderedDict[str, Texts] = OrderedDict()

    def texts(self, generation: str | None = None) -> Texts:
        """The articles of ``generation``, by default the published one. Raises Gone, StoreError."""
        name = generation or self._store.require_current()
        if name not in self._open:
            if name not in self._store.generations():
                raise Gone(name)
            self._open[name] = self._store.texts(name)
        self._open.move_to_end(name)
        while len(self._open) > _OPEN:
            self._open.popitem(last=False)[1].close()
        return self._open[name]

    def close(self) -> None:
        while self._open:
            self._open.popitem()[1].close()


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds: ``outlets`` as (name, articles, first and last date)."""

    articles: int
    outlets: list[Outlet]


def holdings(shelf: Shelf) -> Holdings:
    outlets = shelf.texts().outlets()
    return Holdings(sum(count for _, count, _, _ in outlets), outlets)


def latest(shelf: Shelf, answerer: Answerer, topic: str, most: int) -> list[Reference]:
    """The newest articles, each of another story, of the stories in which an article holds the
    words of ``topic`` if there are any."""
    if not words(topic):
        return shelf.texts().latest(most)
    generation = answerer.generation
    known, passages = Lookups(generation.lexicon), generation.manifest.passages
    hits = search(generation, Question.of(topic, topic, known, passages), None, _DEPTH)
    found = list(dict.fromkeys(hit.passage.reference.article_id for hit in hits))
    told = generation.stories(found)
    newest = dict.fromkeys(told[one][-1] for one in found)  # the newest of each story, once
    articles = generation.articles(list(newest))
    references = [articles[one].reference for one in newest]
    return sorted(references, key=lambda ref: ref.published or "", reverse=True)[:most]
