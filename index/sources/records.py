"""Text, Markdown, JSON and JSONL to raw articles.

A reader takes the content, its origin, and a stem: the id of its article, or the first part of
the ids of its articles.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.entities import html5
from typing import Any

from index.sources.content import MAX_LINE_BYTES, Content
from index.sources.encodings import as_read, decoded
from index.sources.field_names import LISTS, FieldNames
from index.sources.fields import identifier, raw_article
from index.sources.front_matter import split as split_front_matter
from index.sources.html_pages import html_text
from index.sources.raw import Reading, Skipped

_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*))?(;?)")
_TAG = re.compile(r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|figure)\b[^<>]*>", re.I)
_MORE = re.compile(r"\[\+\d{1,9} chars\]\Z")  # how NewsAPI ends an article that it cut

_MOST_DIGITS = 100
_MOST_WRAPPED = 4  # objects around a list of records
_MOST_SHOWN, _MOST_NAME = 8, 80


def read_text(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """Plain text: the first line is the title when it looks like one."""
    read = content.text()
    title, body = _split_title(read.text)
    yield as_read(raw_article(origin, stem, body, title=title), read)


def _split_title(text: str) -> tuple[str | None, str]:
    first, _, rest = text.strip().partition("\n")
    first, rest = first.strip(), rest.strip()
    a_title = 0 < len(first) <= 200 and bool(rest) and not first.endswith((".", ":", ";", ","))
    return (first, rest) if a_title or rest.startswith(first + "\n") else (None, text)


def read_markdown(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """Markdown: its front matter when there is one, then the text."""
    read = content.text()
    front, text = split_front_matter(read.text)
    title, body = _split_title(text)
    if title and title.startswith("#"):
        text, title = body, title.lstrip("# ")
    elif front.get("title"):
        title = front["title"]
    record = {**front, "text": text, "title": title}
    yield as_read(_from_record(record, origin, stem, content.names), read)


def read_json(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """JSON: one article, a list of articles, or what holds such a list: {"articles": [...]}."""
    read = content.text()
    try:
        loaded = _JSON.decode(read.text)
    except (ValueError, RecursionError) as error:
        yield Skipped(origin, f"not JSON: {error}")
        return
    records, outlet = _records(loaded, content.names)
    if records is not None:
        for number, record in enumerate(records, 1):
            found = from_any(record, f"{origin}#{number}", f"{stem}-{number}", content.names)
            if outlet and not isinstance(found, Skipped) and found.source is None:
                found = replace(found, source=outlet)
            yield as_read(found, read)
    elif isinstance(loaded, dict):
        yield as_read(_from_record(loaded, origin, stem, content.names), read)
    else:
        yield Skipped(origin, "holds no article; expected an object or a list of objects")


def _records(loaded: Any, names: FieldNames) -> tuple[list[Any] | None, str | None]:
    """The list of records that ``loaded`` is or holds, and the outlet that a feed's title names."""
    outlet, held = None, loaded
    for _ in range(_MOST_WRAPPED):
        if not isinstance(held, dict) or names.first(held, "text"):
            break
        inside = [held[name] for name in LISTS if isinstance(held.get(name), list | dict)]
        if not inside:
            break
        outlet = held.get("title") or outlet
        held = next((one for one in inside if isinstance(one, list)), inside[0])
    return (held if isinstance(held, list) else None), one_line(outlet)


def read_jsonl(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """JSON Lines, one article a line; only one line is in memory at a time."""
    empty = True
    for number, line in enumerate(content.lines(), 1):
        where = f"{origin}:{number}"
        empty = empty and line is not None and not line.strip()
        if line is None:
            yield Skipped(where, f"a line longer than {MAX_LINE_BYTES // (1024 * 1024)} MB")
        elif line.strip():
            yield _from_line(line, where, f"{stem}-{number}", number, content)
    if empty:
        # Nothing to complain of in a new file; one that held articles was emptied, or is written.
        yield Skipped(origin, "is empty", failed=False)


def _whole_number(digits: str) -> int | str:
    """Python refuses to read a number of thousands of digits, and with it all that stands by it."""
    return int(digits) if len(digits) < _MOST_DIGITS else digits


_JSON = json.JSONDecoder(parse_int=_whole_number)


def _from_line(
    line: bytes, origin: str, fallback_id: str, number: int, content: Content
) -> Reading:
    read = decoded(line, content.charset)
    try:
        record = _JSON.decode(read.text)
    except (ValueError, RecursionError) as error:
        return Skipped(origin, f"not JSON: {error}")
    return as_read(from_any(record, origin, fallback_id, content.names), read, f"line {number}, ")


def from_any(record: Any, origin: str, fallback_id: str, names: FieldNames) -> Reading:
    """One record of several: whatever it is, the others are read."""
    if not isinstance(record, dict):
        return Skipped(origin, 'not an article; expected an object with "text"')
    try:
        found = _from_record(record, origin, fallback_id, names)
    except Exception as error:  # whatever is odd about it, it is the record's fault
        return Skipped(origin, f"cannot be read ({type(error).__name__})")
    if isinstance(found, Skipped):
        return replace(found, only=identifier(record.get("id")) or identifier(fallback_id))
    return found


def _from_record(
    record: dict[str, Any], origin: str, fallback_id: str, names: FieldNames
) -> Reading:
    if isinstance(inner := record.get("_source"), dict):  # as search engines wrap a record
        record = {**inner, "_id": record.get("_id")}
    text = _text(record, names)
    if text is None:
        # Question files may lie beside the articles, as they do in seeds/.
        questions = "question" in record
        why = "holds questions, not articles" if questions else _no_text(record)
        return Skipped(origin, why, failed=not questions, unread=not questions)
    return raw_article(
        origin,
        fallback_id,
        text,
        article_id=_id(record, names),
        title=_unescaped(names.first(record, "title")),
        url=names.first(record, "url"),
        source=_unescaped(names.first(record, "source")),
        published=names.first(record, "published"),
        author=_unescaped(names.first(record, "author")),
    )


def _id(record: Mapping[str, Any], names: FieldNames) -> Any:
    """The id; 0 is one, too."""
    return record["id"] if isinstance(record.get("id"), int) else names.first(record, "id")


def _text(record: Mapping[str, Any], names: FieldNames) -> str | None:
    """The text: under its own name as it is, under others without markup, and then the summary if
    it is the longer one, as it is of an article that was cut; None if there is no text at all."""
    own = record.get("text")
    if isinstance(own, str) and (_says(own) or not names.first(record, "text")):
        return unescaped(own)
    bodies, summaries = (
        map(_without_tags, map(_joined, names.values(record, field)))
        for field in ("text", "summary")
    )
    return max(next(filter(_says, bodies), ""), next(filter(_says, summaries), ""), key=len) or None


def _joined(value: Any) -> str:
    """A text, or its paragraphs."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else ""


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _without_tags(text: str) -> str:
    text = _MORE.sub("", unescaped(text).strip()).rstrip()
    return html_text(text) if _TAG.search(text) else text


def _no_text(record: Mapping[str, Any]) -> str:
    shown = ", ".join(one_line(key) or "?" for key in list(record)[:_MOST_SHOWN])
    more = ", …" if len(record) > _MOST_SHOWN else ""
    return f"has no text in a field that is known ({shown}{more}); name it in [index.fields]"


def one_line(value: Any) -> str | None:
    return " ".join(value.split())[:_MOST_NAME] or None if isinstance(value, str) else None


def _unescaped(value: Any) -> Any:
    return unescaped(value) if isinstance(value, str) else value


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
