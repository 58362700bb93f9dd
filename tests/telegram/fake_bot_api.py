"""A strict Bot API server on loopback: it refuses what Telegram refuses.

It speaks HTTP to the real client library. A test says what people do (`say`, `edit`, `press`,
`inline`, `upload`) and reads what the bot did from `calls`, `sent` and `messages`. Rules are those
of https://core.telegram.org/bots/api.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from tests.telegram.fake_markup import Refused, buttons, shown_text

TOKEN = "123456789:AAEhBOweik9ai2o5nkqkqnmTHIFAKEFAKE-x"
USERNAME = "pullquote_bot"
_ENTITIES = re.compile(r"(?P<bot_command>(?<!\S)/\w+(?:@\w+)?)|(?P<mention>@\w{4,})")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass
class FakeBotApi:
    """Start with `start`, which gives the ``base_url`` for the client library.

    ``refuse_next``: refusals by method, each made once. ``limited``: chat to the time until which
    it gets 429. ``slow``: seconds by method before a call is answered, its effect done.
    ``privacy``: groups show the bot only what is meant for it. ``messages`` are the bot's by
    (chat, id) as they stand now.
    """

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refuse_next: dict[str, list[Refused]] = field(default_factory=lambda: defaultdict(list))
    limited: dict[int, float] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    privacy: bool = True
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    when_called: Callable[[str, dict[str, Any]], None] = lambda method, given: None
    _files: dict[str, bytes] = field(default_factory=dict)
    _known: set[tuple[int, int]] = field(default_factory=set)
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    _ids: int = 0
    _poll: int = 0

    async def start(self) -> str:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_route("GET", "/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}/bot"

    async def stop(self) -> None:
        await self._runner.cleanup()

    # What people do.

    async def say(self, text: str, chat: int = 7, kind: str = "private", **more: Any) -> int:
        """A message arrives; its id. ``user``: who wrote it, ``reply_to``: a message's id."""
        message = self._from_user(text, chat, kind, **more)
        if self.privacy and kind != "private" and not self._for_bot(message):
            return int(message["message_id"])
        await self._arrive("message", message)
        return int(message["message_id"])

    async def push_raw(self, kind: str, what: object) -> int:
        """An update as Telegram would send it, or would not; its number."""
        return await self._arrive(kind, what)

    async def edit(self, message_id: int, text: str, chat: int = 7, kind: str = "private") -> None:
        """The user changes what a message says."""
        message = self._from_user(text, chat, kind)
        message |= {"message_id": message_id, "edit_date": int(time.time())}
        await self._arrive("edited_message", message)

    async def press(self, label: str, message: dict[str, Any], user: int = 7) -> None:
        """Press the button of a message of the bot's that begins with ``label``."""
        rows = self.messages[message["chat"]["id"], message["message_id"]]["rows"]
        found = [b for row in rows for b in row if b["text"].startswith(label)]
        assert found, f"no button {label} among {rows}"
        await self.press_data(found[0]["callback_data"], message, user)

    async def press_data(self, data: str, message: dict[str, Any], user: int = 7) -> None:
        where = {key: message[key] for key in ("message_id", "date", "chat")}
        query = {"id": str(self._next()), "from": _user(user), "message": where,
                 "chat_instance": "1", "data": data}  # fmt: skip
        await self._arrive("callback_query", query)

    async def inline(self, text: str, user: int = 7) -> str:
        """Somebody types `@bot text`; the query's id."""
        number = str(self._next())
        query = {"id": number, "from": _user(user), "query": text, "offset": ""}
        await self._arrive("inline_query", query)
        return number

    async def upload(self, name: str, data: bytes, user: int = 7) -> None:
        """A file is sent to the bot in private."""
        file_id = f"file{self._next()}"
        self._files[file_id] = data
        message = self._from_user("", user, "private")
        del message["text"]
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name,
                    "file_size": len(data)}  # fmt: skip
        await self._arrive("message", message | {"document": document})

    # What the bot did.

    @property
    def sent(self) -> list[dict[str, Any]]:
        return self.made("sendMessage")

    def made(self, method: str) -> list[dict[str, Any]]:
        return [given for name, given in self.calls if name == method]

    def last(self, chat: int = 7) -> dict[str, Any]:
        """The bot's last message in a chat, as it stands now."""
        return self.messages[max(key for key in self.messages if key[0] == chat)]

    async def wait_for_messages(self, count: int, seconds: float = 60) -> list[dict[str, Any]]:
        return await self.wait_for("sendMessage", count, seconds)

    async def wait_for(self, method: str, count: int, seconds: float = 60) -> list[dict[str, Any]]:
        await self.until(lambda: len(self.made(method)) >= count, f"{count} {method}", seconds)
        return self.made(method)

    async def until(self, true: Callable[[], object], what: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            if time.monotonic() > deadline:
                raise TimeoutError(f"no {what} after {seconds} s: {self.calls[-5:]}")
            await asyncio.sleep(0.01)

    # The server.

    async def _handle(self, request: web.Request) -> web.Response:
        try:
            if request.match_info["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            method = request.match_info["method"]
            given = await _parameters(request)
            self._refuse(method, given)
            if method != "getUpdates":
                self.calls.append((method, given))
                self.when_called(method, given)
            action = getattr(self, f"_on_{method}", None)
            if action is None:
                raise Refused(404, "Not Found: method not found")
            result = await action(given)
            await asyncio.sleep(self.slow.get(method, 0))
            return web.json_response({"ok": True, "result": result})
        except Refused as refusal:
            body: dict[str, Any] = {"ok": False, "error_code": refusal.status,
                                    "description": refusal.description}  # fmt: skip
            if refusal.parameters:
                body["parameters"] = refusal.parameters
            return web.json_response(body, status=refusal.status)

    def _refuse(self, method: str, given: dict[str, Any]) -> None:
        if self.refuse_next[method]:
            raise self.refuse_next[method].pop(0)
        chat = int(given.get("chat_id") or 0)
        wait = self.limited.get(chat, 0) - time.monotonic()
        if wait > 0:
            seconds = int(wait) + 1
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)

    async def _download(self, request: web.Request) -> web.Response:
        data = self._files.get(request.match_info["path"].removeprefix("documents/"))
        if request.match_info["token"] != TOKEN or data is None:
            return web.Response(status=404)
        return web.Response(body=data)

    async def _on_getMe(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"id": 1, "is_bot": True, "first_name": "Pullquote", "username": USERNAME,
                "can_join_groups": True, "can_read_all_group_messages": not self.privacy,
                "supports_inline_queries": True}  # fmt: skip

    async def _on_setWebhook(self, given: dict[str, Any]) -> bool:
        if not str(given.get("url", "")).startswith("https://"):
            raise Refused(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook")
        if not _SECRET.fullmatch(given.get("secret_token", "x")):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = given
        return True

    async def _on_deleteWebhook(self, _: dict[str, Any]) -> bool:
        self.webhook = {}
        return True

    async def call_webhook(self, address: str, **headers: str) -> int:
        """Deliver the oldest update to ``address``, where a proxy would pass it on; the status."""
        secret = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        async with ClientSession() as session:
            update, sent = self._updates[0], secret | headers
            async with session.post(address, json=update, headers=sent) as response:
                if response.status == 200:
                    self._updates.pop(0)
                return response.status

    async def _on_getUpdates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """A second poller ends the first one's call, as Telegram does."""
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
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
            wanted = json.loads(given.get("allowed_updates") or "[]")
            fit = [u for u in self._updates if not wanted or set(wanted) & set(u)]
            return fit[: int(given.get("limit", 100))]

    async def _on_sendChatAction(self, given: dict[str, Any]) -> bool:
        if given.get("action") not in {"typing", "upload_document"}:
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    async def _on_sendMessage(self, given: dict[str, Any]) -> dict[str, Any]:
        shown, rows, chat = shown_text(given), buttons(given), int(given["chat_id"])
        reply = json.loads(given.get("reply_parameters") or "{}")
        lost = reply and (chat, int(reply["message_id"])) not in self._known
        if lost and not reply.get("allow_sending_without_reply"):
            raise Refused(400, "Bad Request: message to be replied not found")
        message = {**self._message(chat, "private" if chat > 0 else "group"), "text": shown,
                   "from": _bot()}  # fmt: skip
        held = {**message, "html": given["text"], "rows": rows, "reply_to": reply.get("message_id")}
        self.messages[chat, int(message["message_id"])] = held
        return message

    async def _on_editMessageText(self, given: dict[str, Any]) -> dict[str, Any]:
        shown, rows = shown_text(given), buttons(given)
        held = self.messages.get((int(given["chat_id"]), int(given["message_id"])))
        if held is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if (held["html"], held["rows"]) == (given["text"], rows):
            raise Refused(400, "Bad Request: message is not modified: specified new message "
                               "content and reply markup are exactly the same")  # fmt: skip
        held |= {"text": shown, "html": given["text"], "rows": rows}
        return {k: v for k, v in held.items() if k not in ("html", "rows", "reply_to")}

    async def _on_answerCallbackQuery(self, given: dict[str, Any]) -> bool:
        if len(given.get("text", "")) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        return True

    async def _on_answerInlineQuery(self, given: dict[str, Any]) -> bool:
        results = json.loads(given["results"])
        ids = [result["id"] for result in results]
        if len(results) > 50 or len(set(ids)) < len(ids) or not all(map(_fits_64, ids)):
            raise Refused(400, "Bad Request: RESULT_ID_INVALID")
        for result in results:
            if not result["title"]:
                raise Refused(400, "Bad Request: article must have title")
            shown_text(result["input_message_content"])
        return True

    async def _on_setMyCommands(self, given: dict[str, Any]) -> bool:
        chat = json.loads(given.get("scope") or "{}").get("chat_id")
        if chat and not any(known == chat for known, _ in self._known):
            raise Refused(400, "Bad Request: chat not found")
        for command in json.loads(given["commands"]):
            if not _COMMAND.fullmatch(command["command"]) or not command["description"].strip():
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    async def _on_getFile(self, given: dict[str, Any]) -> dict[str, Any]:
        name = given["file_id"]
        if name not in self._files:
            raise Refused(400, "Bad Request: invalid file_id")
        return {"file_id": name, "file_unique_id": name, "file_path": f"documents/{name}"}

    # What messages are made of.

    async def _arrive(self, kind: str, what: object) -> int:
        async with self._arrived:
            number = self._next()
            self._updates.append({"update_id": number, kind: what})
            self._arrived.notify_all()
        return number

    def _from_user(
        self, text: str, chat: int, kind: str, user: int | None = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        sender = _user(user or abs(chat))
        message = {**self._message(chat, kind), "text": text, "from": sender}
        entities = [
            {"type": m.lastgroup, "offset": _units(text[: m.start()]), "length": _units(m[0])}
            for m in _ENTITIES.finditer(text)
        ]
        if entities:
            message["entities"] = entities
        if reply_to is not None:
            held = self.messages.get((chat, reply_to))
            message["reply_to_message"] = (
                {key: held[key] for key in ("message_id", "date", "chat", "text", "from")}
                if held
                else {**self._message(chat, kind), "message_id": reply_to, "from": _user(99)}
            )
        return message

    def _for_bot(self, message: dict[str, Any]) -> bool:
        replied = message.get("reply_to_message", {}).get("from", {}).get("id") == 1
        kinds = {entity["type"] for entity in message.get("entities", ())}
        return replied or "bot_command" in kinds or f"@{USERNAME}" in message["text"].lower()

    def _message(self, chat: int, kind: str) -> dict[str, Any]:
        names = {"first_name": "Reader"} if kind == "private" else {"title": "Readers"}
        number = self._next()
        self._known.add((chat, number))
        return {"message_id": number, "date": int(time.time()),
                "chat": {"id": chat, "type": kind, **names}}  # fmt: skip

    def _next(self) -> int:
        self._ids += 1
        return self._ids


def _fits_64(text: str) -> bool:
    return 1 <= len(text.encode()) <= 64


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Reader"}


def _bot() -> dict[str, Any]:
    return {"id": 1, "is_bot": True, "first_name": "Pullquote", "username": USERNAME}


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        loaded: dict[str, Any] = json.loads(await request.text())
        return loaded
    return {name: value for name, value in (await request.post()).items()}
