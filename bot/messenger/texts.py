"""What the bot says of itself and of the archive, as Telegram HTML. Pure."""

from __future__ import annotations

import html

from bot.render.telegram_html import LIMIT, citation, units, visible
from bot.service.shelf import Holdings
from index.model import Reference

WELCOME = (
    "👋 Ask me about the news, for example:\n<b>who leads the NRF?</b>\n\n"
    "I answer with a sentence from an article, word for word, and say where it stands. "
    "When the articles don't say, I tell you so.\n\n"
    "/help shows what else I can do."
)
HELP = (
    "<b>Just ask.</b> A short question works best: <i>how many people live in Panjshir?</i> "
    "You can ask on, <i>and who is their spokesman?</i>, or edit a question: its answer "
    "changes with it.\n\n"
    "<b>Under an answer</b> you find the sentences around the quote, other quotes, the sources, "
    "and 👍 👎 to tell us whether it was right.\n\n"
    "<b>In a group</b>, use /ask, mention me, or reply to an answer of mine.\n"
    "<b>In any chat</b>, type @{username} and your question, and pick a quote.\n\n"
    "/latest — the newest articles; <i>/latest flood</i> for a topic\n"
    "/sources — the outlets I read\n"
    "/settings — short or long quotes\n"
    "/new — start a new conversation\n"
    "/forget — erase what I hold about you"
)
ADMIN_HELP = (
    "\n\n<b>For admins:</b> send me a link or a file (.txt, .md, .html, .json, .jsonl) to add it.\n"
    "/reindex — read the sources again\n/stats — how I am doing"
)
ASK_WHAT = "Ask something after the command, for example: <b>/ask who leads the NRF?</b>"
BUSY = "I have too many questions right now. Please try again in a minute."
NO_ARCHIVE = "The archive can't be searched right now. Please try again later."
FAILED = "Something went wrong with this question. Please try again."
CLOSED = "This bot is private. Ask its operator to let you in."
INVITE = "This bot is by invitation: send <b>/start CODE</b> with the code you were given."
WELCOME_IN = "You are in.\n\n"
NEW = "A new conversation. What would you like to know?"
FORGET = (
    "Done. I erased your conversations, answers, votes and settings. From now on I hold only "
    "what you send me after this."
)
SETTINGS = (
    "<b>Settings of this chat</b>\n\n"
    "<b>Short quotes</b> show the sentence that answers; <b>long</b> ones also show the sentences "
    "around it.\n"
    "When a question follows on from the last one, I show what I searched for. You can hide that."
)
ADMINS_ONLY = "Only the operators of this bot can add articles or rebuild the index."
UNKNOWN = "I don't know that command. /help lists the ones I know."
TEXT_ONLY = "I can only read text. Please write your question."
THANKS = "Thank you!"
NOTHING_NEW = "No articles found. /latest without a topic shows the newest of all."

COMMANDS = (
    ("ask", "Ask a question"),
    ("latest", "The newest articles, also on a topic"),
    ("sources", "The outlets I read"),
    ("settings", "Short or long quotes"),
    ("new", "Start a new conversation"),
    ("help", "What I can do"),
    ("forget", "Erase what I hold about you"),
)
ADMIN_COMMANDS = (
    *COMMANDS,
    ("reindex", "Read the sources again"),
    ("stats", "How I am doing"),
)


def help_text(username: str, admin: bool) -> str:
    return HELP.replace("{username}", username) + (ADMIN_HELP if admin else "")


def wait(seconds: int) -> str:
    """Polite, and exact: nobody needs to try in vain."""
    when = f"{seconds} seconds" if seconds > 1 else "a second"
    return f"That was quick! Please ask again in {when}."


def sources(held: Holdings) -> str:
    """The outlets, as many as fit a message."""
    lines = []
    for name, count, first, last in held.outlets:
        shown = html.escape(name or "without an outlet", quote=False)
        lines.append(f"• <b>{shown}</b>: {_count(count)}{_span(first, last)}")
    return _fit(f"I read <b>{_count(held.articles)}</b>:", lines, "… and {} more outlets")


def latest(topic: str, references: list[Reference]) -> str:
    if not references:
        return NOTHING_NEW
    about = f" on <i>{html.escape(topic, quote=False)}</i>" if topic else ""
    lines = [f"{number}. {citation(ref)}" for number, ref in enumerate(references, 1)]
    return _fit(f"<b>The newest articles</b>{about}", lines, "… and {} more")


def _fit(head: str, lines: list[str], more: str) -> str:
    shown = list(lines)
    while True:
        left = len(lines) - len(shown)
        text = "\n".join([f"{head}\n", *shown, *([more.format(left)] if left else [])])
        if units(visible(text)) <= LIMIT or not shown:
            return text
        shown.pop()


def _count(number: int) -> str:
    return f"{number:,} article{'' if number == 1 else 's'}"


def _span(first: str | None, last: str | None) -> str:
    if not first or not last:
        return ""
    days = [html.escape(day[:10], quote=False) for day in (first, last)]
    return f", {days[0]}" if days[0] == days[1] else f", {days[0]} to {days[1]}"
