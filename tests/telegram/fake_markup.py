"""What Telegram accepts in a message: its HTML, its buttons, its lengths."""

from __future__ import annotations

import html
import json
import re
from typing import Any

LIMIT = 4096
_TAG = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler", "strong", "em"}
_ATTRIBUTES = {"a": re.compile(r' href="[^"<>]+"'), "blockquote": re.compile(r"(?: expandable)?")}


class Refused(Exception):
    """A refusal: (HTTP status, description, parameters)."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def shown_text(given: dict[str, Any]) -> str:
    """The visible text of a call that sends or edits one. Raises Refused."""
    text = given.get("text") or given.get("message_text") or ""
    shown = parse_html(text) if given.get("parse_mode") == "HTML" else text
    if not shown.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if len(shown.encode("utf-16-le")) // 2 > LIMIT:
        raise Refused(400, "Bad Request: message is too long")
    return shown


def buttons(given: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The inline keyboard of a call, checked. Raises Refused."""
    if not given.get("reply_markup"):
        return []
    rows: list[list[dict[str, Any]]] = json.loads(given["reply_markup"])["inline_keyboard"]
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise Refused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


def parse_html(text: str) -> str:
    """The visible text. Raises Refused as Telegram's parser does."""
    shown: list[str] = []
    open_tags: list[str] = []
    position = 0
    while position < len(text):
        if text[position] == "<":
            tag = _TAG.match(text, position)
            if not tag or tag[2] not in _TAGS:
                raise _bad(f"Unsupported start tag at byte offset {position}")
            allowed = _ATTRIBUTES.get(tag[2], re.compile(""))
            if not tag[1] and not allowed.fullmatch(tag[3]):
                raise _bad(f"Unexpected attribute at byte offset {position}")
            _nest(open_tags, bool(tag[1]), tag[2], position)
            position = tag.end()
        elif text[position] == "&" and (entity := _ENTITY.match(text, position)):
            shown.append(html.unescape(entity[0]))
            position = entity.end()
        elif text[position] == ">":
            raise _bad(f"Unexpected end tag at byte offset {position}")
        else:
            shown.append(text[position])
            position += 1
    if open_tags:
        raise _bad(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return "".join(shown)


def _nest(open_tags: list[str], closing: bool, name: str, position: int) -> None:
    if not closing:
        if name == "blockquote" and "blockquote" in open_tags:
            raise _bad("blockquote entities can't be nested")
        open_tags.append(name)
    elif not open_tags or open_tags.pop() != name:
        raise _bad(f"Unmatched end tag at byte offset {position}, expected another, found {name}")


def _bad(why: str) -> Refused:
    return Refused(400, f"Bad Request: can't parse entities: {why}")
