"""Inline mode: `@bot question` in any chat offers quotes to send."""

from __future__ import annotations

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)

from bot.messenger.sending import Context
from bot.render.offers import Offer, offers
from bot.service.limits import Limiter
from bot.service.pool import Busy
from bot.service.service import Service
from index.errors import PullquoteError, QuestionError

_CACHE_SECONDS = 60  # Telegram answers the same question by itself so long
_LEAST_WORDS = 2
TYPED = 5
"""Queries that Telegram sends while one question is typed, about."""


class Inline:
    """The handler of inline questions. Telegram sends one at each pause of somebody's typing: all
    but the last are dropped as soon as the next arrives."""

    def __init__(self, service: Service, limiter: Limiter) -> None:
        self._service, self._limiter = service, limiter
        self._last: dict[int, str] = {}

    async def ask(self, update: Update, _: Context) -> None:
        query = update.inline_query
        if query is None:
            return
        user, text = query.from_user.id, query.query.strip()
        if len(text.split()) < _LEAST_WORDS:
            await self._offer(query, [], "Ask a question, and pick a quote")
            return
        if self._limiter.ask(user).wait:
            self._service.metrics.refusals.labels("user_limit").inc()
            await self._offer(query, [], "Please wait a little")
            return
        self._last[user] = query.id
        try:
            reply = await self._service.reply(text)
        except QuestionError:
            await self._offer(query, [], "Ask a question, and pick a quote")
        except Busy:
            self._service.metrics.refusals.labels("busy").inc()
            await self._offer(query, [], "Busy right now. Please try again.")
        except PullquoteError:
            self._service.metrics.errors.labels("archive").inc()
            await self._offer(query, [], "The archive can't be searched right now")
        else:
            if self._last.get(user) == query.id:
                found = [_result(n, offer) for n, offer in enumerate(offers(reply))]
                await self._offer(query, found, None)
        finally:
            if self._last.get(user) == query.id:
                del self._last[user]

    async def _offer(
        self, query: InlineQuery, found: list[InlineQueryResultArticle], hint: str | None
    ) -> None:
        """Results, or a hint above them; a hint is not to be remembered."""
        button = InlineQueryResultsButton(hint, start_parameter="inline") if hint else None
        await query.answer(found, cache_time=0 if hint else _CACHE_SECONDS, button=button)


def _result(number: int, offer: Offer) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=str(number),
        title=offer.title,
        description=offer.description,
        input_message_content=InputTextMessageContent(offer.html),
    )
