"""What a chat bot does with a question, a button or a wish to be forgotten, whatever the messenger.

Everything here but `Service.ask` may touch the disk, so all of it runs off the event loop: answers
in the pool of the model, all else in a pool of its own, so that a button need not wait for a model.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import TypeVar

from bot.config import PeopleSettings
from bot.service.context import around, widened
from bot.service.kept import generation_of, rebuild, record, said_in
from bot.service.limits import Access, Limiter
from bot.service.metrics import Metrics
from bot.service.pool import Pool
from bot.service.shelf import Gone, Shelf
from bot.service.state import State, StoredReply
from bot.service.turnstile import Turnstile
from bot.wiring import Desk
from index.model import Article
from index.texts import Texts, find_article
from retrieval.answer import Abstention, Quote, Reply, quotes_of
from retrieval.question.followup import Turn, turn_of

T = TypeVar("T")
_PRUNE_SECONDS = 3600
_TURNS = 4  # that a follow-up may lean on
_LOOKUPS = 1000  # that may wait: each takes about a millisecond
GONE = "That answer came from an older index, which has been removed. Please ask again."
FORGOTTEN = "I no longer hold that answer. Please ask again."


@dataclass(frozen=True, slots=True)
class ChatQuestion:
    """A question: who asked where, in which message, by the messenger's numbers."""

    chat: int
    user: int
    message: int
    text: str
    kind: str = "private"


@dataclass(frozen=True, slots=True)
class Given:
    """A reply, the id that it is kept under, and what its chat chose of how replies look."""

    reply: Reply
    answer: str
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recalled:
    """A reply that was given, and the articles that it quotes."""

    reply: Reply
    texts: Texts
    choices: Mapping[str, str]

    def around(self, number: int) -> tuple[Article, Quote, int, int]:
        """A quote of the reply in its article, and where the sentences around it begin and end.
        Raises Gone."""
        quotes = quotes_of(self.reply)
        if number >= len(quotes):
            raise Gone(FORGOTTEN)
        quote = quotes[number]
        article = find_article(self.texts, quote.reference.article_id)
        if article is None:
            raise Gone(GONE)
        return article, quote, *around(article.text, quote.start, quote.end)

    def copies(self) -> dict[str, int]:
        """How many near-copies there are of each article that is quoted, by its id."""
        ids = {quote.reference.article_id for quote in quotes_of(self.reply)}
        return {one: len(told) - 1 for one, told in self.texts.copies(sorted(ids)).items()}


class Service:
    """``clock`` gives seconds for the limits."""

    def __init__(
        self,
        desk: Desk,
        shelf: Shelf,
        state: State,
        settings: PeopleSettings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.desk, self.shelf, self.state, self.settings = desk, shelf, state, settings
        self.access = Access(
            settings.access,
            frozenset(settings.users),
            frozenset(settings.chats),
            frozenset(settings.admins),
            settings.invite_code,
        )
        self.members = state.members()
        self.clock = clock
        self._next_prune = 0.0
        self.limiter = Limiter(settings.user_per_minute, settings.total_per_minute, clock)
        self.turnstile = Turnstile()
        self._model = Pool("answer", settings.queue)
        self._lookups = Pool("lookup", _LOOKUPS)
        self.metrics = Metrics(lambda: self._model.held)

    async def ask(self, asked: ChatQuestion) -> Given:
        """The answer, kept for its buttons. Raises Busy, QuestionError, StoreError."""
        start = time.perf_counter()
        given = await self._model.run(lambda: self._answer(asked))
        self.metrics.answered(time.perf_counter() - start)
        return given

    async def reply(self, text: str) -> Reply:
        """The bare reply to an inline question, which follows nothing and is not kept."""
        start = time.perf_counter()
        reply = await self._model.run(lambda: self.desk.answerer().answer(text))
        self.metrics.answered(time.perf_counter() - start)
        self._count(reply, "inline")
        return reply

    async def look_up(self, work: Callable[[], T]) -> T:
        """The result of short work with the disk."""
        return await self._lookups.run(work)

    def close(self) -> None:
        self._model.close()
        self._lookups.close()
        self.shelf.close()
        self.state.close()

    # In the worker's thread.

    def _answer(self, asked: ChatQuestion) -> Given:
        seconds = self.settings.conversation_minutes * 60
        said = self.state.turns(asked.chat, asked.user, seconds, _TURNS, asked.message)
        turns = [Turn(**json.loads(turn)) for turn in said]
        answerer = self.desk.answerer()
        reply = answerer.answer(asked.text, history=turns)
        self._prune_at_times()
        self._count(reply, asked.kind)
        settings = self.state.settings(asked.chat)
        if settings.get("quotes") == "long":
            reply = widened(reply, partial(find_article, answerer.generation))
        answer = _new_id()
        self.state.keep(
            StoredReply(
                answer, asked.chat, asked.user, asked.message, None, asked.text, record(reply)
            )
        )
        if not (isinstance(reply, Abstention) and reply.courtesy):
            turn = json.dumps(asdict(turn_of(reply)), ensure_ascii=False)
            self.state.add_turn(asked.chat, asked.user, asked.message, turn)
        return Given(reply, answer, settings)

    def _count(self, reply: Reply, kind: str) -> None:
        self.metrics.questions.labels(kind).inc()
        if isinstance(reply, Abstention) and not reply.courtesy:
            self.metrics.abstentions.inc()
        if reply.mode == "lexical":
            self.metrics.fallbacks.inc()

    # In the thread of the look-ups.

    def remember_error(self, asked: ChatQuestion) -> str:
        """Keep that ``asked`` was told of an error, so that its edit mends that message."""
        answer = _new_id()
        kept = StoredReply(answer, asked.chat, asked.user, asked.message, None, asked.text, None)
        self.state.keep(kept)
        return answer

    def recall(self, answer: str) -> Recalled:
        """An answer that was given. Raises Gone with what to say."""
        kept, record = self._kept(answer)
        try:
            texts = self.shelf.texts(generation_of(record))
        except Gone:
            raise Gone(GONE) from None
        reply = rebuild(record, partial(find_article, texts))
        return Recalled(reply, texts, self.state.settings(kept.chat))

    def vote(self, answer: str, up: bool, user: int) -> None:
        """Raises Gone with what to say."""
        kept, record = self._kept(answer)
        self.state.vote(kept, user, up, said_in(record), generation_of(record))

    def _kept(self, answer: str) -> tuple[StoredReply, str]:
        kept = self.state.answer(answer)
        if kept is None or kept.record is None:
            raise Gone(FORGOTTEN)
        return kept, kept.record

    def forget(self, user: int) -> None:
        self.state.forget(user)
        self.members.discard(user)

    def join(self, user: int) -> None:
        self.state.join(user)
        self.members.add(user)

    def _prune_at_times(self) -> None:
        if self.clock() >= self._next_prune:
            self.prune()

    def prune(self) -> None:
        """Erase what is past its time."""
        self._next_prune = self.clock() + _PRUNE_SECONDS
        self.state.prune(self.settings.conversation_minutes * 60, self.settings.keep_days)


def _new_id() -> str:
    """Eleven characters that nobody guesses: a button must not open somebody else's answer."""
    return secrets.token_urlsafe(8)
