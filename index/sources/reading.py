"""Folders, files and addresses to raw articles: the reading edge. Nothing is cleaned here."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index import links
from index.errors import SourceError
from index.paths import shown as shown_path
from index.sources.addresses import shown
from index.sources.content import Content, opened
from index.sources.feeds import feed_articles, is_feed
from index.sources.field_names import KNOWN, FieldNames
from index.sources.folders import files_below
from index.sources.html_pages import html_article
from index.sources.raw import RawArticle, Reading, Skipped
from index.sources.records import read_json, read_jsonl, read_markdown, read_text
from index.sources.tables import read_csv

if TYPE_CHECKING:
    from index.sources.web import FetchLimits

__all__ = ["RawArticle", "Reading", "Skipped", "is_url", "named_source", "read_sources"]


Place = Path | Skipped
"""A file, or what cannot be read: a folder that could not be listed, another kind of file."""


def read_sources(
    paths: Sequence[Path | str],
    limits: FetchLimits | None = None,
    names: FieldNames = KNOWN,
) -> Iterator[Reading]:
    """All articles of ``paths``, in a stable order: files, folders searched in depth, and
    addresses (http:// or https://) of pages or feeds, which are fetched within ``limits``.
    ``names`` are those of the fields of their records.

    Raises SourceError before anything is read if a path is missing or holds no article file. An
    address that cannot be fetched is skipped.
    """
    for root, places in [_listed(path) for path in paths]:
        if isinstance(root, str):
            yield from _read_address(root, limits)
        for place in places:
            yield from _read_place(place, Path(root), names)


def read_files(source: Path, names: FieldNames = KNOWN) -> Iterator[tuple[str, Iterator[Reading]]]:
    """Each file of ``source``, and each folder in it that cannot be listed, with its readings."""
    for place in places_of(source):
        where = place.origin if isinstance(place, Skipped) else shown_path(place)
        yield where, _read_place(place, source, names)


def is_url(path: Path | str) -> bool:
    """Whether a source is to be fetched. Only a str can be: a Path joins the slashes."""
    return isinstance(path, str) and path.lower().startswith(("http://", "https://"))


def named_source(name: str) -> Path | str:
    """The source that somebody names: an address, or the path of a folder or a file.

    Raises SourceError for a name that can only be a slip, before it is remembered as a source.
    """
    if not name.strip():
        raise SourceError("A source has an empty name; name a folder, a file or an address.")
    if not is_url(name):
        return Path(name)
    if not links.is_web(name):
        raise SourceError(f"{shown(name)}: this address names no host; check it.")
    return name


def places_of(path: Path) -> list[Place]:
    """The files under ``path`` that pullquote can read, in order, and whatever else is there but
    hidden files. Raises SourceError if there is nothing that it can read."""
    try:
        kind = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise SourceError(f"{shown_path(path)}: no such file or folder; check the path.") from None
    except OSError as error:
        return [Skipped(shown_path(path), f"cannot be read: {error.strerror or error}")]
    if stat.S_ISDIR(kind):
        places = list(files_below(path, _is_readable))
        if all(isinstance(place, Skipped) and place.kind for place in places):
            where = f"{shown_path(path)}: no articles in this folder"
            raise SourceError(f"{where}; add files of {_formats()}.")
        return places
    if not stat.S_ISREG(kind):
        raise SourceError(f"{shown_path(path)}: no such file or folder; check the path.")
    if not _is_readable(path.name):
        what = "not a format that can be read"
        raise SourceError(f"{shown_path(path)}: {what}; use one of {_formats()}.")
    return [path]


def _listed(path: Path | str) -> tuple[Path | str, list[Place]]:
    if isinstance(path, str) and is_url(path):
        return path, []
    return Path(path), places_of(Path(path))


def _read_place(place: Place, root: Path, names: FieldNames) -> Iterator[Reading]:
    if isinstance(place, Skipped):
        yield place
    else:
        within = place.relative_to(root).as_posix() if place != root else ""
        yield from _read_file(place, within, names)


def _read_address(url: str, limits: FetchLimits | None) -> Iterator[Reading]:
    from index.sources.pages import read_page  # brings the network: needed for addresses alone
    from index.sources.web import fetch

    try:
        page = fetch(url, limits)
    except SourceError as error:
        # A report names the origin itself, as the message does.
        yield Skipped(shown(url), str(error).removeprefix(f"{shown(url)}: "))
    else:
        yield from read_page(page)


def _read_file(file: Path, name: str, names: FieldNames) -> Iterator[Reading]:
    reader, origin = _reader(file.name), shown_path(file)
    assert reader is not None  # only readable formats are listed
    stem = shown_path(_plain_name(name or file.name).rsplit(".", 1)[0])
    try:
        with opened(file, names) as content:
            yield from reader(content, origin, stem)
    except SourceError as error:
        yield Skipped(origin, str(error))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error) or "cut short"
        yield Skipped(origin, f"cannot be read: {reason}")
    except Exception as error:  # whatever a parser makes of it, the other files are read
        yield Skipped(origin, f"cannot be read ({type(error).__name__})")


def _read_html(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    yield html_article(content.whole(), origin, stem)


def _read_feed(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    data = content.whole()
    if is_feed(data):
        yield from feed_articles(data, origin, stem)
    else:
        # Site maps and settings are XML, too: no failure unless the name promised a feed.
        named = _plain_name(origin).lower().endswith((".rss", ".atom"))
        yield Skipped(origin, "not RSS or Atom", failed=named)


_READERS: dict[str, Callable[[Content, str, str], Iterator[Reading]]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".jl": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".html": _read_html,
    ".htm": _read_html,
    ".rss": _read_feed,
    ".atom": _read_feed,
    ".xml": _read_feed,
}


def _plain_name(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _reader(name: str) -> Callable[[Content, str, str], Iterator[Reading]] | None:
    return _READERS.get(os.path.splitext(_plain_name(name.lower()))[1])


def _is_readable(name: str) -> bool:
    return _reader(name) is not None


def _formats() -> str:
    return ", ".join(_READERS) + " (or .gz of them)"
