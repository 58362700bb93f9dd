"""The door to httpcore: one page from the public web, within limits.

What is fetched may be an address that someone else chose. So the address is checked where it
counts, on the IP that is connected to: a name that resolves anew between a check and the
connection would slip through any earlier one. Proxies of the environment are not used, since they
would connect on our behalf, unchecked.
"""

from __future__ import annotations

import re
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin

import httpcore

from index import links
from index.errors import SourceError
from index.sources.addresses import addresses, is_public, shown

USER_AGENT = "pullquote/0.1"
_ACCEPT = "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_SAFE = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What a fetch may take: seconds by the clock on the wall from first to last, bytes of the
    page (as sent, and unpacked), redirects. ``allow_private`` also lets it reach this machine and
    its network."""

    timeout_seconds: float = 20
    max_bytes: int = 5_000_000
    max_redirects: int = 5
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page: the address that it came from in the end, its Content-Type header, its bytes."""

    url: str
    content_type: str
    body: bytes

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", self.content_type, re.IGNORECASE)
        return found[1] if found else None


def fetch(url: str, limits: FetchLimits | None = None) -> FetchedPage:
    """The page at ``url``, redirects followed. Raises SourceError, its message one line."""
    limits = limits or FetchLimits()
    deadline = _Deadline(limits.timeout_seconds)
    try:
        with httpcore.ConnectionPool(network_backend=_Checked(limits, deadline)) as pool:
            return _follow(pool, url.strip(), limits)
    except SourceError as error:
        raise SourceError(f"{shown(url)}: {error}") from error
    except httpcore.TimeoutException as error:
        reason = f"not answered in full within {limits.timeout_seconds:g} seconds; try again later."
        raise SourceError(f"{shown(url)}: {reason}") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        what = " ".join(str(error).split())[:200] or "the connection was closed"
        raise SourceError(f"{shown(url)}: cannot be fetched: {what}; check the address.") from error


def _follow(pool: httpcore.ConnectionPool, url: str, limits: FetchLimits) -> FetchedPage:
    for _ in range(limits.max_redirects + 1):
        target, host = _target(url)
        headers: list[tuple[bytes | str, bytes | str]] = [
            ("Host", host),
            ("User-Agent", USER_AGENT),
            ("Accept", _ACCEPT),
            ("Accept-Encoding", "gzip"),
        ]
        with pool.stream("GET", target, headers=headers) as response:
            onward = _redirect(response, url)
            if onward is None:
                return FetchedPage(url, _header(response, "content-type"), _body(response, limits))
        url = onward
    raise SourceError(f"redirected more than {limits.max_redirects} times; check the address.")


def _target(url: str) -> tuple[httpcore.URL, str]:
    """``url`` as httpcore takes it, and the Host header. Raises SourceError."""
    try:
        parts = links.required(url)
        name, port = _host(parts), parts.port
        path = quote(parts.path or "/", safe=_SAFE)
        query = "?" + quote(parts.query, safe=_SAFE) if parts.query else ""
    except ValueError as error:  # the message of the library may repeat a password
        raise SourceError("not a web address; check it.") from error
    if parts.scheme not in ("http", "https") or not name:
        raise SourceError("only http:// and https:// addresses can be fetched.")
    if "@" in parts.netloc:
        raise SourceError("an address with a user name or password is not fetched; remove it.")
    # Brackets are the way that addresses write IPv6; httpcore wants the host without.
    host = (f"[{name}]" if ":" in name else name) + (f":{port}" if port else "")
    return httpcore.URL(scheme=parts.scheme, host=name, port=port, target=path + query), host


def _host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    if not name.isascii():
        name = name.encode("idna").decode("ascii")
    if re.search(r"[^\w.:%-]", name):
        raise ValueError("not a host name")
    return name


def _redirect(response: httpcore.Response, url: str) -> str | None:
    """Where ``response`` sends us, None if it is the page. Raises SourceError if it is neither."""
    if response.status in (200, 203):
        return None
    location = _header(response, "location")
    if response.status in (301, 302, 303, 307, 308) and location:
        try:
            return urljoin(url, location.strip())
        except ValueError as error:
            raise SourceError("redirected to what is no web address; check it.") from error
    raise SourceError(f"answered with HTTP status {response.status}; check the address.")


def _header(response: httpcore.Response, name: str) -> str:
    found = (value for key, value in response.headers if key.lower() == name.encode())
    return next(found, b"").decode("utf-8", "replace")


def _body(response: httpcore.Response, limits: FetchLimits) -> bytes:
    most = limits.max_bytes
    too_long = SourceError(f"longer than {most:,} bytes, which is the limit.")
    declared = _header(response, "content-length")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise too_long
    coding = _header(response, "content-encoding").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise SourceError(f"sent as {shown(coding)}, which was not asked for.")
    chunks = _within(response.iter_stream(), most, too_long)
    if coding in ("gzip", "x-gzip"):
        chunks = _within(_unpacked(chunks, most), most, too_long)
    return b"".join(chunks)


def _within(chunks: Iterable[bytes], most: int, too_long: SourceError) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise too_long
        yield chunk


def _unpacked(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """gzip unpacked, which may come in several members; at most ``most`` + 1 bytes at once."""
    inflater, ended = zlib.decompressobj(zlib.MAX_WBITS | 16), False
    try:
        for chunk in chunks:
            while chunk:
                yield inflater.decompress(chunk, most + 1)
                chunk, ended = inflater.unused_data, inflater.eof
                if ended:
                    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    except zlib.error as error:
        raise SourceError("sent as gzip that cannot be unpacked; try again later.") from error
    if not ended:
        raise SourceError("cut short on the way; try again later.")


class _Deadline:
    """An instant by which everything has to be done. In seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, more than 0. Raises httpcore.ReadTimeout when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("out of time")
        return left


class _Timed(httpcore.NetworkStream):
    """A stream whose every step has what is left of the whole time, however small the steps."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left()
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Checked(httpcore.NetworkBackend):
    """Connects to addresses that were looked up once and found to be allowed."""

    def __init__(self, limits: FetchLimits, deadline: _Deadline) -> None:
        self._private, self._deadline = limits.allow_private, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        found = addresses(host, port, self._deadline.left())
        allowed = [each for each in found if self._private or is_public(each)]
        if not allowed:
            raise SourceError("leads to a private or reserved address; give a public one.")
        while True:
            share = self._deadline.left() / len(allowed)  # the first may be unreachable from here
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    allowed.pop(0), port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not allowed:
                    raise
            else:
                return _Timed(stream, self._deadline)
