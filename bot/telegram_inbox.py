"""Updates between Telegram and the handlers: none is lost by a crash, none handled twice.

Telegram forgets an update as soon as the next poll confirms it, or the webhook returns, long before
it is answered. So it is written down first, and ticked off when it has been handled.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from typing import Any

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.service import Service


class Inbox(asyncio.Queue[object]):
    """The application's queue of updates. ``most`` are taken from Telegram at a time: further
    ones stay there, which is a safer place than our memory."""

    def __init__(self, service: Service, most: int) -> None:
        super().__init__()
        self._service, self._room = service, asyncio.Semaphore(most)

    async def put(self, item: object) -> None:
        if isinstance(item, Update):
            await self._room.acquire()
            number, body = item.update_id, item.to_json()
            if not await self._service.look_up(lambda: self._service.state.take(number, body)):
                self._room.release()
                return
        await super().put(item)

    async def restore(self, bot: Bot) -> int:
        """Take up what a crash left; how many."""
        bodies = await self._service.look_up(self._service.state.undone)
        for body in bodies:
            await self._room.acquire()
            await super().put(Update.de_json(json.loads(body), bot))
        return len(bodies)

    async def handled(self, update: Update) -> None:
        self._room.release()
        await self._service.look_up(lambda: self._service.state.done(update.update_id))


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
                await self._inbox.handled(update)

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...
