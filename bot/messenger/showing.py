"""Replies as messages: Telegram HTML with its buttons."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render.buttons import Keyboard, View, keyboard
from bot.render.telegram_html import render, render_context, render_others, render_sources
from bot.service.service import Given, Service


@dataclass(frozen=True, slots=True)
class Said:
    """A message to send: Telegram HTML, its buttons, and the id that it is kept under."""

    html: str
    keyboard: Keyboard = ()
    answer: str = ""


def said(given: Given) -> Said:
    """An answer as it is first shown."""
    html = render(given.reply, given.choices.get("searched") != "off")
    return Said(html, keyboard(given.reply, given.answer), given.answer)


def side(service: Service, view: View) -> Said:
    """Another side of an answer. Touches the disk. Raises Gone with what to say."""
    told = service.recall(view.answer)
    match view.side:
        case "o":
            html = render_others(told.reply)
        case "s":
            html = render_sources(told.reply, told.copies())
        case "c":
            html = render_context(*told.around(view.number))
        case _:
            html = render(told.reply, told.choices.get("searched") != "off")
    return Said(html, keyboard(told.reply, view.answer, view.side), view.answer)
