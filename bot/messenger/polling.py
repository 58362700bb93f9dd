"""Long polling that nothing ends but a wish to stop.

The library's own loop reads a whole answer of Telegram's or none of it, confirms it before it is on
disk, and ends for good on what it does not expect; see docs/decisions/011.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from typing import Any

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.messenger.faults import Faults
from bot.messenger.inbox import WANTED, Inbox

POLL_SECONDS = 10  # that Telegram holds a poll when there is nothing new
HUNG_SECONDS = 30  # beyond that, after which a poll is given up, whatever the network does
OLD_SECONDS = 60.0  # without a poll that succeeded: four times as long as a quiet one takes


class RawAnswers(HTTPXRequest):
    """Keeps the answer to a poll as it came, and gives the library an empty one in its place."""

    body = b""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        if status == 200:
            self.body, body = body, b'{"ok": true, "result": []}'
        return status, body


class Polling:
    """``request`` must make the bot's polls."""

    def __init__(self, inbox: Inbox, faults: Faults) -> None:
        self.request = RawAnswers()
        self._inbox, self._faults = inbox, faults
        self._offset = 0  # of the next update; Telegram forgets those before it
        self._succeeded = time.monotonic()
        self._task: asyncio.Task[None] | None = None

    async def start(self, bot: Bot) -> None:
        self._succeeded = time.monotonic()
        self._task = asyncio.create_task(self._go_on(bot), name="polling")

    async def stop(self, bot: Bot) -> None:
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.wait({self._task})
        if self._offset:
            # Telegram need not send again what we hold; if it does, it is known by its number.
            with contextlib.suppress(Exception):
                await self._ask(bot, 0)

    def fault(self) -> str | None:
        """What is wrong, or None. For any thread."""
        if self._task is None:
            return "polling has not begun"
        if self._task.done():
            return "polling has ended"
        age = time.monotonic() - self._succeeded
        if age < OLD_SECONDS:
            return None
        return f"no poll has succeeded for {age:.0f} seconds; the log says why"

    async def _go_on(self, bot: Bot) -> None:
        await self._faults.insist(bot.delete_webhook)  # while one is set, polls are refused
        while True:
            await self._faults.insist(lambda: self._poll(bot))

    async def _poll(self, bot: Bot) -> None:
        updates = await self._ask(bot, POLL_SECONDS)
        before = self._offset
        for raw in updates:
            if (number := await self._inbox.accept(raw, bot)) is not None:
                self._offset = number + 1
                self._succeeded = time.monotonic()
        if updates and self._offset == before:
            raise ValueError("Telegram's answer holds no update with a number")
        self._succeeded = time.monotonic()
        await self._inbox.tick_off()

    async def _ask(self, bot: Bot, seconds: int) -> list[object]:
        """New updates, which are waited for."""
        async with asyncio.timeout(seconds + HUNG_SECONDS):
            await bot.get_updates(offset=self._offset, timeout=seconds, allowed_updates=WANTED)
        updates: list[object] = json.loads(self.request.body)["result"]
        return updates
