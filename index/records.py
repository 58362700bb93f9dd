"""Text, Markdown, JSON and JSONL to raw articles.

A reader takes the content, its origin, and a stem: the id of its article, or the first part of
the ids of its articles.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from index.content import MAX_LINE_BYTES, Content
from index.raw import RawArticle, Reading, Skipped

_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*))?(;?)")


def read_text(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """Plain text: the first line is the title when it looks like one."""
    title, body = _split_title(content.text())
    yield RawArticle(stem, title, body, origin)


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
    yield _from_record({"id": stem, **front, "text": text, "title": title}, origin)


def read_json(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """JSON: one article, a list of articles, or {"articles": [...]}."""
    try:
        loaded = json.loads(content.text())
    except (ValueError, RecursionError) as error:
        yield Skipped(origin, f"not JSON: {error}")
        return
    if isinstance(loaded, dict) and isinstance(loaded.get("articles"), list):
        loaded = loaded["articles"]
    if isinstance(loaded, dict):
        yield _from_record(_unescaped_record({"id": stem, **loaded}), origin)
    elif isinstance(loaded, list):
        for number, record in enumerate(loaded, 1):
            yield _from_any(record, f"{origin}#{number}", f"{stem}-{number}")
    else:
        yield Skipped(origin, "holds no article; expected an object or a list of objects")


def read_jsonl(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """JSON Lines, one article a line; only one line is in memory at a time."""
    for number, line in enumerate(content.lines(), 1):
        where = f"{origin}:{number}"
        if line is None:
            yield Skipped(where, f"a line longer than {MAX_LINE_BYTES // (1024 * 1024)} MB")
        elif line.strip():
            yield _from_line(line, where, f"{stem}-{number}")


def _from_line(line: bytes, origin: str, fallback_id: str) -> Reading:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Skipped(origin, f"not UTF-8 (byte {error.start}); convert it to UTF-8")
    except (ValueError, RecursionError) as error:
        return Skipped(origin, f"not JSON: {error}")
    return _from_any(record, origin, fallback_id)


def _from_any(record: Any, origin: str, fallback_id: str) -> Reading:
    if not isinstance(record, dict):
        return Skipped(origin, 'not an article; expected an object with "text"')
    return _from_record(_unescaped_record({"id": fallback_id, **record}), origin)


def _from_record(record: dict[str, Any], origin: str) -> Reading:
    text = record.get("text")
    if not isinstance(text, str):
        # Question files may lie beside the articles, as they do in seeds/.
        questions = "question" in record and text is None
        why = "holds questions, not articles" if questions else 'has no "text"'
        return Skipped(origin, why, failed=not questions)

    def field(*names: str) -> str | None:
        return next((value for name in names if (value := _words(record.get(name)))), None)

    return RawArticle(
        id=field("id") or origin,
        title=field("title"),
        text=text,
        origin=origin,
        url=field("url", "link"),
        source=field("source", "outlet"),
        published=field("published", "date"),
        author=field("author", "authors"),
    )


def _words(value: Any) -> str:
    """A field as one string: archives also write {"name": …} for an outlet, lists for authors."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return ", ".join(word for each in value if (word := _words(each)))
    return "" if value is None else str(value).strip()


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
