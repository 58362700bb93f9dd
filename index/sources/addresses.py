"""Host names to IP addresses, which of these are public, and how an address is shown."""

from __future__ import annotations

import re
import socket
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Thread

from index.errors import SourceError

_NAT64 = IPv6Network("64:ff9b::/96")


def addresses(host: str, port: int, seconds: float) -> list[str]:
    """The IP addresses of ``host``, best first. Raises SourceError if there are none in time."""
    answer: Future[list[str]] = Future()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.set_result(list(dict.fromkeys(str(each[4][0]) for each in found)))
        except (OSError, ValueError) as error:
            answer.set_exception(error)

    # The system's resolver takes no time limit; a thread that waits for it can be left behind.
    Thread(target=ask, daemon=True).start()
    try:
        return answer.result(seconds)
    except TimeoutError as error:
        raise SourceError("its name was not resolved in time; try again later.") from error
    except (OSError, ValueError) as error:
        raise SourceError("no such host, or no network; check the address.") from error


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet: not private, loopback, link-local, shared,
    multicast, reserved or unspecified, nor IPv6 that leads to such an IPv4.

    >>> is_public("1.1.1.1"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def shown(url: str) -> str:
    """``url`` fit to be shown: no password, no control characters, not endless."""
    text = "".join(c for c in " ".join(url.split()) if c.isprintable())
    scheme, slashes, rest = text.partition("//") if "//" in text else ("", "", text)
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    # A password may hold a slash, and then what follows the colon is no port.
    _, colon, port = authority.rpartition(":")
    secret = "@" in authority or (bool(colon) and not re.fullmatch(r"\d*|[^\[]*\]", port))
    if secret and "@" in rest:
        rest = rest.rpartition("@")[2]
    return (scheme + slashes + rest)[:300]
