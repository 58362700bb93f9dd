"""What tools call the fields of a record: their export is read without being rewritten. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_WRITTEN = {
    "id": "id guid uuid _id",
    "title": "title headline webTitle",
    "text": (
        "text maintext plain_text content_text article_body body body_text full_text article_text "
        "content content_html body_html article_html content_encoded story fields.bodyText "
        "fields.body"
    ),
    "summary": (
        "description summary abstract excerpt lead_paragraph lead standfirst snippet "
        "fields.trailText"
    ),
    "url": "url link canonical_url requested_url web_url permalink external_url href",
    "source": (
        "source outlet publisher publication site_name source_name feed.title origin.title "
        "newspaper source_domain domain"
    ),
    "published": (
        "published date published_at date_published publish_date date_publish published_date "
        "pub_date publication_date web_publication_date date_created created_at timestamp datetime "
        "issued"
    ),
    "author": "author authors byline creator dc:creator",
}
"""The names of each field, the best first, of news-please, newspaper, NewsAPI, miniflux, JSON Feed,
CC-News, schema.org, WordPress, the Guardian and their like. Case and underscores do not count."""
_NAMES = {field: tuple(names.split()) for field, names in _WRITTEN.items()}

LISTS = (
    "articles items entries results docs posts stories news records rows documents hits data "
    "response @graph"
).split()
"""Where an export keeps its records."""

_PARTS = ("rendered", "content", "value", "html", "text", "#text", "main", "$date", "$numberLong")
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The names of fields: ``own`` ones, (field, name) of the settings, before the known ones."""

    own: tuple[tuple[str, str], ...] = ()

    def values(self, record: Mapping[str, Any], field: str) -> Iterator[Any]:
        """What ``record`` says under each name of ``field``, the best first. Nothing empty."""
        own = [name for which, name in self.own if which == field]
        keys: dict[str, str] | None = None
        for name in [*own, *_NAMES[field]]:
            if name in record:  # nearly all: this is asked of every field of every article
                said = record[name]
            else:
                keys = keys or _keys(record)
                said = _at(record, name, keys)
            found = _plain(said)
            if found and not (isinstance(found, str) and found.isspace()):
                yield found

    def first(self, record: Mapping[str, Any], field: str) -> Any:
        return next(self.values(record, field), None)


KNOWN = FieldNames()
"""Without names of one's own."""


def _at(record: Mapping[str, Any], name: str, keys: Mapping[str, str]) -> Any:
    """What stands in ``record`` under ``name``, which may lead inside: "story.body"."""
    key = keys.get(_simple(name))
    if key is not None:
        return record[key]
    outer, dot, inner = name.partition(".")
    if not dot:
        return None
    within = record.get(keys.get(_simple(outer), outer))
    if isinstance(within, list):
        within = next(iter(within), None)
    if not isinstance(within, dict):
        return None
    return _at(within, inner, _keys(within))


def _keys(record: Mapping[str, Any]) -> dict[str, str]:
    """The keys of ``record`` by how they are compared; of those that are alike, the first."""
    return {_simple(key): key for key in reversed(list(record))}


def _plain(value: Any, depth: int = _DEPTH) -> Any:
    """{"rendered": "…"} and the like, as what is in it."""
    if isinstance(value, dict) and depth:
        part = next((value[name] for name in _PARTS if name in value), None)
        return value if part is None else _plain(part, depth - 1)
    return value


@lru_cache(maxsize=4096)
def _simple(name: str) -> str:
    return re.sub(r"[^a-z0-9.]", "", name.lower()) or name
