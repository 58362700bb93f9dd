"""The Telegram bot: private text in, one HTML reply out. The one door to python-telegram-bot."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pydantic import SecretStr
from telegram import Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.render_telegram import render
from bot.secrets import guard_logs, log_to_terminal
from bot.wiring import Desk
from index.errors import ConfigError, PullquoteError, QuestionError

log = logging.getLogger("pullquote.telegram")

WELCOME = (
    "Ask me about the articles, for example:\n<b>who leads the NRF?</b>\n\n"
    "I answer only in their own words, with the source of each quote, "
    "or tell you that they don't say."
)
AT_ONCE = 16  # updates in progress; each waits for its turn to be answered
Context = ContextTypes.DEFAULT_TYPE


class Bot:
    """Handlers. Answers are found in one worker thread, off the event loop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="answer")

    async def welcome(self, update: Update, _: Context) -> None:
        if update.effective_message:
            await update.effective_message.reply_text(WELCOME, parse_mode=ParseMode.HTML)

    async def answer(self, update: Update, _: Context) -> None:
        message = update.effective_message
        if message is None or not message.text:
            return
        with contextlib.suppress(TelegramError):  # a courtesy: the answer must not depend on it
            await message.reply_chat_action(ChatAction.TYPING)
        loop = asyncio.get_running_loop()
        try:
            text = await loop.run_in_executor(self._worker, self._reply, message.text)
        except QuestionError as error:
            await message.reply_text(str(error))
        except PullquoteError as error:
            log.error("%s", error)
            await message.reply_text("The archive cannot be searched just now; please try later.")
        else:
            await message.reply_text(text, parse_mode=ParseMode.HTML)

    def _reply(self, question: str) -> str:
        return render(self._desk.answerer().answer(question))


async def report(_: object, context: Context) -> None:
    """One line for what went wrong while polling or replying; the bot goes on."""
    if isinstance(context.error, Conflict):
        log.error("Another process polls with this bot's token; stop one of the two.")
    elif isinstance(context.error, NetworkError):
        log.warning("The Bot API cannot be reached (%s); trying again.", context.error)
    else:
        log.error("%s: %s", type(context.error).__name__, context.error)


def application(
    desk: Desk, token: SecretStr, base_url: str
) -> Application[Any, Any, Any, Any, Any, Any]:
    """The bot, ready to poll."""
    bot = Bot(desk)
    app = (
        ApplicationBuilder()
        .token(token.get_secret_value())
        .base_url(base_url)
        .concurrent_updates(AT_ONCE)
        .build()
    )
    text = filters.TEXT & ~filters.COMMAND & filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    app.add_handler(CommandHandler(["start", "help"], bot.welcome))
    app.add_handler(MessageHandler(text, bot.answer))
    app.add_error_handler(report)
    return app


def run(desk: Desk, token: SecretStr, base_url: str) -> None:
    """Poll until a signal asks to stop. Raises ConfigError when the Bot API refuses the bot."""
    guard_logs(token)
    log_to_terminal()
    desk.answerer()  # an index that cannot serve is reported now, not to the first reader
    app = application(desk, token, base_url)
    try:
        app.run_polling(allowed_updates=[Update.MESSAGE], bootstrap_retries=3)
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
