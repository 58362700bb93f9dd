"""The door to feedparser: RSS and Atom to raw articles, one for each item."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from typing import Any

from index.sources.content import root_name
from index.sources.encodings import Decoded, as_read, decoded
from index.sources.fields import identifier, raw_article, web_link
from index.sources.html_pages import html_text
from index.sources.raw import Reading, Skipped
from index.sources.records import unescaped

_EMAIL = re.compile(r"<?(?<![^\s()<>@])[^\s()<>@]++@[^\s()<>]++>?")
_REFERENCE = re.compile(rb"&#(?:x([0-9a-f]{1,9999})|([0-9]{1,9999}));?", re.IGNORECASE)
_PROLOGUE = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_XML_CHARSET = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_END = re.compile(rb"</(?:rss|feed|rdf:rdf)\s*>", re.I)
_TAIL = 2000  # bytes: something may follow the end of a feed, as a comment does


def is_feed(data: bytes) -> bool:
    """Whether the first element is that of RSS or Atom."""
    return root_name(data) in ("rss", "feed", "rdf:rdf")


def feed_articles(
    data: bytes, origin: str, stem: str, content_type: str | None = None, url: str | None = None
) -> Iterator[Reading]:
    """The items of a feed, its title their outlet. Never raises on bad markup.

    ``content_type`` and ``url`` are what the feed was served with.
    """
    import feedparser  # slow to import; most archives hold no feed

    read = _decoded(data, content_type)
    data = _PROLOGUE.sub("", read.text, count=1).encode()
    headers = {"content-type": "application/xml; charset=utf-8"}
    if url:
        headers["content-location"] = url
    try:
        # A stream, never the bytes: those would be taken for the name of a file.
        feed = feedparser.parse(
            io.BytesIO(_REFERENCE.sub(_character, data)), response_headers=headers
        )
        version, entries, outlet = feed.version, feed.entries, _line(feed.feed.get("title"))
    except Exception as error:  # whatever a parser makes of such markup, it is the feed's fault
        yield Skipped(origin, f"cannot be parsed as RSS or Atom ({type(error).__name__})")
        return
    if not entries:
        what = "the feed has no items" if version else "not RSS or Atom"
        yield Skipped(origin, what, failed=not version, unread=not version)
    for number, entry in enumerate(entries, 1):
        where = f"{origin}#{number}"
        try:
            yield as_read(_item(entry, where, f"{stem}-{number}", outlet), read)
        except Exception as error:  # as above: the other items are read
            yield Skipped(where, f"cannot be read ({type(error).__name__})")
    if version and _cut_short(data):
        yield Skipped(origin, "the feed is cut short; what stood in the rest is not read")


def _decoded(data: bytes, content_type: str | None) -> Decoded:
    """Decoded here, as a parser that does not know the encoding would guess in silence."""
    served = _CHARSET.search(content_type or "")
    inside = _XML_CHARSET.search(data[:200])
    named = inside[1].decode("ascii", "ignore") if inside else None
    return decoded(data, served[1] if served else None, named)


def _character(reference: re.Match[bytes]) -> bytes:
    """A reference as it stands, or nothing where no character has that number: the parser would
    give up the whole feed for one of them."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    number = int(digits, base) if len(digits) <= 8 else -1
    known = 0 < number <= sys.maxunicode and not 0xD800 <= number <= 0xDFFF
    return reference[0] if known else b""


def _cut_short(data: bytes) -> bool:
    """Whether the end of the feed is missing: a parser that forgives all finds no fault with the
    first half of a file."""
    return not _END.search(data.rstrip()[-_TAIL:].replace(b"\0", b""))


def _item(entry: Any, origin: str, fallback_id: str, outlet: str | None) -> Reading:
    title = _line(entry.get("title"))
    text, said = _text(entry, title), entry.get("link")
    link = web_link(said) or said or ""
    named = identifier(_line(entry.get("id")) or link) or identifier(fallback_id)
    if not _letters(text):
        return Skipped(origin, f"the item {title or fallback_id!r} has no text", only=named)
    taken = entry.get("source")  # what a digest says of where it found the item
    own = _line(taken.get("title")) if isinstance(taken, dict) else None
    return raw_article(
        origin,
        fallback_id,
        text,
        article_id=_line(entry.get("id")) or link,
        title=title,
        url=link,
        source=own or outlet,
        published=_date(entry),
        author=_author(entry),
    )


def _text(entry: Any, title: str | None) -> str:
    """The longest of the texts that the feed gives: the whole one may only say where to read on.
    Of an item that says less than its title the title is the news, too."""
    details = [detail or {} for detail in [*entry.get("content", ()), entry.get("summary_detail")]]
    text = max((_plain(detail) for detail in details), key=_letters, default="")
    told = _letters(title or "") < _letters(text)
    return text if told else f"{title or ''}\n\n{text}".strip()


def _plain(detail: dict[str, Any]) -> str:
    value = str(detail.get("value") or "")
    return value if detail.get("type") == "text/plain" else html_text(value)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _author(entry: Any) -> str | None:
    """Names without addresses: RSS asks for ``mail@example.org (Name)``."""
    names = [each.get("name") for each in entry.get("authors") or ()]
    several = len(names) > 1 and all(names)
    said = ", ".join(names) if several else str(entry.get("author") or "")
    said = _EMAIL.sub("", said[:300]).strip()  # the search is slow in what is no list of names
    return _line(said[1:-1] if said.startswith("(") and said.endswith(")") else said)


def _date(entry: Any) -> str | None:
    """The date as the feed writes it: told in UTC, it may be the day before or after."""
    # "in" first: asked for a date that is not there, feedparser guesses, and warns that it does.
    given = (str(entry[name]).strip() for name in ("published", "updated") if name in entry)
    return next(filter(None, given), None)


def _line(value: Any) -> str | None:
    """One line of plain text. Titles are escaped once too often in many a feed."""
    text = " ".join(str(value or "").split())
    if "<" in text and ">" in text:
        text = " ".join(html_text(text).split())
    return unescaped(text) or None
