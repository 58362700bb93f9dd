"""Buttons under messages: other sides of an answer, votes, settings."""

from __future__ import annotations

from telegram import CallbackQuery, Update
from telegram.error import BadRequest

from bot.messenger import texts as texts
from bot.messenger.sending import Context, markup
from bot.messenger.showing import Said, side
from bot.render.buttons import Choice, View, Vote, choices, parse
from bot.service.service import FORGOTTEN, Service
from bot.service.shelf import Gone

_CHOICES = {"quotes": ("short", "long"), "searched": ("on", "off")}


class Buttons:
    """The handler of pressed buttons. Each is acknowledged, or the phone shows it waiting."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def press(self, update: Update, _: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        pressed = parse(query.data or "")
        try:
            match pressed:
                case View():
                    said = await self._service.look_up(lambda: side(self._service, pressed))
                    await _show(query, said)
                    await query.answer()
                case Vote():
                    user = query.from_user.id
                    await self._service.look_up(
                        lambda: self._service.vote(pressed.answer, pressed.up, user)
                    )
                    await query.answer(texts.THANKS)
                case Choice():
                    await self._choose(query, pressed)
                    await query.answer()
                case None:
                    await query.answer(FORGOTTEN, show_alert=True)
        except Gone as gone:
            await query.answer(str(gone), show_alert=True)

    async def _choose(self, query: CallbackQuery, chosen: Choice) -> None:
        chat = query.message.chat.id if query.message else None
        if chat is None or chosen.value not in _CHOICES.get(chosen.name, ()):
            raise Gone(FORGOTTEN)
        state = self._service.state

        def write() -> dict[str, str]:
            state.choose(chat, chosen.name, chosen.value)
            return state.settings(chat)

        held = await self._service.look_up(write)
        keys = choices(held.get("quotes", "short"), held.get("searched") != "off")
        await _show(query, Said(texts.SETTINGS, keys))


async def _show(query: CallbackQuery, said: Said) -> None:
    try:
        await query.edit_message_text(said.html, reply_markup=markup(said.keyboard))
    except BadRequest as error:
        if "not modified" not in str(error).lower():  # a button pressed twice
            raise
