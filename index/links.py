"""The door to `urlsplit`, which raises at what is no address: "http://[bad/news". Pure."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_PLAIN = re.compile(r"https?://[a-z0-9.-]*[a-z0-9](?:[/?#].*)?", re.IGNORECASE)
_NO_HOST = re.compile(r"[\s<>\"\\^`{|}]")
_TRACKING = re.compile(r"(?:utm_[^=]*|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id)(?:=.*)?", re.I)
"""What is added to a link to tell where its readers come from."""


def parts(url: str | None) -> SplitResult | None:
    """The parts of ``url``; None for what cannot be an address, its port included."""
    try:
        return required(url or "")
    except ValueError:
        return None


def required(url: str) -> SplitResult:
    """Like `parts`, for whom an address is needed. Raises ValueError."""
    split = urlsplit(url)
    _ = split.port  # raises for a port that is none
    return split


def host(url: str | None) -> str | None:
    """The host that ``url`` names, in lower case.

    >>> host("https://News.example:8080/1"), host("http://[bad/news"), host(None)
    ('news.example', None, None)
    """
    split = parts(url)
    return split.hostname if split else None


def is_web(url: str | None) -> bool:
    """Whether ``url`` is an http or https address that names a host."""
    if url and _PLAIN.fullmatch(url):  # nearly all: this is asked of every article
        return True
    split = parts(url)
    if split is None or split.scheme not in ("http", "https"):
        return False
    return bool(split.hostname) and not _NO_HOST.search(split.hostname or "")


def page(url: str | None) -> str | None:
    """What the links to one page have in common: scheme, "www.", a slash at the end, a fragment and
    what counts readers make no difference. None for no link, and for that of a front page, which
    holds something else every day.

    >>> page("http://www.News.example/a/?utm_source=x&id=7#top")
    'news.example/a?id=7'
    """
    split = parts(url)
    if split is None or not split.hostname:
        return None
    path = split.path.rstrip("/")
    query = "&".join(
        sorted(one for one in split.query.split("&") if one and not _TRACKING.fullmatch(one))
    )
    if not path and not query:
        return None
    port = "" if split.port in (None, 80, 443) else f":{split.port}"
    return f"{split.hostname.removeprefix('www.')}{port}{path}{'?' * bool(query)}{query}"
