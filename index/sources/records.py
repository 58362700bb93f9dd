"""Text, Markdown, JSON and JSONL to raw articles.

A reader takes the content, its origin, and a stem: the id of its article, or the first part of
the ids of its articles.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.entities import html5
from typing import Any

from index.sources.content import MAX_LINE_BYTES, Content
from index.sources.fields import identifier, raw_article
from index.sources.raw import Reading, Skipped

_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*))?(;?)")

_MOST_DIGITS = 100


def read_text(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """Plain text: the first line is the title when it looks like one."""
    title, body = _split_title(content.text())
    yield raw_article(origin, stem, body, title=title)


def _split_title(text: str) -> tuple[str | None, str]:
    first, _, rest = text.strip().partition("\n")
    first, rest = first.strip(), rest.strip()
    a_title = 0 < len(first) <= 200 and bool(rest) and not first.endswith((".", ":", ";", ","))
    return (first, rest) if a_title or rest.startswith(first + "\n") else (None, text)


def read_markdown(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """Markdown: a front matter of ``key: value`` lines when there is one, then the text."""
    text = content.text()
    front: dict[str, str] = {}
    if text.startswith("---\n"):
        head, closed, body = text[4:].partition("\n---\n")
        if closed:
            pairs = (line.partition(":") for line in head.splitlines())
            front = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
            text = body
    title, body = _split_title(text)
    if title and title.startswith("#"):
        text, title = body, title.lstrip("# ")
    elif front.get("title"):
        title = front["title"]
    yield _from_record({**front, "text": text, "title": title}, origin, stem)


def read_json(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """JSON: one article, a list of articles, or {"articles": [...]}."""
    try:
        loaded = _JSON.decode(content.text())
    except (ValueError, RecursionError) as error:
        yield Skipped(origin, f"not JSON: {error}")
        return
    if isinstance(loaded, dict) and isinstance(loaded.get("articles"), list):
        loaded = loaded["articles"]
    if isinstance(loaded, dict):
        yield _from_record(_unescaped_record(loaded), origin, stem)
    elif isinstance(loaded, list):
        for number, record in enumerate(loaded, 1):
            yield _from_any(record, f"{origin}#{number}", f"{stem}-{number}")
    else:
        yield Skipped(origin, "holds no article; expected an object or a list of objects")


def read_jsonl(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """JSON Lines, one article a line; only one line is in memory at a time."""
    empty = True
    for number, line in enumerate(content.lines(), 1):
        where = f"{origin}:{number}"
        empty = empty and line is not None and not line.strip()
        if line is None:
            yield Skipped(where, f"a line longer than {MAX_LINE_BYTES // (1024 * 1024)} MB")
        elif line.strip():
            yield _from_line(line, where, f"{stem}-{number}")
    if empty:
        # Nothing to complain of in a new file; one that held articles was emptied, or is written.
        yield Skipped(origin, "is empty", failed=False)


def _whole_number(digits: str) -> int | str:
    """Python refuses to read a number of thousands of digits, and with it all that stands by it."""
    return int(digits) if len(digits) < _MOST_DIGITS else digits


_JSON = json.JSONDecoder(parse_int=_whole_number)


def _from_line(line: bytes, origin: str, fallback_id: str) -> Reading:
    try:
        record = _JSON.decode(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Skipped(origin, f"not UTF-8 (byte {error.start}); convert it to UTF-8")
    except (ValueError, RecursionError) as error:
        return Skipped(origin, f"not JSON: {error}")
    return _from_any(record, origin, fallback_id)


def _from_any(record: Any, origin: str, fallback_id: str) -> Reading:
    """One record of several: whatever it is, the others are read."""
    if not isinstance(record, dict):
        return Skipped(origin, 'not an article; expected an object with "text"')
    try:
        found = _from_record(_unescaped_record(record), origin, fallback_id)
    except Exception as error:  # whatever is odd about it, it is the record's fault
        return Skipped(origin, f"cannot be read ({type(error).__name__})")
    if isinstance(found, Skipped):
        return replace(found, only=identifier(record.get("id")) or identifier(fallback_id))
    return found


def _from_record(record: dict[str, Any], origin: str, fallback_id: str) -> Reading:
    text = record.get("text")
    if not isinstance(text, str):
        # Question files may lie beside the articles, as they do in seeds/.
        questions = "question" in record and text is None
        why = "holds questions, not articles" if questions else 'has no "text"'
        return Skipped(origin, why, failed=not questions, unread=not questions)

    def field(*names: str) -> Any:
        said = (record.get(name) for name in names)
        return next(
            (one for one in said if one and not (isinstance(one, str) and one.isspace())), None
        )

    return raw_article(
        origin,
        fallback_id,
        text,
        article_id=record.get("id"),
        title=field("title"),
        url=field("url", "link"),
        source=field("source", "outlet"),
        published=field("published", "date"),
        author=field("author", "authors"),
    )


def _unescaped_record(record: dict[str, Any]) -> dict[str, Any]:
    readable = ("title", "text", "source", "outlet", "author")
    return {
        key: unescaped(value) if key in readable and isinstance(value, str) else value
        for key, value in record.items()
    }


def unescaped(text: str) -> str:
    """``text`` without HTML escapes, if it clearly is escaped text; otherwise as it is.

    Clearly escaped is what an HTML escape leaves: there is an ampersand, every ampersand begins
    a reference that HTML knows, and there is no bare < or >. One stray "AT&T" shows that nobody
    escaped the text, and then "&amp;" in it may be meant.

    >>> unescaped("AT&amp;T &#8220;won&#8221;"), unescaped("AT&T writes &amp;")
    ('AT&T “won”', 'AT&T writes &amp;')
    """
    if "&" not in text or "<" in text or ">" in text:
        return text
    for reference in _AMPERSAND.finditer(text):
        number, name, end = reference.groups()
        if not end or not (number or f"{name};" in html5):
            return text
    return html.unescape(text)


def escaped(text: str) -> str:
    """What `unescaped` turns back into ``text``: a stored text must come back to the letter."""
    return text if unescaped(text) == text else text.replace("&", "&amp;")
