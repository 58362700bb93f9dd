import gzip
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources.addresses import is_public, shown
from index.sources.web import FetchedPage, FetchLimits, fetch
from tests.index.sources.web_server import Server, send, serving

HERE = FetchLimits(timeout_seconds=10, allow_private=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def _refused(url: str, limits: FetchLimits | None = HERE) -> str:
    """The message with which ``url`` is refused: one line, no password."""
    with pytest.raises(SourceError) as caught:
        fetch(url, limits)
    message = str(caught.value)
    assert "\n" not in message and "hunter2" not in message
    return message


def test_a_page_with_its_type_and_a_polite_request(server: Server) -> None:
    url = server.page("/a?b=%20c", "Grüße".encode("latin-1"), 'text/html; charset="ISO-8859-1"')
    page = fetch(f"  {url}#part ", HERE)
    assert page == FetchedPage(f"{url}#part", 'text/html; charset="ISO-8859-1"', b"Gr\xfc\xdfe")
    assert (page.media_type, page.charset) == ("text/html", "ISO-8859-1")
    ((path, headers),) = server.seen
    assert path == "/a?b=%20c" and headers["User-Agent"] == "pullquote/0.1"
    assert headers["Host"] == f"127.0.0.1:{server.port}"


def test_addresses_in_other_letters(server: Server) -> None:
    server.page("/%DA%A9%D8%A7%D8%A8%D9%84?q=%C3%BC", b"ok")
    assert fetch(f"{server.url}/کابل?q=ü", HERE).body == b"ok"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, status: int) -> None:
    end = server.page("/b/end", b"here")
    server.redirect("/b/next", "end", status)
    assert fetch(server.redirect("/a", "/b/next", status), HERE).url == end


def test_redirects_are_bounded(server: Server) -> None:
    loop = server.redirect("/loop", "/loop")
    assert "redirected more than 5 times" in _refused(loop)
    assert len(server.seen) == 6


@pytest.mark.parametrize(
    "location",
    ["http://user:hunter2@127.0.0.1/", "file:///etc/passwd", "ftp://127.0.0.1/", "//["],
)
def test_every_hop_is_checked(server: Server, location: str) -> None:
    _refused(server.redirect("/a", location))
    assert len(server.seen) == 1


