"""What a source gives: articles as they were found, and what could not be one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as its source gave it. ``origin`` says where: a path or URL, with a line or
    item number where one file holds several. ``source`` is the outlet."""

    id: str
    title: str | None
    text: str
    origin: str
    url: str | None = None
    source: str | None = None
    published: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that gave no article. ``failed`` is false for what was never meant to be one."""

    origin: str
    reason: str
    failed: bool = True


Reading = RawArticle | Skipped
