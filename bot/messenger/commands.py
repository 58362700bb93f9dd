"""Commands for everybody, the gate before them, and what no handler takes."""

from __future__ import annotations

import contextlib

from telegram import Bot, BotCommand, BotCommandScopeChat, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import ApplicationHandlerStop

from bot.messenger import texts as texts
from bot.messenger.questions import asker
from bot.messenger.sending import Context, send
from bot.render.buttons import choices
from bot.service.service import Service
from bot.service.shelf import holdings, latest

_LATEST = 8
_MOST_TOPIC = 100


class Commands:
    """Handlers of commands."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def gate(self, update: Update, context: Context) -> None:
        """Stop whoever may not use the bot. They are told once, in private; groups see nothing."""
        user, chat = update.effective_user, update.effective_chat
        if user is None and chat is None:
            return
        number = user.id if user else (chat.id if chat else 0)
        service = self._service
        if service.access.allows(number, chat.id if chat else None, service.members):
            return
        message = update.message
        if update.callback_query:
            await update.callback_query.answer(texts.CLOSED)
        elif update.inline_query:
            await update.inline_query.answer([], cache_time=30, is_personal=True)
        elif message and message.chat.type == ChatType.PRIVATE:
            if await self._joined(number, message.text or ""):
                await send(message, texts.WELCOME_IN + texts.WELCOME)
            elif await service.look_up(lambda: service.state.first_time(number, "closed")):
                closed = service.access.mode == "closed"
                await send(message, texts.CLOSED if closed else texts.INVITE)
        raise ApplicationHandlerStop

    async def _joined(self, user: int, text: str) -> bool:
        command, _, code = text.partition(" ")
        if command != "/start" or self._service.limiter.ask(user).wait:
            return False  # limited, so that nobody tries all codes
        if not self._service.access.opens(code):
            return False
        await self._service.look_up(lambda: self._service.join(user))
        return True

    async def start(self, update: Update, _: Context) -> None:
        if message := update.effective_message:
            await send(message, texts.WELCOME)

    async def help(self, update: Update, context: Context) -> None:
        if message := update.effective_message:
            admin = asker(message) in self._service.access.admins
            private = message.chat.type == ChatType.PRIVATE
            await send(message, texts.help_text(context.bot.username, admin and private))

    async def sources(self, update: Update, _: Context) -> None:
        if message := update.effective_message:
            held = await self._service.look_up(lambda: holdings(self._service.shelf))
            await send(message, texts.sources(held))

    async def latest(self, update: Update, context: Context) -> None:
        if (message := update.effective_message) is None:
            return
        topic = " ".join(context.args or ())[:_MOST_TOPIC]
        service = self._service
        found = await service.look_up(
            lambda: latest(service.shelf, service.desk.answerer(), topic, _LATEST)
        )
        await send(message, texts.latest(topic, found))

    async def settings(self, update: Update, _: Context) -> None:
        if (message := update.effective_message) is None:
            return
        chat = message.chat_id
        held = await self._service.look_up(lambda: self._service.state.settings(chat))
        keys = choices(held.get("quotes", "short"), held.get("searched") != "off")
        await send(message, texts.SETTINGS, keys)

    async def new(self, update: Update, _: Context) -> None:
        if (message := update.effective_message) is None:
            return
        chat, user = message.chat_id, asker(message)
        async with self._service.turnstile.of(chat, user):  # after what was asked before it
            await self._service.look_up(lambda: self._service.state.forget_turns(chat, user))
        await send(message, texts.NEW)

    async def forget(self, update: Update, _: Context) -> None:
        if (message := update.effective_message) is None:
            return
        user = asker(message)
        async with self._service.turnstile.of(message.chat_id, user):
            await self._service.look_up(lambda: self._service.forget(user))
        await send(message, texts.FORGET)

    async def unknown(self, update: Update, _: Context) -> None:
        if message := update.effective_message:
            await send(message, texts.UNKNOWN)

    async def not_text(self, update: Update, _: Context) -> None:
        if message := update.effective_message:
            await send(message, texts.TEXT_ONLY)


async def show_commands(bot: Bot, admins: frozenset[int]) -> None:
    """Tell Telegram which commands to offer; admins are offered theirs, too."""
    await bot.set_my_commands([BotCommand(*each) for each in texts.COMMANDS])
    for admin in sorted(admins):
        commands = [BotCommand(*each) for each in texts.ADMIN_COMMANDS]
        with contextlib.suppress(BadRequest):  # an admin who has not written to the bot yet
            await bot.set_my_commands(commands, scope=BotCommandScopeChat(admin))
