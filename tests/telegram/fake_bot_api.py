"""A strict Bot API server on loopback: it refuses what Telegram refuses.

It speaks HTTP to the real client library. A test feeds it updates with `say` and reads what the
bot did from `sent`. Rules are those of https://core.telegram.org/bots/api.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456789:AAEhBOweik9ai2o5nkqkqnmTHIFAKEFAKE-x"
LIMIT = 4096
_TAG = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler", "strong", "em"}


class Refused(Exception):
    """A refusal: (HTTP status, description, parameters)."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass
class FakeBotApi:
    """Start with `start`, which gives the ``base_url`` for the client library."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refuse_next: dict[str, list[Refused]] = field(default_factory=dict)
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    _ids: int = 0
    _poll: int = 0

    async def start(self) -> str:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}/bot"

    async def stop(self) -> None:
        await self._runner.cleanup()

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [given for method, given in self.calls if method == "sendMessage"]

    async def say(self, text: str, chat: int = 7, kind: str = "private") -> None:
        """A user's message arrives."""
        message = {**self._message(chat, kind), "text": text, "from": _user(chat)}
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        async with self._arrived:
            self._updates.append({"update_id": self._next(), "message": message})
            self._arrived.notify_all()

    async def wait_for_messages(self, count: int, seconds: float = 60) -> list[dict[str, Any]]:
        deadline = time.monotonic() + seconds
        while len(self.sent) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.sent)} of {count} messages after {seconds} s")
            await asyncio.sleep(0.01)
        return self.sent

    async def _handle(self, request: web.Request) -> web.Response:
        try:
            if request.match_info["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            method = request.match_info["method"]
            given = await _parameters(request)
            if method != "getUpdates":
                if self.refuse_next.get(method):
                    raise self.refuse_next[method].pop(0)
                self.calls.append((method, given))
            action = getattr(self, f"_on_{method}", None)
            if action is None:
                raise Refused(404, "Not Found: method not found")
            return web.json_response({"ok": True, "result": await action(given)})
        except Refused as refusal:
            body: dict[str, Any] = {"ok": False, "error_code": refusal.status,
                                    "description": refusal.description}  # fmt: skip
            if refusal.parameters:
                body["parameters"] = refusal.parameters
            return web.json_response(body, status=refusal.status)

    async def _on_getMe(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"id": 1, "is_bot": True, "first_name": "Pullquote", "username": "pullquote_bot",
                "can_join_groups": True, "can_read_all_group_messages": False,
                "supports_inline_queries": False}  # fmt: skip

    async def _on_deleteWebhook(self, _: dict[str, Any]) -> bool:
        return True

    async def _on_getUpdates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """A second poller ends the first one's call, as Telegram does."""
        self._poll += 1
        mine, offset = self._poll, int(given.get("offset", 0))
        deadline = time.monotonic() + float(given.get("timeout", 0))
        async with self._arrived:
            self._arrived.notify_all()
            self._updates = [u for u in self._updates if u["update_id"] >= offset]
            while not self._updates and time.monotonic() < deadline and self._poll == mine:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._arrived.wait(), deadline - time.monotonic())
            if self._poll != mine:
                raise Refused(409, "Conflict: terminated by other getUpdates request; make sure "
                                   "that only one bot instance is running")  # fmt: skip
            return list(self._updates)

    async def _on_sendChatAction(self, given: dict[str, Any]) -> bool:
        if given.get("action") not in {"typing", "upload_document"}:
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    async def _on_sendMessage(self, given: dict[str, Any]) -> dict[str, Any]:
        text = given.get("text", "")
        shown = parse_html(text) if given.get("parse_mode") == "HTML" else text
        if not shown.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(shown.encode("utf-16-le")) // 2 > LIMIT:
            raise Refused(400, "Bad Request: message is too long")
        return {**self._message(int(given["chat_id"]), "private"), "text": shown}

    def _message(self, chat: int, kind: str) -> dict[str, Any]:
        where = {"id": chat, "type": kind, "first_name": "Reader"}
        return {"message_id": self._next(), "date": int(time.time()), "chat": where}

    def _next(self) -> int:
        self._ids += 1
        return self._ids


def parse_html(text: str) -> str:
    """The visible text. Raises Refused as Telegram's parser does."""
    shown: list[str] = []
    open_tags: list[str] = []
    position = 0
    while position < len(text):
        if text[position] == "<":
            tag = _TAG.match(text, position)
            if not tag or tag[2] not in _TAGS:
                raise _bad(f"Unsupported start tag at byte offset {position}")
            _nest(open_tags, bool(tag[1]), tag[2], position)
            position = tag.end()
        elif text[position] == "&" and (entity := _ENTITY.match(text, position)):
            shown.append(html.unescape(entity[0]))
            position = entity.end()
        elif text[position] == ">":
            raise _bad(f"Unexpected end tag at byte offset {position}")
        else:
            shown.append(text[position])
            position += 1
    if open_tags:
        raise _bad(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return "".join(shown)


def _nest(open_tags: list[str], closing: bool, name: str, position: int) -> None:
    if not closing:
        if name == "blockquote" and "blockquote" in open_tags:
            raise _bad("blockquote entities can't be nested")
        open_tags.append(name)
    elif not open_tags or open_tags.pop() != name:
        raise _bad(f"Unmatched end tag at byte offset {position}, expected another, found {name}")


def _bad(why: str) -> Refused:
    return Refused(400, f"Bad Request: can't parse entities: {why}")


def _user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Reader"}


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        loaded: dict[str, Any] = json.loads(await request.text())
        return loaded
    return {name: value for name, value in (await request.post()).items()}
