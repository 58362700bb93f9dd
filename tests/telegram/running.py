"""A bot over the real client library, polling the fake server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.config import Settings
from bot.messenger.app import Bot, assemble
from bot.messenger.run import at_work
from tests.telegram.fake_bot_api import TOKEN, FakeBotApi

Story = Callable[[FakeBotApi], Coroutine[Any, Any, None]]
NO_MODEL = "nobody/no-such-model"


def settings_for(index: Path, state: Path, model: str = NO_MODEL, **telegram: Any) -> Settings:
    """Settings of a bot; without a model unless one is named."""
    return Settings.model_validate(
        {
            "index": {"path": str(index)},
            "encoder": {"model": model},
            "telegram": {"state": str(state / "telegram.sqlite"), **telegram},
        }
    )


@asynccontextmanager
async def running(
    settings: Settings, api: FakeBotApi, base_url: str, secret: SecretStr | None = None
) -> AsyncIterator[Bot]:
    """The bot at work, as `run` has it, but in this loop; with a ``secret``, by webhook."""
    addresses = {"base_url": base_url, "base_file_url": base_url.replace("/bot", "/file/bot")}
    telegram = settings.telegram.model_copy(update=addresses)
    bot = assemble(settings.model_copy(update={"telegram": telegram}), SecretStr(TOKEN), secret)
    await asyncio.to_thread(bot.service.desk.answerer)  # the model is there before the first reader
    try:
        async with at_work(bot):
            yield bot
    finally:
        bot.rebuild.stop()
        bot.service.close()


def drive(settings: Settings, *stories: Story) -> FakeBotApi:
    """Tell each story to a bot of its own, started anew with the same state, before one server."""

    async def tell() -> FakeBotApi:
        api = FakeBotApi()
        base_url = await api.start()
        try:
            for story in stories:
                async with running(settings, api, base_url):
                    await story(api)
        finally:
            await api.stop()
        return api

    return asyncio.run(tell())
