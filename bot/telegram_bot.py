"""The Telegram bot: handlers put together, polling or a webhook, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr
from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import wiring
from bot.config import Settings, webhook_secret
from bot.intake import links_in
from bot.limits import Limiter
from bot.monitor import Monitor
from bot.rebuild import Rebuild
from bot.secrets import guard_logs, log_to_terminal
from bot.service import Service
from bot.shelf import Shelf
from bot.state import State
from bot.telegram_admin import Admin
from bot.telegram_buttons import Buttons
from bot.telegram_commands import Commands, show_commands
from bot.telegram_inbox import Inbox, Once
from bot.telegram_inline import TYPED, Inline
from bot.telegram_questions import Questions
from bot.telegram_sending import Context, PerChat, send
from bot.telegram_texts import FAILED
from index.errors import ConfigError, PullquoteError

log = logging.getLogger("pullquote.telegram")

App = Application[Any, Any, Any, Any, Any, Any]
UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
]
_MORE_THAN_QUEUE = 64  # updates in progress beside those that wait for the model
_ALIVE_SECONDS = 5  # within which a loop that lives comes round


@dataclass(slots=True)
class Bot:
    """A bot that can be started: its application, and what it works with. ``loop`` is there once
    it was."""

    app: App
    service: Service
    rebuild: Rebuild
    loop: asyncio.AbstractEventLoop | None = None

    def health(self) -> str | None:
        """What is wrong, or None. For another thread than the loop's."""
        try:
            self.service.desk.answerer()
        except PullquoteError as error:
            return str(error)
        if self.loop is None or not self.app.running:
            return "not running"
        turned = threading.Event()
        self.loop.call_soon_threadsafe(turned.set)
        return None if turned.wait(_ALIVE_SECONDS) else "the event loop is stuck"


def assemble(settings: Settings, token: SecretStr) -> Bot:
    """The bot, ready to run. Raises StoreError when its state cannot be used."""
    os.environ["PTB_TIMEDELTA"] = "true"  # durations as python-telegram-bot will give them
    telegram = settings.telegram
    store = wiring.open_store(settings)
    state = State(settings.resolve(telegram.state))
    service = Service(wiring.Desk(settings), Shelf(store), state, telegram)
    rebuild = Rebuild(settings)
    at_once = telegram.queue + _MORE_THAN_QUEUE
    inbox = Inbox(service, at_once)

    async def begin(app: App) -> None:
        bot.loop = asyncio.get_running_loop()
        await service.look_up(service.prune)
        restored = await inbox.restore(app.bot)
        if restored:
            log.info("Taking up %d updates that were not finished.", restored)
        with contextlib.suppress(TelegramError):  # a convenience: without it commands work, too
            await show_commands(app.bot, service.access.admins)

    app = (
        ApplicationBuilder()
        .token(token.get_secret_value())
        .base_url(telegram.base_url)
        .base_file_url(telegram.base_file_url)
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .rate_limiter(PerChat(service.metrics))
        .concurrent_updates(Once(inbox, at_once))
        .update_queue(inbox)
        .read_timeout(20)
        .write_timeout(20)
        .pool_timeout(60)
        .post_init(begin)
        .build()
    )
    admin = Admin(service, rebuild, store.added, wiring.fetch_limits(settings))
    _add_handlers(app, service, admin)
    app.add_error_handler(_report(service))
    bot = Bot(app, service, rebuild)
    return bot


def _add_handlers(app: App, service: Service, admin: Admin) -> None:
    commands, questions = Commands(service), Questions(service)
    settings = service.settings
    typed = Limiter(
        settings.user_per_minute * TYPED, settings.total_per_minute * TYPED, service.clock
    )
    private, groups = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
    once, text = filters.UpdateType.MESSAGE, filters.TEXT & ~filters.COMMAND
    app.add_handler(TypeHandler(Update, commands.gate), group=-1)
    for name, handler in (
        ("start", commands.start),
        ("help", commands.help),
        ("sources", commands.sources),
        ("latest", commands.latest),
        ("settings", commands.settings),
        ("new", commands.new),
        ("forget", commands.forget),
        ("reindex", admin.reindex),
        ("stats", admin.stats),
    ):
        app.add_handler(CommandHandler(name, handler, filters=once))
    app.add_handler(CommandHandler("ask", questions.ask))
    app.add_handler(MessageHandler(once & private & text & _Links(), admin.links))
    app.add_handler(MessageHandler(once & private & filters.Document.ALL, admin.document))
    app.add_handler(MessageHandler(private & text, questions.private))
    app.add_handler(MessageHandler(groups & text, questions.group))
    app.add_handler(CallbackQueryHandler(Buttons(service).press))
    app.add_handler(InlineQueryHandler(Inline(service, typed).ask))
    app.add_handler(MessageHandler(once & private & filters.COMMAND, commands.unknown))
    app.add_handler(MessageHandler(once & private & ~filters.StatusUpdate.ALL, commands.not_text))


class _Links(filters.MessageFilter):
    """A message that is one address or several, and nothing else."""

    def filter(self, message: Any) -> bool:
        return bool(links_in(message.text or ""))


def _report(service: Service) -> Any:
    async def report(update: object, context: Context) -> None:
        """One line for what went wrong while polling or replying; the bot goes on."""
        error = context.error
        service.metrics.errors.labels(type(error).__name__).inc()
        if isinstance(error, Conflict):
            log.error("Another process polls with this bot's token; stop one of the two.")
        elif isinstance(error, NetworkError):
            log.warning("The Bot API cannot be reached or refused a call (%s).", error)
        else:
            log.error("%s: %s", type(error).__name__, error)
            message = update.effective_message if isinstance(update, Update) else None
            if message and not isinstance(error, TelegramError):
                with contextlib.suppress(TelegramError):
                    await send(message, FAILED)

    return report


def run(settings: Settings, token: SecretStr) -> None:
    """Serve until a signal asks to stop. Raises ConfigError when the Bot API refuses the bot."""
    guard_logs(token)
    log_to_terminal()
    telegram = settings.telegram
    secret = webhook_secret() if telegram.webhook_url else None
    bot = assemble(settings, token)
    monitor = None
    try:
        bot.service.desk.answerer()  # an index that cannot serve is reported now, not to a reader
        if telegram.monitor_port:
            monitor = Monitor(telegram.monitor_port, bot.service.metrics.page, bot.health)
        _serve(bot, settings, secret)
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


def _serve(bot: Bot, settings: Settings, secret: SecretStr | None) -> None:
    telegram = settings.telegram
    if secret is None:
        bot.app.run_polling(allowed_updates=UPDATES, bootstrap_retries=3)
        return
    guard_logs(secret)
    bot.app.run_webhook(
        listen=telegram.webhook_listen,
        port=telegram.webhook_port,
        url_path=urlsplit(telegram.webhook_url).path.lstrip("/"),
        webhook_url=telegram.webhook_url,
        secret_token=secret.get_secret_value(),
        allowed_updates=UPDATES,
        bootstrap_retries=3,
    )
