"""The fields before a text, between lines of dashes (YAML) or plus signs (TOML). Pure."""

from __future__ import annotations

import re
import tomllib

_FIELD = re.compile(r"([A-Za-z][\w -]{0,60})\s?:(?:\s(.*))?")
_MOST = 20_000
"""Characters of front matter: a text that only begins with a rule is not searched to its end."""


def split(text: str) -> tuple[dict[str, str], str]:
    """The fields before ``text``, by their names in small letters, and the text after them.

    >>> split("---\\ntitle: 'Fares: up'\\nauthors:\\n  - Ann Bee\\n  - Bo Lind\\n---\\nFares rose.")
    ({'title': 'Fares: up', 'authors': 'Ann Bee, Bo Lind'}, 'Fares rose.')
    """
    mark = text.lstrip("\n")[:4]
    if mark not in ("---\n", "+++\n"):
        return {}, text
    head, closed, body = text.lstrip("\n")[4:].partition(f"\n{mark}")
    if not closed or len(head) > _MOST:
        return {}, text
    fields = _yaml(head) if mark[0] == "-" else _toml(head)
    return (fields, body) if fields is not None else ({}, text)


def _yaml(head: str) -> dict[str, str] | None:
    """The plain fields and lists of YAML; None where nothing is like it."""
    fields: dict[str, list[str]] = {}
    name = None
    for line in head.splitlines():
        if field := _FIELD.fullmatch(line):
            name = field[1].strip().lower()
            fields[name] = [_bare(field[2] or "")]
        elif name and (item := line.strip()).startswith("- "):
            fields[name].append(_bare(item[2:]))
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            return None
    return {key: ", ".join(filter(None, values)) for key, values in fields.items()} or None


def _toml(head: str) -> dict[str, str] | None:
    try:
        loaded = tomllib.loads(head)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return {}
    return {key.lower(): _said(value) for key, value in loaded.items()}


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(each for each in value if isinstance(each, str))
    return "" if isinstance(value, dict) else str(value)


def _bare(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    value = value[1:-1] if quoted else value
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(filter(None, (_bare(each) for each in value[1:-1].split(","))))
    return value