PRIVATE = """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 192.0.2.1
    192.168.1.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:10.0.0.1
    ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1::
    2002:a9fe:a9fe::1 fc00::1 fd12::1 fe80::1 fe80::1%1 fec0::1 ff02::1""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_what_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_ipv6_hides_no_ipv4(address: Any) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))
    assert is_public(f"64:ff9b::{address}") == is_public(str(address))


@pytest.mark.parametrize(
    "host",
    "127.0.0.1 localhost 2130706433 0x7f.1 127.1 [::1] [::ffff:127.0.0.1] [::ffff:7f00:1]".split(),
)
def test_this_machine_is_refused_however_it_is_written(server: Server, host: str) -> None:
    assert "private or reserved" in _refused(f"http://{host}:{server.port}/", None)
    assert not server.seen


def _resolve(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Make `rebind.example` resolve to each of ``answers`` in turn; returns what was asked."""
    real, asked, left = socket.getaddrinfo, [], list(answers)

    def resolve(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        if host != "rebind.example":
            return real(host, port, *rest, **named)
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_a_name_is_looked_up_once_and_that_address_is_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _resolve(monkeypatch, ["127.0.0.1"], ["192.0.2.1"])
    server.page("/", b"ok")
    assert fetch(f"http://rebind.example:{server.port}/", HERE).body == b"ok"
    assert asked == ["rebind.example"]
    assert server.seen[0][1]["Host"] == f"rebind.example:{server.port}"


def test_a_name_that_turns_private_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _resolve(monkeypatch, ["127.0.0.1", "10.0.0.1"])
    url = f"http://rebind.example:{server.port}/"
    assert "private or reserved" in _refused(url, FetchLimits(timeout_seconds=5))
    assert asked == ["rebind.example"] and not server.seen


def test_a_public_page_cannot_redirect_inside(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first hop is made public by decree; the second is judged as always."""
    inside = server.page("/secret", b"inside").replace("127.0.0.1", "localhost")
    start = server.redirect("/a", inside)
    verdicts = iter([True])
    monkeypatch.setattr(
        "index.sources.web.is_public", lambda a: next(verdicts, False) or is_public(a)
    )
    assert "private or reserved" in _refused(start, FetchLimits(timeout_seconds=5))
    assert [path for path, _ in server.seen] == ["/a"]


def test_the_next_address_is_tried(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    _resolve(monkeypatch, ["127.0.0.2", "127.0.0.1"])  # nobody listens at the first
    server.page("/", b"ok")
    assert fetch(f"http://rebind.example:{server.port}/", HERE).body == b"ok"


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6, as many containers")
def test_ipv6() -> None:
    with serving("::1") as server:
        server.page("/", b"six")
        assert fetch(f"{server.url}/", HERE).body == b"six"
        assert server.seen[0][1]["Host"] == f"[::1]:{server.port}"
        assert "private or reserved" in _refused(f"{server.url}/", None)


@pytest.mark.parametrize("slow", ["head", "body"])
def test_time_is_by_the_wall_clock(server: Server, slow: str) -> None:
    """A byte now and then keeps any limit for a single read from being met."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\nX: "
        handler.wfile.write(head if slow == "head" else head + b"\r\n\r\n")
        for _ in range(60):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    server.routes["/"] = drip
    started = time.monotonic()
    message = _refused(f"{server.url}/", FetchLimits(timeout_seconds=0.5, allow_private=True))
    assert "within 0.5 seconds" in message and time.monotonic() - started < 2


def _sleep(*_: object, **__: object) -> list[Any]:
    time.sleep(1.5)
    return []


def test_a_resolver_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _sleep)
    started = time.monotonic()
    _refused("http://slow.example/", FetchLimits(timeout_seconds=0.2))
    assert time.monotonic() - started < 1


def test_size_as_sent(server: Server) -> None:
    limits = FetchLimits(max_bytes=1000, allow_private=True)
    assert len(fetch(server.page("/a", b"x" * 1000), limits).body) == 1000
    assert "longer than 1,000 bytes" in _refused(server.page("/b", b"x" * 1001), limits)
    untold = server.page("/c", b"x" * 1001, Content_Length="")
    assert "longer than 1,000 bytes" in _refused(untold, limits)


def test_size_unpacked(server: Server) -> None:
    limits = FetchLimits(max_bytes=100_000, allow_private=True)
    many = gzip.compress(b"x" * 40_000) + gzip.compress(b"y" * 60_000)
    assert len(fetch(server.page("/a", many, Content_Encoding="gzip"), limits).body) == 100_000
    bomb = server.page("/b", gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")
    assert "longer than 100,000 bytes" in _refused(bomb, limits)


@pytest.mark.parametrize(
    ("body", "coding", "why"),
    [
        (gzip.compress(b"news" * 99)[:20], "gzip", "cut short"),
        (b"", "gzip", "cut short"),
        (b"news", "gzip", "cannot be unpacked"),
        (b"news", "br", "not asked for"),
    ],
)
def test_bad_encodings(server: Server, body: bytes, coding: str, why: str) -> None:
    assert why in _refused(server.page("/", body, Content_Encoding=coding))


def test_what_is_not_there(server: Server) -> None:
    assert "HTTP status 404" in _refused(f"{server.url}/nothing")
    server.routes["/"] = lambda handler: send(handler, 302, b"")
    assert "HTTP status 302" in _refused(f"{server.url}/")

    def garbage(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\0\xff garbage\r\n\r\n")

    server.routes["/garbage"] = garbage
    assert "cannot be fetched" in _refused(f"{server.url}/garbage")
    server.routes["/cut"] = lambda h: send(h, 200, b"x", Content_Length="5")
    assert "cannot be fetched" in _refused(f"{server.url}/cut", FetchLimits(2, allow_private=True))


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be fetched" in _refused(f"http://127.0.0.1:{port}/")
    assert "no such host" in _refused("http://no-such-host.invalid/")


def test_tls_asks_for_the_host_by_name(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without TLS is no partner, and what is sent to it first names the host."""
    hello: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        from threading import Thread

        def take() -> None:
            connection, _ = listener.accept()
            with connection:
                hello.append(connection.recv(4096))

        thread = Thread(target=take)
        thread.start()
        _resolve(monkeypatch, ["127.0.0.1"])
        _refused(f"https://rebind.example:{listener.getsockname()[1]}/")
        thread.join()
    assert b"rebind.example" in hello[0]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.org/a", "only http"),
        ("file:///etc/passwd", "only http"),
        ("example.org", "only http"),
        ("http://", "only http"),
        ("", "only http"),
        ("http://user:hunter2@example.org/", "user name or password"),
        ("https://hunter2@example.org/", "user name or password"),
        ("http://user:hun/hunter2@example.org/", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http://example.org:99999/", "not a web address"),
        ("http://exa mple.org/", "not a web address"),
        ("http://" + "ü" * 80 + ".org/", "not a web address"),
        ("http://example.org\\@127.0.0.1/", "user name or password"),
    ],
)
def test_what_is_no_address(url: str, why: str) -> None:
    assert why in _refused(url)


@given(st.text(), st.text(), st.text("abc/:@?#[]\\ \n"))
def test_any_text_is_fetched_or_refused_in_one_line(user: str, host: str, path: str) -> None:
    for url in (user, f"ftp://{user}@{host}/{path}"):
        with pytest.raises(SourceError) as caught:
            fetch(url)
        assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.org/@b/c", "https://a.org/@b/c"),
        ("http://[::1]:80/@b", "http://[::1]:80/@b"),
        ("https://u:p@a.org/b", "https://a.org/b"),
        ("https://u:p/q@a.org/b", "https://a.org/b"),
        ("https://a.org/\x1b[31m\nb", "https://a.org/[31m b"),
    ],
)
def test_what_is_shown_of_an_address(url: str, safe: str) -> None:
    assert shown(url) == safe
