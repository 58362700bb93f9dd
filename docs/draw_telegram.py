"""Draw docs/telegram.png: what the bot says on Telegram, about the seed article.

python -m docs.draw_telegram --index data/demo

A scripted conversation goes through the real client library to the strict Bot API server of the
tests. What the bot sent is laid out as phones show it and rendered by Chromium, if there is one;
the page itself is kept as docs/telegram.html either way.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.config import Settings
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.running import running, settings_for

DOCS = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT = 920, 1010  # CSS pixels, as telegram.css lays out
READER, GROUP, AMIR, LENA = 7, -5, 21, 22
NAMES = {AMIR: "Amir", LENA: "Lena"}


@dataclass(frozen=True, slots=True)
class Line:
    """A bubble: of the bot when ``rows`` is not None. ``answers`` is what it is a reply to."""

    number: int
    text: str
    user: int = 0
    rows: list[list[dict[str, Any]]] | None = None
    answers: tuple[str, str] | None = None


async def converse(settings: Settings) -> dict[int, list[Line]]:
    """The two chats as they stand at the end of the script."""
    api = FakeBotApi()
    base_url = await api.start()
    said: dict[int, list[tuple[int, int, str]]] = {READER: [], GROUP: []}

    async def ask(text: str, chat: int, user: int, **more: Any) -> dict[str, Any]:
        count = len(api.messages)
        kind = "private" if chat > 0 else "supergroup"
        number = await api.say(text, chat=chat, kind=kind, user=user, **more)
        said[chat].append((number, user, text))
        await api.until(lambda: len(api.messages) > count, f"answer to {text}")
        return api.last(chat)

    async with running(settings, api, base_url):
        await ask("Who is the spokesman of the NRF?", READER, READER)
        await ask("how many people live in Panjshir?", READER, READER)
        await ask("who leads the NRF?", READER, READER)
        first = await ask("@pullquote_bot When did the Taliban take power in Kabul?", GROUP, AMIR)
        said[GROUP].append((api._next(), LENA, "August it is 👍"))
        await ask("How many bodyguards were killed?", GROUP, LENA,
                  reply_to=first["message_id"])  # fmt: skip
    await api.stop()
    return {chat: _lines(lines, chat, api) for chat, lines in said.items()}


def _lines(said: list[tuple[int, int, str]], chat: int, api: FakeBotApi) -> list[Line]:
    asked = {number: (NAMES.get(user, ""), text) for number, user, text in said}
    lines = [Line(number, html.escape(text, quote=False), user) for number, user, text in said]
    for (where, number), held in api.messages.items():
        if where == chat:
            answers = asked.get(held["reply_to"]) if held["reply_to"] else None
            lines.append(Line(number, held["html"], 0, held["rows"], answers))
    return sorted(lines, key=lambda line: line.number)


def page(chats: dict[int, list[Line]]) -> str:
    """The HTML page: two phones side by side."""
    private = _phone("Pullquote", "bot", "P", chats[READER], group=False)
    group = _phone("Desk Asia", "3 members", "DA", chats[GROUP], group=True)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>pullquote on Telegram</title>'
        '<link rel="stylesheet" href="telegram.css"><body>'
        f"{private}{group}</body></html>\n"
    )


def _phone(name: str, under: str, initials: str, lines: list[Line], group: bool) -> str:
    bubbles = "".join(_bubble(line, minute, group) for minute, line in enumerate(lines, 41))
    return (
        '<section class="phone"><header><span class="back">‹</span>'
        f'<span class="face">{initials}</span><span class="who"><b>{name}</b>'
        f"<small>{under}</small></span><span class='dots'>⋮</span></header>"
        f'<main>{bubbles}</main><footer><span class="box">Message</span>'
        '<span class="mic">➤</span></footer></section>'
    )


def _bubble(line: Line, minute: int, group: bool) -> str:
    side = "theirs" if line.rows is not None or line.user not in (READER, AMIR) else "mine"
    name = ""
    if group and side == "theirs":
        who = NAMES.get(line.user, "Pullquote")
        name = f'<div class="name {"bot" if line.rows is not None else ""}">{who}</div>'
    quoted = ""
    if line.answers:
        who, text = line.answers
        quoted = f'<div class="reply"><b>{who}</b>{html.escape(text)}</div>'
    ticks = '<span class="ticks">✓✓</span>' if side == "mine" else ""
    time = f'<span class="time">9:{minute:02}{ticks}</span>'
    text = line.text.replace("</blockquote>\n", "</blockquote>").replace("\n", "<br>")
    rows = "".join(f'<div class="row">{_keys(row)}</div>' for row in line.rows or [])
    return (
        f'<div class="line {side}"><div class="bubble">{name}{quoted}{text}{time}</div>'
        f'<div class="keys">{rows}</div></div>'
    )


def _keys(row: list[dict[str, Any]]) -> str:
    return "".join(f"<span>{html.escape(button['text'])}</span>" for button in row)


def shoot(file: Path, target: Path) -> bool:
    """Render the page as a picture; False when there is no browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return False
    rights = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [browser, "--headless=new", *rights, "--hide-scrollbars", "--disable-gpu",
             f"--user-data-dir={profile}", "--force-device-scale-factor=1.5",
             f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={target}", file.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--index", type=Path, default=Path("data/demo"))
    parser.add_argument("--reader", default="pullquote")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        settings = settings_for(given.index, Path(state), "all-MiniLM-L6-v2")
        reader = settings.reader.model_copy(update={"model": given.reader})
        chats = asyncio.run(converse(settings.model_copy(update={"reader": reader})))
    file = DOCS / "telegram.html"
    file.write_text(page(chats), encoding="utf-8")
    if not shoot(file, DOCS / "telegram.png"):
        raise SystemExit(f"No Chromium found: {file} was written, and no picture of it.")


if __name__ == "__main__":
    main()
