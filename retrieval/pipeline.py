"""The path of a question, from what is typed to the reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedError, EncoderMismatch
from index.language.words import words
from index.model import Selection
from index.models.encoder import Encoder
from index.store import Generation
from retrieval.answer import Abstention, Mode, Reply, Searched, quotes_of
from retrieval.deciding.decide import DEFAULT_THRESHOLD, Circumstances, decide, nearest_quotes
from retrieval.finding.freshness import to_read
from retrieval.finding.narrowing import Scope, scope_of
from retrieval.finding.search import Hit, search
from retrieval.question.filters import narrow
from retrieval.question.followup import MOST_TURNS, Turn, stand_alone
from retrieval.question.kinds import timely
from retrieval.question.presupposed import unheard_of
from retrieval.question.typed import checked
from retrieval.question.wording import capitals, corrected, spelt_out
from retrieval.reading.reader import Reader

READ_PASSAGES = 6
"""Reading is most of what a question costs; a tenth passage is the answer's once in two hundred
questions (docs/decisions/017-ranking-spans.md)."""
FOUND_PASSAGES = 20
"""Looked through for further articles that give the same answer."""
HOME_PASSAGES = 3
"""Passages of the last answer's article that are read for a follow-up besides those found."""

_HOME_WEIGHT = 0.5  # of their scores, which are scaled within one article


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
        typed = checked(text)
        scope, home, searched = self._resolved(typed, history)
        reply = self._found(typed, scope, home, searched)
        self._prove(reply)
        return reply

    def find(self, text: str, k: int) -> list[Hit]:
        """The best ``k`` passages for a question without a history, best first."""
        scope, _, _ = self._resolved(checked(text), ())
        named = spelt_out(scope.text, self.generation)
        if scope.empty:
            return []
        return search(self.generation, named, self._vector(named), k, scope.keys)

    def read_for(self, text: str) -> list[Hit]:
        """The passages that are read for a question without a history, in their order."""
        scope, _, _ = self._resolved(checked(text), ())
        return _to_read(scope, self.find(text, FOUND_PASSAGES))

    def _resolved(self, typed: str, history: Sequence[Turn]) -> tuple[Scope, str, Searched | None]:
        """Where to search for what; the last answer's article; what to say of it."""
        asked = narrow(typed, self.today())
        whole, followed = self._whole(asked.text, history)
        mended = whole if asked.phrases else corrected(whole, self.generation)
        scope = scope_of(replace(asked, text=checked(mended)), self.generation)
        searched = None
        if mended != asked.text:
            searched = Searched(mended, "follow-up" if followed else "spelling")
        return scope, history[-1].article if followed else "", searched

    def _whole(self, question: str, history: Sequence[Turn]) -> tuple[str, bool]:
        """The question with what it takes from ``history``, and whether it takes anything."""
        if not history:
            return question, False
        told = [
            replace(turn, question=capitals(turn.question, self.generation))
            for turn in history[-MOST_TURNS:]
        ]
        asked = capitals(question, self.generation)
        whole = stand_alone(asked, told)
        return (question, False) if whole == asked else (whole, True)

    def _found(self, typed: str, scope: Scope, home: str, searched: Searched | None) -> Reply:
        if scope.empty:
            made = self.generation.manifest.generation
            return Abstention(typed, scope.empty, (), self.mode, made, self._notice(None), searched)
        # Abbreviations are spelt out for the search: they help it to find, and distract a reader,
        # which then takes what stands beside the long form for an answer.
        named = spelt_out(scope.text, self.generation)
        vector = self._vector(named)
        hits = search(self.generation, named, vector, FOUND_PASSAGES, scope.keys)
        read = _to_read(scope, hits)
        if home and scope.keys is None:
            read = read + self._at_home(named, vector, home, read)
        spans = self.reader.read(scope.text, read)
        now = Circumstances(
            self.mode,
            self.generation.manifest.generation,
            self._notice(scope.remark),
            searched,
            self._stories([*read, *hits]),
            tuple(hit.passage for hit in hits),
            unheard_of(scope.text, self.generation.frequency),
            capitals(scope.text, self.generation),
            frozenset(words(named)),
        )
        reply = decide(typed, spans, self.threshold, now)
        if isinstance(reply, Abstention) and self.sentences is not None:
            near = self.sentences.read(scope.text, read)
            return replace(reply, nearest=nearest_quotes(near, now.asked, now.told))
        return reply

    def _at_home(
        self, question: str, vector: NDArray[np.float32] | None, home: str, read: Sequence[Hit]
    ) -> list[Hit]:
        """The best of the last answer's article besides what is read anyhow."""
        keys = self.generation.select(Selection(article_id=home))
        near = search(self.generation, question, vector, HOME_PASSAGES, keys)
        known = {hit.passage.key for hit in read}
        return [
            replace(hit, fused=hit.fused * _HOME_WEIGHT)
            for hit in near
            if hit.passage.key not in known
        ]

    def _vector(self, question: str) -> NDArray[np.float32] | None:
        return self.encoder.encode([question])[0] if self.encoder else None

    def _stories(self, hits: Sequence[Hit]) -> dict[str, str]:
        """The story that each article tells, by the id of the story's first article."""
        ids = dict.fromkeys(hit.passage.reference.article_id for hit in hits)
        return {one: self.generation.story(one)[0] for one in ids}

    def _notice(self, remark: str | None) -> str | None:
        keywords = f"keyword search only: {self.fault}" if self.fault else None
        return "; ".join(filter(None, (keywords, self.notice, remark))) or None

    def _prove(self, reply: Reply) -> None:
        """Check every quote against the stored article. Raises DamagedError."""
        for quote in quotes_of(reply):
            article = self.generation.article(quote.reference.article_id)
            if article is None or not quote.is_in(article):
                raise DamagedError(
                    f"A quote of {quote.reference.article_id} is not in the stored article; "
                    "rebuild the index: pullquote index build"
                )


def _to_read(scope: Scope, hits: Sequence[Hit]) -> list[Hit]:
    return to_read(hits, READ_PASSAGES, timely(scope.text))


def require_same_encoder(generation: Generation, weights: str, name: str) -> None:
    """Raises EncoderMismatch unless the passages were embedded with these ``weights``."""
    card = generation.manifest.encoder
    if card.weights != weights:
        raise EncoderMismatch(
            f"The index was embedded by {card.name} (weights {card.weights[:12]}…), but the "
            f"configured model is {name} ({weights[:12]}…); set [encoder] model back, or rebuild: "
            "pullquote index build"
        )
