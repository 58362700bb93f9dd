"""Updates between Telegram and the handlers: none is lost by a crash, none handled twice.

Telegram forgets an update as soon as the next poll confirms it, or the webhook returns, long before
it is answered. So it is written down first, as it came, and ticked off when it has been handled.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable
from typing import Any

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.messenger.faults import Faults
from bot.service.service import Service

WANTED = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
]
_MOST_NUMBER = 2**63  # that SQLite can hold

log = logging.getLogger("pullquote.telegram")


class Inbox:
    """Where updates come in, by polling or by webhook. ``most`` are taken from Telegram at a time:
    further ones stay there, which is a safer place than our memory. ``queue`` is the
    application's."""

    def __init__(self, service: Service, faults: Faults, most: int) -> None:
        self.queue: asyncio.Queue[object] = asyncio.Queue()
        self._service, self._faults = service, faults
        self._room = asyncio.Semaphore(most)
        self._finished: set[int] = set()  # not ticked off yet

    async def accept(self, raw: object, bot: Bot) -> int | None:
        """Write down an update and queue it unless it was taken before. Its number, None if it has
        none. An exception says that it was not written down: it must not be confirmed."""
        number = _number(raw)
        if number is None:
            log.warning("An update without a number was left out.")
            return None
        await self._room.acquire()
        # Shielded: one that is written down but not queued would wait for the next start.
        await asyncio.shield(asyncio.create_task(self._take(number, json.dumps(raw), bot)))
        return number

    async def _take(self, number: int, body: str, bot: Bot) -> None:
        """With a place in the room, which is given back unless the update was queued."""
        try:
            fresh = await self._service.look_up(lambda: self._service.state.take(number, body))
        except BaseException:
            self._room.release()
            raise
        if fresh:
            await self._hand_on(number, body, bot)
        else:
            self._room.release()

    async def restore(self, bot: Bot) -> None:
        """Take up what a crash left. Raises StoreError before anything was taken."""
        rows = await self._service.look_up(self._service.state.undone)
        if rows:
            log.info("Taking up %d updates that were not finished.", len(rows))
        for number, body in rows:
            await self._room.acquire()
            await self._hand_on(number, body, bot)

    async def _hand_on(self, number: int, body: str, bot: Bot) -> None:
        """Queue an update, or set it aside if the library cannot read it: nobody may silence the
        bot by what they send."""
        try:
            update = Update.de_json(json.loads(body), bot)
        except Exception as error:
            self._faults.set_aside(number, error)
            await self.handled(number)
        else:
            self.queue.put_nowait(update)

    async def handled(self, number: int) -> None:
        """Make room, and tick the update off. Raises nothing."""
        self._room.release()
        self._finished.add(number)
        await self.tick_off()

    async def tick_off(self) -> None:
        """All that are finished, with those that could not be ticked off before."""
        finished = frozenset(self._finished)
        if not finished:
            return
        try:
            await self._service.look_up(lambda: self._service.state.done(*finished))
        except Exception as error:
            self._faults.note(error)
        else:
            self._finished -= finished


def _number(raw: object) -> int | None:
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if type(number) is int and 0 <= number < _MOST_NUMBER else None


class Once(BaseUpdateProcessor):
    """Handles updates side by side and ticks each off."""

    __slots__ = ("_inbox",)

    def __init__(self, inbox: Inbox, at_once: int) -> None:
        super().__init__(at_once)
        self._inbox = inbox

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        try:
            await coroutine
        finally:
            if isinstance(update, Update):
                await self._inbox.handled(update.update_id)

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None:
        await self._inbox.tick_off()
