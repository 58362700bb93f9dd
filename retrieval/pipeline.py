"""The path of a question, from what is typed to the reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedError, EncoderMismatch
from index.model import Selection
from index.models.encoder import Encoder
from index.store import Generation
from retrieval.answer import Abstention, Answer, Mode, Reply, Searched, quotes_of
from retrieval.deciding.decide import (
    DEFAULT_THRESHOLD,
    Evidence,
    Stamp,
    abstention,
    decide,
    nearest_quotes,
)
from retrieval.finding.fetched import Fetched
from retrieval.finding.freshness import to_read
from retrieval.finding.hits import Hit
from retrieval.finding.narrowing import Scope, scope_of
from retrieval.finding.search import search
from retrieval.question.asked import Question
from retrieval.question.courtesies import courtesy
from retrieval.question.filters import narrow
from retrieval.question.followup import MOST_TURNS, Turn, stand_alone
from retrieval.question.lookups import Lookups
from retrieval.question.presupposed import unheard_of
from retrieval.question.typed import checked
from retrieval.question.wording import capitals, corrected
from retrieval.reading.reader import Reader

READ_PASSAGES = 6
"""Reading is most of what a question costs; a tenth passage is the answer's once in two hundred
questions (docs/decisions/017-ranking-spans.md)."""
FOUND_PASSAGES = 20
"""Looked through for further articles that give the same answer."""
HOME_PASSAGES = 3
"""Passages of the last answer's article that are read for a follow-up besides those found."""

_HOME_WEIGHT = 0.5  # of their scores, which are scaled within one article


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question on its way. ``home``: the last answer's article, "" unless it is a follow-up."""

    question: Question
    scope: Scope
    home: str
    searched: Searched | None
    unheard: str | None


