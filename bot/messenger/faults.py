"""What went wrong, a line each, and trying again: no update and no call may end the bot."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from telegram import Update
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter, TelegramError

from bot.messenger.sending import Context, send
from bot.messenger.texts import FAILED
from bot.service.metrics import Metrics

T = TypeVar("T")
Work = Callable[[], Coroutine[Any, Any, T]]
FIRST_PAUSE = 0.5  # seconds, doubled each time
LONGEST_PAUSE = 15.0
_AT_START = (1.0, 2.0, 4.0)  # pauses while the bot may still say that it cannot start

log = logging.getLogger("pullquote.telegram")


class Faults:
    """Counts and reports what went wrong."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def note(self, error: BaseException) -> None:
        """One line; the bot goes on."""
        self._count(error)
        if isinstance(error, Conflict):
            log.error("Another process polls with this bot's token; stop one of the two.")
        elif isinstance(error, NetworkError):
            log.warning("The Bot API cannot be reached or refused a call (%s).", error)
        else:
            log.error("%s: %s", type(error).__name__, error)

    def set_aside(self, update: int, error: Exception) -> None:
        """One line without what the update says: it may be somebody's message."""
        self._count(error)
        log.warning("Update %d cannot be read (%s); left out.", update, type(error).__name__)

    def _count(self, error: BaseException) -> None:
        self._metrics.errors.labels(type(error).__name__).inc()

    async def tell(self, update: object, context: Context) -> None:
        """The application's error handler: a line for us, a sentence for whoever asked."""
        error = context.error
        if error is None:
            return
        self.note(error)
        message = update.effective_message if isinstance(update, Update) else None
        if message and not isinstance(error, TelegramError):
            with contextlib.suppress(TelegramError):
                await send(message, FAILED)

    async def insist(self, work: Work[T]) -> T:
        """Do ``work`` until it succeeds, with growing pauses.

        Each try is a task of its own: so it survives even a stray cancellation, which would
        otherwise look as if the bot were asked to stop.
        """
        pause = FIRST_PAUSE
        while True:
            attempt = asyncio.create_task(work())
            try:
                await asyncio.wait({attempt})
            finally:  # when we are to stop, the attempt is, too
                attempt.cancel()
                await asyncio.wait({attempt})
            error = asyncio.CancelledError() if attempt.cancelled() else attempt.exception()
            if error is None:
                return attempt.result()
            self.note(error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


async def at_start(work: Work[T]) -> T:
    """Do ``work``, a few times if the network or the Bot API fails. Raises TelegramError."""
    for pause in _AT_START:
        try:
            return await work()
        except BadRequest:
            raise  # a NetworkError by descent, but asking again would not help
        except (NetworkError, RetryAfter):
            await asyncio.sleep(pause)
    return await work()
