"""`/metrics` and `/health` on a port of this machine alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from index.errors import ConfigError

LOOPBACK = "127.0.0.1"


class Monitor:
    """A server in a thread of its own, so that it answers when nothing else does.

    ``health`` gives what is wrong, or None. Raises ConfigError when the port is taken.
    """

    def __init__(self, port: int, page: Callable[[], bytes], health: Callable[[], str | None]):
        class Handler(BaseHTTPRequestHandler):
            timeout = 10  # seconds that a silent client may hold a thread

            def do_GET(self) -> None:
                if self.path == "/metrics":
                    self._say(200, "text/plain; version=0.0.4; charset=utf-8", page())
                elif self.path == "/health":
                    fault = health()
                    body = json.dumps({"ok": fault is None, "fault": fault}).encode()
                    self._say(503 if fault else 200, "application/json", body)
                else:
                    self._say(404, "text/plain", b"/metrics or /health\n")

            def _say(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: a scrape every few seconds is no news."""

        try:
            self._server = ThreadingHTTPServer((LOOPBACK, port), Handler)
        except OSError as error:
            raise ConfigError(
                f"[telegram] monitor_port {port} cannot be used: {error.strerror}; choose another."
            ) from error
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), daemon=True, name="monitor"
        )
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
