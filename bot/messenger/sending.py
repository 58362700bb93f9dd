"""Calls of the Bot API: tried again within bounds, each chat apart from the others.

python-telegram-bot asks a rate limiter to make every call. Its own one needs another package and
holds back every chat when Telegram limits one; see docs/decisions/011.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ChatAction
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter, ContextTypes

from bot.render.buttons import Keyboard
from bot.service.metrics import Metrics

Context = ContextTypes.DEFAULT_TYPE
_TRIES = 4
_LONGEST = 60.0  # seconds; who is limited for longer has flooded the chat, and waiting adds to it
_FIRST_PAUSE = 0.5  # seconds, doubled each time
_AGAIN = ("send", "edit", "answer", "getFile")  # calls that somebody waits for
_ONCE = "sendChatAction"  # a courtesy, stale by the time it could be tried again
_TYPING_SECONDS = 4.5  # Telegram shows it for five


class PerChat(BaseRateLimiter[int]):
    """Tries again after 429, time-outs and errors of the server or the network."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._limited: dict[object, float] = {}

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        chat = data.get("chat_id") or data.get("inline_message_id")
        tries = _TRIES if endpoint.startswith(_AGAIN) and endpoint != _ONCE else 1
        for number in range(1, tries + 1):
            if tries > 1:
                await self._turn(chat)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as limit:
                wait = _seconds(limit.retry_after)
                self._limited[chat] = time.monotonic() + wait
                if number == tries or wait > _LONGEST:
                    raise
            except BadRequest:
                raise  # a NetworkError by descent, but asking again would not help
            except NetworkError:
                if number == tries:
                    raise
                await asyncio.sleep(_FIRST_PAUSE * 2 ** (number - 1))
            self._metrics.retries.inc()
        raise AssertionError("the last try returns or raises")

    async def _turn(self, chat: object) -> None:
        """Wait until Telegram takes calls for this chat again."""
        while (wait := self._limited.get(chat, 0.0) - time.monotonic()) > 0:
            if wait > _LONGEST:
                raise RetryAfter(timedelta(seconds=wait))
            await asyncio.sleep(wait)
        self._limited.pop(chat, None)


def _seconds(wait: int | float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(b.label, callback_data=b.press.data) for b in row] for row in keyboard
    ]
    return InlineKeyboardMarkup(rows) if rows else None


async def send(message: Message, html: str, keyboard: Keyboard = ()) -> Message:
    """Reply to a message; in a group, threaded to it even if it is deleted meanwhile."""
    return await message.reply_text(
        html, reply_markup=markup(keyboard), allow_sending_without_reply=True
    )


@contextlib.asynccontextmanager
async def typing(message: Message, context: Context) -> AsyncIterator[None]:
    """Show "typing" from now on until the end of the block; it delays nothing and may fail."""
    done = asyncio.Event()

    async def show() -> None:
        with contextlib.suppress(TelegramError):
            while not done.is_set():
                await message.reply_chat_action(ChatAction.TYPING)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(done.wait(), _TYPING_SECONDS)

    context.application.create_task(show())
    try:
        yield
    finally:
        done.set()
