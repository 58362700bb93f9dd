"""Folders and files to raw articles: the reading edge. Nothing is cleaned here."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import SourceError


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as its source gave it. ``origin`` says where: a path, with a line for JSONL."""

    id: str
    title: str | None
    text: str
    origin: str
    url: str | None = None
    source: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that gave no article. ``failed`` is false for what was never meant to be one."""

    origin: str
    reason: str
    failed: bool = True


Reading = RawArticle | Skipped


def read_sources(paths: Sequence[Path]) -> Iterator[Reading]:
    """All articles under ``paths`` (files, or folders searched in depth), in a stable order.

    Raises SourceError before anything is read if a path is missing or holds no article file.
    """
    for root, files in [(path, article_files(path)) for path in paths]:
        for file in files:
            name = file.relative_to(root).as_posix() if file != root else file.name
            yield from _read_file(file, name)


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


def _read_file(file: Path, name: str) -> Iterator[Reading]:
    reader = _reader(file)
    assert reader is not None  # article_files lets only readable formats through
    try:
        data = file.read_bytes()
        if file.suffix == ".gz":
            data = gzip.decompress(data)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Skipped(str(file), f"not UTF-8 (byte {error.start}); convert it to UTF-8")
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error) or "cut short"
        yield Skipped(str(file), f"cannot be read: {reason}")
    else:
        yield from reader(text, str(file), name.removesuffix(".gz"))


def _read_text(text: str, origin: str, name: str) -> Iterator[Reading]:
    """Plain text: the first line is the title when it looks like one."""
    title, body = _split_title(text)
    yield RawArticle(_stem(name), title, body, origin)


def _split_title(text: str) -> tuple[str | None, str]:
    first, _, rest = text.strip().partition("\n")
    first, rest = first.strip(), rest.strip()
    a_title = 0 < len(first) <= 200 and bool(rest) and not first.endswith((".", ":", ";", ","))
    return (first, rest) if a_title or rest.startswith(first + "\n") else (None, text)


def _read_markdown(text: str, origin: str, name: str) -> Iterator[Reading]:
    """Markdown: a front matter of ``key: value`` lines when there is one, then the text."""
    front: dict[str, str] = {}
    if text.startswith("---\n"):
        head, closed, body = text[4:].partition("\n---\n")
        if closed:
            pairs = (line.partition(":") for line in head.splitlines())
            front = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
            text = body
    title, body = _split_title(text)
    if title and title.startswith("#"):
        text, title = body, title.lstrip("# ")
    elif front.get("title"):
        title = front["title"]
    yield _from_record({"id": _stem(name), "text": text, **front, "title": title}, origin)


def _read_json(text: str, origin: str, name: str) -> Iterator[Reading]:
    """JSON: one article, a list of articles, or {"articles": [...]}."""
    try:
        loaded = json.loads(text)
    except ValueError as error:
        yield Skipped(origin, f"not JSON: {error}")
        return
    if isinstance(loaded, dict) and isinstance(loaded.get("articles"), list):
        loaded = loaded["articles"]
    if isinstance(loaded, dict):
        yield _from_record({"id": _stem(name), **loaded}, origin)
    elif isinstance(loaded, list):
        for number, record in enumerate(loaded, 1):
            yield _from_any(record, f"{origin}#{number}", f"{_stem(name)}-{number}")
    else:
        yield Skipped(origin, "holds no article; expected an object or a list of objects")


def _read_jsonl(text: str, origin: str, name: str) -> Iterator[Reading]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{origin}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            yield Skipped(where, f"not JSON: {error}")
        else:
            yield _from_any(record, where, f"{_stem(name)}-{number}")


def _from_any(record: Any, origin: str, fallback_id: str) -> Reading:
    if not isinstance(record, dict):
        return Skipped(origin, 'not an article; expected an object with "text"')
    return _from_record({"id": fallback_id, **record}, origin)


def _from_record(record: dict[str, Any], origin: str) -> Reading:
    text = record.get("text")
    if not isinstance(text, str):
        # Question files may lie beside the articles, as they do in seeds/.
        questions = "question" in record and text is None
        why = "holds questions, not articles" if questions else 'has no "text"'
        return Skipped(origin, why, failed=not questions)

    def field(*names: str) -> str | None:
        values = (record.get(name) for name in names)
        return next((str(v).strip() for v in values if v is not None and str(v).strip()), None)

    return RawArticle(
        id=field("id") or origin,
        title=field("title"),
        text=text,
        origin=origin,
        url=field("url", "link"),
        source=field("source", "outlet"),
        published=field("published", "date"),
    )


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


_READERS: dict[str, Callable[[str, str, str], Iterator[Reading]]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".json": _read_json,
    ".jsonl": _read_jsonl,
}


def _reader(file: Path) -> Callable[[str, str, str], Iterator[Reading]] | None:
    name = file.name.lower().removesuffix(".gz")
    return _READERS.get(Path(name).suffix)


def _formats() -> str:
    return ", ".join(_READERS) + " (or .gz of them)"
