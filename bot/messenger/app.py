"""The Telegram bot, put together: its handlers, its health, and where its updates come from."""

from __future__ import annotations

import asyncio
import os
import threading
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr
from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
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
from bot.config import Settings
from bot.messenger.admin import Admin
from bot.messenger.commands import Commands
from bot.messenger.faults import Faults
from bot.messenger.inbox import Inbox, Once
from bot.messenger.inline import TYPED, Inline
from bot.messenger.polling import Polling
from bot.messenger.presses import Buttons
from bot.messenger.questions import Questions
from bot.messenger.sending import PerChat
from bot.messenger.webhook import Webhook
from bot.service.intake import links_in
from bot.service.limits import Limiter
from bot.service.rebuild import Rebuild
from bot.service.service import Service
from bot.service.shelf import Shelf
from bot.service.state import State
from index.errors import PullquoteError

App = Application[Any, Any, Any, Any, Any, Any]
_MORE_THAN_QUEUE = 64  # updates in progress beside those that wait for the model
_ALIVE_SECONDS = 5  # within which a loop that lives comes round


@dataclass(slots=True)
class Bot:
    """A bot that can be started: its application, and what it works with. ``loop`` is there once
    it was."""

    app: App
    service: Service
    rebuild: Rebuild
    inbox: Inbox
    faults: Faults
    source: Polling | Webhook
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
        if not turned.wait(_ALIVE_SECONDS):
            return "the event loop is stuck"
        return self.source.fault()


def assemble(settings: Settings, token: SecretStr, secret: SecretStr | None = None) -> Bot:
    """The bot, ready to run; with a ``secret``, by webhook. Raises StoreError when its state cannot
    be used."""
    os.environ["PTB_TIMEDELTA"] = "true"  # durations as python-telegram-bot will give them
    telegram = settings.telegram
    store = wiring.open_store(settings)
    state = State(settings.resolve(telegram.state))
    service = Service(wiring.Desk(settings), Shelf(store), state, telegram)
    rebuild = Rebuild(settings)
    at_once = telegram.queue + _MORE_THAN_QUEUE
    faults = Faults(service.metrics)
    inbox = Inbox(service, faults, at_once)
    polling = Polling(inbox, faults)
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
        .updater(None)
        .update_queue(inbox.queue)
        .get_updates_request(polling.request)
        .read_timeout(20)
        .write_timeout(20)
        .pool_timeout(60)
        .build()
    )
    admin = Admin(service, rebuild, store.added, wiring.fetch_limits(settings))
    _add_handlers(app, service, admin)
    app.add_error_handler(faults.tell)
    source = Webhook(telegram, secret, inbox, faults) if secret else polling
    return Bot(app, service, rebuild, inbox, faults, source)


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
