"""Questions in private and in groups, and edits of them."""

from __future__ import annotations

import html
import logging

from telegram import Message, Update
from telegram.constants import ChatType, MessageEntityType
from telegram.error import BadRequest

from bot.messenger import texts as texts
from bot.messenger.sending import Context, markup, send, typing
from bot.messenger.showing import Said, said
from bot.service.pool import Busy
from bot.service.service import ChatQuestion, Service
from bot.service.state import StoredReply
from index.errors import PullquoteError, QuestionError

log = logging.getLogger("pullquote.telegram")
_GONE = ("message to edit not found", "message can't be edited")


class Questions:
    """Handlers of messages that ask something."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def private(self, update: Update, context: Context) -> None:
        if (message := update.effective_message) and message.text:
            await self._respond(message, message.text, context, bool(update.edited_message))

    async def group(self, update: Update, context: Context) -> None:
        """Only what is addressed to the bot, even where it is shown everything."""
        message = update.effective_message
        if message is None or message.via_bot:  # what was sent by inline mode is an answer
            return
        text = addressed(message, context.bot.id, context.bot.username)
        if text:
            await self._respond(message, text, context, bool(update.edited_message))

    async def ask(self, update: Update, context: Context) -> None:
        """`/ask question`, or `/ask` in reply to a message that asks it."""
        message = update.effective_message
        if message is None:
            return
        text = " ".join(context.args or ())
        if not text and message.reply_to_message and message.reply_to_message.text:
            text = message.reply_to_message.text
        if text:
            await self._respond(message, text, context, bool(update.edited_message))
        else:
            await send(message, texts.ASK_WHAT)

    async def _respond(self, message: Message, text: str, context: Context, edited: bool) -> None:
        kind = "private" if message.chat.type == ChatType.PRIVATE else "group"
        asked = ChatQuestion(message.chat_id, asker(message), message.message_id, text, kind)
        verdict = self._service.limiter.ask(asked.user)
        if verdict.wait:
            self._service.metrics.refusals.labels(verdict.why).inc()
            if verdict.tell:
                await send(message, texts.wait(verdict.wait))
            return
        # One after the other: a follow-up needs the answer before it, an edit the one it mends.
        async with self._service.turnstile.of(asked.chat, asked.user):
            state = self._service.state
            before = await self._service.look_up(lambda: state.answer_to(asked.chat, asked.message))
            if before and before.reply and (not edited or before.question == text):
                return  # answered before a restart, or another edit than of its text
            async with typing(message, context):
                shown = await self._say(asked)
            reply = await self._deliver(message, shown, before if edited else None, context)
            await self._service.look_up(lambda: state.sent(shown.answer, reply))

    async def _say(self, asked: ChatQuestion) -> Said:
        """The answer, or in one sentence why there is none."""
        try:
            return said(await self._service.ask(asked))
        except QuestionError as error:
            text = html.escape(str(error), quote=False)
        except Busy:
            self._service.metrics.refusals.labels("busy").inc()
            text = texts.BUSY
        except PullquoteError as error:
            log.error("%s", error)
            self._service.metrics.errors.labels("archive").inc()
            text = texts.NO_ARCHIVE
        answer = await self._service.look_up(lambda: self._service.remember_error(asked))
        return Said(text, (), answer)

    async def _deliver(
        self, message: Message, shown: Said, before: StoredReply | None, context: Context
    ) -> int:
        """Send the answer, or put it in the place of the one to the question before its edit."""
        if before is None or before.reply is None:
            return (await send(message, shown.html, shown.keyboard)).message_id
        try:
            await context.bot.edit_message_text(
                shown.html, message.chat_id, before.reply, reply_markup=markup(shown.keyboard)
            )
        except BadRequest as error:
            if any(gone in str(error).lower() for gone in _GONE):
                return (await send(message, shown.html, shown.keyboard)).message_id
            if "not modified" not in str(error).lower():
                raise
        return before.reply


def asker(message: Message) -> int:
    """Who wrote it; a channel or an anonymous admin has the id of its chat."""
    sender = message.sender_chat or message.from_user
    return sender.id if sender else message.chat_id


def addressed(message: Message, bot_id: int, username: str) -> str:
    """The text of a message in a group if it mentions the bot or replies to it, else nothing."""
    text = message.text or ""
    mentions = message.parse_entities([MessageEntityType.MENTION])
    ours = [entity for entity, word in mentions.items() if word.lower() == f"@{username}".lower()]
    for entity in sorted(ours, key=lambda e: -e.offset):
        units = text.encode("utf-16-le")
        kept = units[: entity.offset * 2] + units[(entity.offset + entity.length) * 2 :]
        text = kept.decode("utf-16-le")
    replied = message.reply_to_message
    to_us = bool(replied and replied.from_user and replied.from_user.id == bot_id)
    return " ".join(text.split()).strip(" ,:") if ours or to_us else ""
