"""A real web server on the loopback, as well-behaved or hostile as a test wants it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers paths by ``routes``; ``seen`` holds the requests, path and headers."""

    def __init__(self, host: str) -> None:
        self.routes: dict[str, Answer] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        handler = type("Handler", (_Handler,), {"owner": self})
        kind: type[ThreadingHTTPServer] = _Http6 if ":" in host else ThreadingHTTPServer
        self.http = kind((host, 0), handler)
        self.port: int = self.http.server_address[1]
        self.url = f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def page(self, path: str, body: bytes, kind: str = "text/html", **headers: str) -> str:
        """Serve ``body``, with ``headers`` in which _ stands for -. Returns the address."""
        self.routes[path] = lambda handler: send(handler, 200, body, kind, **headers)
        return self.url + path

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        self.routes[path] = lambda handler: send(handler, status, b"", Location=location)
        return self.url + path


class _Http6(ThreadingHTTPServer):
    address_family = socket.AF_INET6


class _Handler(BaseHTTPRequestHandler):
    owner: Server

    def do_GET(self) -> None:
        self.owner.seen.append((self.path, dict(self.headers)))
        answer = self.owner.routes.get(self.path, _missing)
        try:
            answer(self)
        except OSError:
            self.close_connection = True  # the client had enough, as it should

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: tests read what the client says."""


def _missing(handler: BaseHTTPRequestHandler) -> None:
    send(handler, 404, b"none")


def send(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    kind: str = "text/html",
    **headers: str,
) -> None:
    handler.send_response(status)
    for name, value in {"Content_Type": kind, "Content_Length": str(len(body)), **headers}.items():
        if value:
            handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Server]:
    server = Server(host)
    thread = Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
        thread.join()
