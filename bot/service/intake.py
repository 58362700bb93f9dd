"""Links and files that an operator sends: checked, named safely, kept among what was added."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from index import durable
from index.errors import SourceError
from index.sources.raw import RawArticle, Skipped
from index.sources.reading import is_url, read_sources

FORMATS = (".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".ndjson", ".jl", ".csv", ".tsv")
"""Of files in a chat. No .gz: what it unpacks to is not known before it is unpacked."""

MOST_LINKS = 10
_MOST_NAME = 50  # characters, which are up to four bytes each


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A file that was kept. ``titles`` are its articles' (or the first words of one without)."""

    name: str
    titles: tuple[str, ...]
    replaced: bool


def links_in(text: str) -> list[str]:
    """The addresses that a message consists of; empty when there is anything else in it."""
    parts = text.split()
    return parts if parts and all(is_url(part) for part in parts) else []


def safe_name(name: str) -> str:
    """A file name that names a file in its folder and nothing else. Raises SourceError.

    Names that only differ in what is left out stay different.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, ending = last.rpartition(".")
    suffix = dot + ending
    if suffix.lower() not in FORMATS:
        raise SourceError(f"I can read {', '.join(FORMATS)}; please send one of these.")
    plain = re.sub(r"[^\w-]+", "-", stem).strip("-_")[:_MOST_NAME]
    if plain != stem or not plain:
        mark = hashlib.sha256(last.encode(errors="surrogatepass")).hexdigest()
        plain = f"{plain or 'file'}-{mark[:8]}"
    return f"{plain}{suffix.lower()}"


def keep_file(data: bytes, name: str, folder: Path, most: int) -> StoredUpload:
    """Keep a file in ``folder`` if articles can be read from it. Raises SourceError.

    A file of the same name is replaced, in one step. ``most``: bytes.
    """
    safe = safe_name(name)
    if len(data) > most:
        raise SourceError(f"{safe} is larger than {most:,} bytes; please split it.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Hidden, so that no build reads it before it is known to be good.
        aside = Path(tempfile.mkdtemp(prefix=".adding-", dir=folder))
        try:
            file = aside / safe
            file.write_bytes(data)
            titles = _titles(file, safe)
            durable.sync(file)
            replaced = (folder / safe).exists()
            os.replace(file, folder / safe)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        durable.sync(folder)
    except OSError as error:
        raise SourceError(f"{folder}: cannot be written: {error.strerror or error}.") from error
    return StoredUpload(safe, titles, replaced)


def _titles(file: Path, name: str) -> tuple[str, ...]:
    readings = list(read_sources([file]))
    articles = [r for r in readings if isinstance(r, RawArticle) and any(map(str.isalnum, r.text))]
    if not articles:
        why = next((r.reason for r in readings if isinstance(r, Skipped)), "it has no text")
        raise SourceError(f"{name}: no article in it: {why}.")
    return tuple(article.title or article.text[:60] for article in articles)
