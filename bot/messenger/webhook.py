"""A webhook: Telegram calls, and is told that all is well once the update is on disk.

The library's own server reads an update before it hands it on, and then nobody knows how it came.
"""

from __future__ import annotations

import hmac
import json
import re
import socket
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from pydantic import SecretStr
from telegram import Bot
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from bot.config import TelegramSettings
from bot.messenger.faults import Faults, at_start
from bot.messenger.inbox import WANTED, Inbox
from index import links
from index.errors import ConfigError

_SECRET = "X-Telegram-Bot-Api-Secret-Token"
_MOST_BYTES = 4_000_000  # of an update; Telegram's have a few thousand

Accept = Callable[[object], Awaitable[object]]


class Webhook:
    """A server on ``webhook_listen`` that takes only calls with the secret."""

    def __init__(
        self, settings: TelegramSettings, secret: SecretStr, inbox: Inbox, faults: Faults
    ) -> None:
        self._settings, self._secret = settings, secret.get_secret_value()
        self._inbox, self._faults = inbox, faults
        self._server: HTTPServer | None = None

    async def start(self, bot: Bot) -> None:
        """Raises ConfigError when the port is taken, TelegramError when Telegram refuses."""
        settings = self._settings
        given = {
            "secret": self._secret,
            "accept": lambda raw: self._inbox.accept(raw, bot),
            "faults": self._faults,
        }
        address = links.parts(settings.webhook_url)
        path = re.escape(address.path.strip("/") if address else "")
        door = Application([(f"/{path}/?", _Door, given)], log_function=lambda handler: None)
        listening = _listening(settings.webhook_listen, settings.webhook_port)
        self._server = HTTPServer(door, max_body_size=_MOST_BYTES)
        self._server.add_socket(listening)
        await at_start(
            lambda: bot.set_webhook(
                settings.webhook_url, allowed_updates=WANTED, secret_token=self._secret
            )
        )

    async def stop(self, bot: Bot) -> None:
        if self._server:
            self._server.stop()
            await self._server.close_all_connections()

    def fault(self) -> str | None:
        """What is wrong, or None. How long nobody called says nothing: there may be no news."""
        return None if self._server else "the webhook does not listen yet"


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        address = socket.create_server((host, port), family=family)
    except OSError as error:
        raise ConfigError(
            f"[telegram] webhook_port {port} cannot be used: {error.strerror}; choose another."
        ) from error
    address.setblocking(False)
    return address


class _Door(RequestHandler):
    SUPPORTED_METHODS = ("POST",)

    def initialize(self, secret: str, accept: Accept, faults: Faults) -> None:
        self._secret, self._accept, self._faults = secret, accept, faults

    async def post(self) -> None:
        given = self.request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        try:
            raw = json.loads(self.request.body)
        except ValueError:
            raise HTTPError(HTTPStatus.BAD_REQUEST) from None
        try:
            await self._accept(raw)
        except Exception as error:  # it is not on disk: Telegram keeps it and calls again
            self._faults.note(error)
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE) from None

    def log_exception(self, *args: Any) -> None:
        """Nothing: what matters was said, and strangers who knock are no news."""
