"""A bot at work: begun, served until a signal, and ended in order."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator

from pydantic import SecretStr
from telegram.error import InvalidToken, TelegramError

from bot.config import Settings, webhook_secret
from bot.messenger.app import Bot, assemble
from bot.messenger.commands import show_commands
from bot.messenger.faults import at_start
from bot.redaction import guard_logs, log_to_terminal
from bot.service.monitor import Monitor
from index.errors import ConfigError

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGABRT)


def run(settings: Settings, token: SecretStr) -> None:
    """Serve until a signal asks to stop. Raises ConfigError when the Bot API refuses the bot."""
    guard_logs(token)
    log_to_terminal()
    telegram = settings.telegram
    secret = webhook_secret() if telegram.webhook_url else None
    if secret:
        guard_logs(secret)
    bot = assemble(settings, token, secret)
    monitor = None
    try:
        bot.service.desk.answerer()  # an index that cannot serve is reported now, not to a reader
        if telegram.monitor_port:
            monitor = Monitor(telegram.monitor_port, bot.service.metrics.page, bot.health)
        asyncio.run(_until_a_signal(bot))
    except InvalidToken:
        # Raised without its cause: the library's own text quotes the token.
        raise ConfigError(
            "Telegram refused the bot token; check PULLQUOTE_TELEGRAM_TOKEN with @BotFather."
        ) from None
    except TelegramError as error:
        raise ConfigError(
            f"The Bot API cannot be used ({type(error).__name__}); check [telegram] base_url "
            "and the network."
        ) from None
    finally:
        bot.rebuild.stop()
        if monitor:
            monitor.close()
        bot.service.close()


async def _until_a_signal(bot: Bot) -> None:
    loop, work = asyncio.get_running_loop(), asyncio.current_task()
    assert work

    def stop() -> None:
        work.cancel()
        for each in _SIGNALS:  # a second one ends the process at once; the state holds the rest
            loop.remove_signal_handler(each)

    for each in _SIGNALS:
        loop.add_signal_handler(each, stop)
    with contextlib.suppress(asyncio.CancelledError):
        async with at_work(bot):
            await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def at_work(bot: Bot) -> AsyncIterator[None]:
    """What was left is taken up before anything new; at the end, what was taken is finished.
    Raises TelegramError and ConfigError when the bot cannot start."""
    app = bot.app
    bot.loop = asyncio.get_running_loop()
    try:
        await at_start(app.initialize)
        await app.start()
        try:
            await bot.faults.insist(lambda: bot.service.look_up(bot.service.prune))
            await bot.faults.insist(lambda: bot.inbox.restore(app.bot))
            await bot.source.start(app.bot)
            with contextlib.suppress(TelegramError):  # a convenience: commands work without it
                await show_commands(app.bot, bot.service.access.admins)
            yield
        finally:
            await bot.source.stop(app.bot)
            await bot.inbox.queue.join()  # handlers may begin no tasks once `stop` is called
            await app.stop()
    finally:
        await app.shutdown()
