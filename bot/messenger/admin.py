"""What admins can do: /reindex, /stats, articles by link or file. Others are told so once."""

from __future__ import annotations

import asyncio
import contextlib
import html
import logging
import threading
from collections.abc import Callable
from pathlib import Path

from telegram import Message, Update
from telegram.error import BadRequest, TelegramError

from bot.messenger import texts as texts
from bot.messenger.questions import asker
from bot.messenger.sending import Context, send
from bot.messenger.stats import stats
from bot.service.intake import MOST_LINKS, keep_file, links_in, safe_name
from bot.service.rebuild import Rebuild
from bot.service.service import Service
from index.errors import PullquoteError, SourceError
from index.sources.web import FetchLimits

log = logging.getLogger("pullquote.telegram")
_STARTED = "Started…"
_EDIT_SECONDS = 2.0  # between two edits of a progress message: Telegram limits them


class Admin:
    """Handlers for admins. ``added`` is the folder for articles that are added."""

    def __init__(
        self, service: Service, rebuild: Rebuild, added: Path, limits: FetchLimits
    ) -> None:
        self._service, self._rebuild = service, rebuild
        self._added, self._limits = added, limits

    async def stats(self, update: Update, _: Context) -> None:
        message = await self._admins(update)
        if message:
            await send(message, await self._service.look_up(lambda: stats(self._service)))

    async def reindex(self, update: Update, _: Context) -> None:
        message = await self._admins(update)
        if message:
            await self._build(message, list)

    async def links(self, update: Update, _: Context) -> None:
        """A message of addresses and nothing else."""
        message = await self._admins(update)
        if message is None:
            return
        urls = links_in(message.text or "")
        if len(urls) > MOST_LINKS:
            await send(message, f"That is a lot: please send at most {MOST_LINKS} links at a time.")
            return

        def fetch() -> list[str]:
            from index.sources.added import add_url

            kept = [each for url in urls for each in add_url(url, self._added, self._limits)]
            return [f"Added: {article.title or article.url}" for article in kept]

        await self._build(message, fetch)

    async def document(self, update: Update, _: Context) -> None:
        message = await self._admins(update)
        if message is None or (document := message.document) is None:
            return
        name, most = document.file_name or "", self._service.settings.max_file_bytes
        try:
            safe_name(name)  # refused before anything is downloaded
            if (document.file_size or 0) > most:
                raise SourceError(f"The file is larger than {most:,} bytes; please split it.")
            data = bytes(await (await document.get_file()).download_as_bytearray())
        except PullquoteError as error:
            await send(message, _plain(str(error)))
            return

        def keep() -> list[str]:
            kept = keep_file(data, name, self._added, most)
            verb = "Replaced" if kept.replaced else "Added"
            return [f"{verb} {kept.name}:", *(f"  {title}" for title in kept.titles[:5])]

        await self._build(message, keep)

    async def _admins(self, update: Update) -> Message | None:
        """The message if an admin wrote it; who did not is told once that only admins may."""
        message = update.message
        if message is None:
            return None
        user, service = asker(message), self._service
        if user in service.access.admins:
            return message
        if await service.look_up(lambda: service.state.first_time(user, "admins")):
            await send(message, texts.ADMINS_ONLY)
        return None

    async def _build(self, message: Message, first: Callable[[], list[str]]) -> None:
        """Build in a thread of its own; one message tells how far it is and how it ended."""
        shown = await send(message, _STARTED)
        loop, done = asyncio.get_running_loop(), asyncio.Event()
        outcome: list[str] = []

        def work() -> None:
            try:
                outcome.append(self._rebuild.run(first))
            except PullquoteError as error:
                outcome.append(str(error))
            except Exception as error:
                log.error("%s: %s", type(error).__name__, error)
                outcome.append(f"The build failed ({type(error).__name__}); the log says more.")
            outcome[0] = self._rebuild.told(outcome[0])
            loop.call_soon_threadsafe(done.set)

        # A daemon: a build that is cut off leaves the published index as it was.
        threading.Thread(target=work, daemon=True, name="build").start()
        last = _STARTED
        while not done.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), _EDIT_SECONDS)
            now = outcome[0] if outcome else self._rebuild.said
            if now and now != last:
                last = now
                with contextlib.suppress(TelegramError):
                    await shown.edit_text(_plain(now))
        if last != outcome[0]:
            with contextlib.suppress(BadRequest):
                await shown.edit_text(_plain(outcome[0]))


def _plain(text: str) -> str:
    return html.escape(text[:3500], quote=False)
