"""Folders, files and addresses to raw articles: the reading edge. Nothing is cleaned here."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.addresses import shown
from index.content import Content, opened
from index.errors import SourceError
from index.feeds import feed_articles, is_feed
from index.html_articles import html_article
from index.raw import RawArticle, Reading, Skipped
from index.records import read_json, read_jsonl, read_markdown, read_text

if TYPE_CHECKING:
    from index.web import FetchLimits

__all__ = ["RawArticle", "Reading", "Skipped", "article_files", "is_url", "read_sources"]


def read_sources(
    paths: Sequence[Path | str], limits: FetchLimits | None = None
) -> Iterator[Reading]:
    """All articles of ``paths``, in a stable order: files, folders searched in depth, and
    addresses (http:// or https://) of pages or feeds, which are fetched within ``limits``.

    Raises SourceError before anything is read if a path is missing or holds no article file. An
    address that cannot be fetched is skipped.
    """
    for root, files in [_listed(path) for path in paths]:
        if isinstance(root, str):
            yield from _read_address(root, limits)
            continue
        for file in files:
            name = file.relative_to(root).as_posix() if file != root else file.name
            yield from _read_file(file, name)


def is_url(path: Path | str) -> bool:
    """Whether a source is to be fetched. Only a str can be: a Path joins the slashes."""
    return isinstance(path, str) and path.lower().startswith(("http://", "https://"))


def article_files(path: Path) -> list[Path]:
    """The files under ``path`` that pullquote can read, sorted. Hidden ones are left alone."""
    if path.is_file():
        if _reader(path) is None:
            raise SourceError(f"{path}: not a format that can be read; use one of {_formats()}.")
        return [path]
    if not path.is_dir():
        raise SourceError(f"{path}: no such file or folder; check the path.")
    files = sorted(
        file
        for file in path.rglob("*")
        if _reader(file) is not None
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    if not files:
        raise SourceError(f"{path}: no articles in this folder; add files of {_formats()}.")
    return files


def _listed(path: Path | str) -> tuple[Path | str, list[Path]]:
    if isinstance(path, str) and is_url(path):
        return path, []
    return Path(path), article_files(Path(path))


def _read_address(url: str, limits: FetchLimits | None) -> Iterator[Reading]:
    from index.pages import read_page  # brings the network: needed for addresses alone
    from index.web import fetch

    try:
        page = fetch(url, limits)
    except SourceError as error:
        # A report names the origin itself, as the message does.
        yield Skipped(shown(url), str(error).removeprefix(f"{shown(url)}: "))
    else:
        yield from read_page(page)


def _read_file(file: Path, name: str) -> Iterator[Reading]:
    reader = _reader(file)
    assert reader is not None  # article_files lets only readable formats through
    stem = _plain_name(name).rsplit(".", 1)[0]
    try:
        with opened(file) as content:
            yield from reader(content, str(file), stem)
    except SourceError as error:
        yield Skipped(str(file), str(error))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error) or "cut short"
        yield Skipped(str(file), f"cannot be read: {reason}")


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
    ".html": _read_html,
    ".htm": _read_html,
    ".rss": _read_feed,
    ".atom": _read_feed,
    ".xml": _read_feed,
}


def _plain_name(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _reader(file: Path) -> Callable[[Content, str, str], Iterator[Reading]] | None:
    return _READERS.get(Path(_plain_name(file.name.lower())).suffix)


def _formats() -> str:
    return ", ".join(_READERS) + " (or .gz of them)"
