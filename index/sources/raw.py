"""What a source gives: articles as they were found, and what could not be one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as its source gave it. ``origin`` says where: a path or URL, with a line or
    item number where one file holds several. ``source`` is the outlet. ``mended`` are the fields
    that could not be used as they were, ``read_as`` says how its bytes were read where
    that was a guess."""

    id: str
    title: str | None
    text: str
    origin: str
    url: str | None = None
    source: str | None = None
    published: str | None = None
    author: str | None = None
    mended: tuple[str, ...] = field(default=(), compare=False)
    read_as: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that gave no article. ``failed`` is false for what was never meant to be one.

    ``unread``: what was read there before may be there still. ``only`` is the id of the only
    article that this concerns, where the rest of the file could be read; ``kind`` the ending of a
    file of a kind that is not read.
    """

    origin: str
    reason: str
    failed: bool = True
    unread: bool = True
    only: str | None = None
    kind: str | None = None


Reading = RawArticle | Skipped

Source = Path | str
"""A file or folder, or, as a str, an address that begins with http:// or https://."""
