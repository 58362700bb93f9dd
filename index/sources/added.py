"""Articles added by their address: fetched once, and kept as files of an ordinary source."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlunsplit

from index import durable, links
from index.errors import SourceError
from index.sources.addresses import shown
from index.sources.fields import identifier
from index.sources.pages import read_page
from index.sources.raw import RawArticle, Skipped
from index.sources.records import escaped
from index.sources.web import FetchLimits, fetch


def add_url(url: str, folder: Path, limits: FetchLimits | None = None) -> list[RawArticle]:
    """Fetch ``url`` and keep each article that it holds as a JSON file in ``folder``.

    A page is one article, a feed as many as it has items. What is added again replaces what was
    kept. Returns the articles as `read_sources` will read them from ``folder``. Raises SourceError
    if the page cannot be fetched, holds no article, or cannot be kept.
    """
    page = fetch(url, limits)
    readings = list(read_page(page))
    articles = [each for each in readings if isinstance(each, RawArticle) and _has_text(each)]
    if not articles:
        skipped = (each.reason for each in readings if isinstance(each, Skipped))
        raise SourceError(f"{shown(url)}: {next(skipped, 'has no text')}.")
    page_id = identifier(page.url)
    files: dict[Path, RawArticle] = {}
    for article in articles:
        file = folder / f"{_name(_key(article, url, whole=article.id == page_id))}.json"
        if file in files:  # a live page has one address for all its items
            file = folder / f"{_name(f'{url} {article.id}')}.json"
        files[file] = replace(article, id=file.stem, origin=str(file))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, article in files.items():
            _write(file, article)
        durable.sync(folder)
    except OSError as error:
        reason = error.strerror or error
        raise SourceError(f"{folder}: cannot be written: {reason}; check the folder.") from error
    return list(files.values())


def _has_text(article: RawArticle) -> bool:
    return any(character.isalnum() for character in article.text)


def _key(article: RawArticle, url: str, whole: bool) -> str:
    """What tells this article from others. For a ``whole`` page, the address that was asked for:
    the canonical one that it claims may be that of its front page. For an item, its link, so that
    the page itself, once added, takes the place of its summary."""
    if whole:
        return url
    return article.url or f"{url} {article.id}"


def _name(key: str) -> str:
    parts, same = links.parts(key.strip()), key.strip()
    if parts:
        same = urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", parts.query, ""))
    return hashlib.sha256(same.encode("utf-8", "replace")).hexdigest()[:20]


def _write(file: Path, article: RawArticle) -> None:
    """Write ``file`` whole or not at all; one that is there stays until the new one is complete."""
    record = {
        "id": article.id,
        "title": article.title and escaped(article.title),
        "text": escaped(article.text),
        "url": article.url,
        "source": article.source and escaped(article.source),
        "author": article.author and escaped(article.author),
        "published": article.published,
    }
    known = {key: value for key, value in record.items() if value is not None}
    data = json.dumps(known, ensure_ascii=False, indent=1).encode("utf-8", "ignore")
    handle, temporary = tempfile.mkstemp(prefix=".adding-", dir=file.parent)  # hidden: not read
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