@dataclass(frozen=True)
class Answerer:
    """Answers questions from one generation. Safe to use from several threads.

    ``sentences`` finds what comes closest when ``reader`` finds no answer: a span that is none
    says little. ``encoder`` None means that BM25 alone searches; ``fault`` then says why. Every
    reply carries it, and ``notice`` too. ``today`` is what "last week" counts from.
    """

    generation: Generation
    encoder: Encoder | None
    reader: Reader
    fault: str | None = None
    notice: str | None = None
    threshold: float = DEFAULT_THRESHOLD
    today: Callable[[], date] = date.today
    sentences: Reader | None = None

    def __post_init__(self) -> None:
        if self.encoder is not None:
            require_same_encoder(self.generation, self.encoder.card.weights, self.encoder.card.name)

    @property
    def mode(self) -> Mode:
        return "hybrid" if self.encoder else "lexical"

    def answer(self, text: str, history: Sequence[Turn] = ()) -> Reply:
        """The reply to ``text``, asked after the turns of ``history`` (oldest first).

        Raises QuestionError when it cannot be searched.
        """
        said = courtesy(text)
        if said:
            made = self.generation.manifest.generation
            return Abstention(text, said, (), self.mode, made, courtesy=True)
        fetched = Fetched(self.generation)
        asked = self._asked(checked(text), history)
        reply = self._found(asked, fetched)
        if isinstance(reply, Abstention) and asked.scope.wider:
            wider = self._wider(asked, asked.scope.wider)
            found = self._found(wider, fetched)
            reply = found if isinstance(found, Answer) else reply
        _prove(reply, fetched)
        return reply

    def find(self, text: str, k: int) -> list[Hit]:
        """The best ``k`` passages for a question without a history, best first."""
        asked = self._asked(checked(text), ())
        if asked.scope.empty:
            return []
        return search(self.generation, asked.question, self._vector(asked.question), k)

    def read_for(self, text: str) -> list[Hit]:
        """The passages that are read for a question without a history, in their order."""
        kind = self._asked(checked(text), ()).question.kind
        found = self.find(text, FOUND_PASSAGES)
        return to_read(found, READ_PASSAGES, kind.timely, kind.office)

    def _asked(self, typed: str, history: Sequence[Turn]) -> _Asked:
        """The question as it is searched, where, and what to say of it."""
        known = Lookups(self.generation.lexicon)
        narrowed = narrow(typed, self.today())
        whole, followed = _whole(narrowed.text, history, known)
        mended = whole if narrowed.phrases else corrected(whole, known)
        scope = scope_of(replace(narrowed, text=checked(mended)), self.generation)
        searched = None
        if mended != narrowed.text:
            searched = Searched(mended, "follow-up" if followed else "spelling")
        passages = self.generation.manifest.passages
        question = Question.of(typed, scope.text, known, passages, scope.selection)
        unheard = unheard_of(scope.text, known.frequency)
        return _Asked(question, scope, history[-1].article if followed else "", searched, unheard)

    def _wider(self, asked: _Asked, scope: Scope) -> _Asked:
        """The same question, asked of all."""
        known, passages = Lookups(self.generation.lexicon), self.generation.manifest.passages
        question = Question.of(asked.question.typed, scope.text, known, passages, scope.selection)
        return replace(asked, question=question, scope=scope)

    def _found(self, asked: _Asked, fetched: Fetched) -> Reply:
        made, question = self.generation.manifest.generation, asked.question
        stamp = Stamp(self.mode, made, self._notice(asked.scope.remark), asked.searched)
        if asked.scope.empty:
            return abstention(question, asked.scope.empty, (), stamp)
        vector = self._vector(question)
        hits = search(self.generation, question, vector, FOUND_PASSAGES)
        read = to_read(hits, READ_PASSAGES, question.kind.timely, question.kind.office)
        if asked.home and not question.selection:
            read = read + self._at_home(question, vector, asked.home, read)
        read = fetched.placed(question, read)
        spans = self.reader.read(question, read)
        passages = tuple(hit.passage for hit in hits)
        held = {hit.passage.reference.article_id: hit.held for hit in [*read, *hits] if hit.held}
        stories = self.generation.stories(_ids([*read, *hits]))
        several = [one for one, told in stories.items() if len(told) > 1]
        copies = self.generation.copies(several) if several else {}
        found = Evidence(passages, _firsts(stories), _firsts(copies), asked.unheard, held)
        reply = decide(question, spans, self.threshold, found, stamp)
        if isinstance(reply, Abstention) and self.sentences is not None:
            near = self.sentences.read(question, read)
            return replace(reply, nearest=nearest_quotes(question, near))
        return reply

    def _at_home(
        self,
        question: Question,
        vector: NDArray[np.float32] | None,
        home: str,
        read: Sequence[Hit],
    ) -> list[Hit]:
        """The best of the last answer's article besides what is read anyhow."""
        there = Selection(article_id=home)
        near = search(self.generation, question, vector, HOME_PASSAGES, there)
        known = {hit.passage.key for hit in read}
        return [
            replace(hit, fused=hit.fused * _HOME_WEIGHT)
            for hit in near
            if hit.passage.key not in known
        ]

    def _vector(self, question: Question) -> NDArray[np.float32] | None:
        # Abbreviations are spelt out for the search: they help it to find, and distract a reader,
        # which then takes what stands beside the long form for an answer.
        return self.encoder.encode([question.spelt])[0] if self.encoder else None

    def _notice(self, remark: str | None) -> str | None:
        keywords = f"keyword search only: {self.fault}" if self.fault else None
        return "; ".join(filter(None, (keywords, self.notice, remark))) or None


def _prove(reply: Reply, fetched: Fetched) -> None:
    """Check every quote against the stored article. Raises DamagedError."""
    quotes = quotes_of(reply)
    articles = fetched.articles(quote.reference.article_id for quote in quotes)
    for quote in quotes:
        article = articles.get(quote.reference.article_id)
        if article is None or not quote.is_in(article):
            raise DamagedError(
                f"A quote of {quote.reference.article_id} is not in the stored article; "
                "rebuild the index: pullquote index build"
            )


def _whole(question: str, history: Sequence[Turn], known: Lookups) -> tuple[str, bool]:
    """The question with what it takes from ``history``, and whether it takes anything."""
    if not history:
        return question, False
    told = [
        replace(turn, question=capitals(turn.question, known)) for turn in history[-MOST_TURNS:]
    ]
    asked = capitals(question, known)
    whole = stand_alone(asked, told)
    return (question, False) if whole == asked else (whole, True)


def _firsts(groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """By the id of each article, that of the first of its group, which names it."""
    return {one: group[0] for one, group in groups.items()}


def _ids(hits: Sequence[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.passage.reference.article_id for hit in hits))


def require_same_encoder(generation: Generation, weights: str, name: str) -> None:
    """Raises EncoderMismatch unless the passages were embedded with these ``weights``."""
    card = generation.manifest.encoder
    if card.weights != weights:
        raise EncoderMismatch(
            f"The index was embedded by {card.name} (weights {card.weights[:12]}…), but the "
            f"configured model is {name} ({weights[:12]}…); set [encoder] model back, or rebuild: "
            "pullquote index build"
        )
