"""Sources to cleaned articles with unique ids."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.boilerplate import Furniture, LineCounts, outlet_of
from index.clean import clean
from index.earlier import Earlier
from index.model import Article, Made, content_digest
from index.plain import blocks
from index.raw import RawArticle, Skipped
from index.sources import read_sources

Skip = Callable[[Skipped], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """An article of the source at position ``source``, under its unique id. ``made_of`` is the
    digest of all that decides its content; ``article`` is a `Made` where an earlier generation
    holds the same, and None when it is there already under this id."""

    source: int
    article_id: str
    made_of: bytes
    article: Article | Made | None


def spool(sources: Sequence[Path], file: Path, lines_seen: LineCounts, skip: Skip) -> Iterator[int]:
    """Read all sources once, count their lines, and keep the raw articles in ``file``; yields 1
    for each.

    What is boilerplate is only known when every article was seen, and a page may take long to
    read, or be another one the second time. An article takes two lines: what is needed in any
    case, and what cleaning needs.
    """
    with file.open("w", encoding="utf-8") as lines:
        for number, source in enumerate(sources):
            for reading in read_sources([source]):
                if isinstance(reading, Skipped):
                    skip(reading)
                else:
                    paragraphs, outlet = blocks(reading.text), outlet_of(reading)
                    lines_seen.add(outlet, paragraphs)
                    body = json.dumps([_fields(reading), paragraphs])
                    digest = content_digest(body).hex()
                    head = json.dumps([number, reading.id, reading.origin, outlet, digest])
                    lines.write(f"{head}\n{body}\n")
                    yield 1


def articles(file: Path, furniture: Furniture, earlier: Earlier, skip: Skip) -> Iterator[Ingested]:
    """The spooled articles, cleaned of ``furniture``, with unique ids.

    Of those that ``earlier`` holds, which were cleaned of the same furniture, nothing is read.
    """
    marks = _marks(furniture)
    taken: dict[str, bytes] = {}
    with file.open(encoding="utf-8") as lines:
        for head, body in zip(lines, lines, strict=True):
            number, raw_id, origin, outlet, digest = json.loads(head)
            made_of = content_digest(digest + marks[outlet])
            found = earlier.find(made_of) or _cleaned(raw_id, origin, body, furniture)
            if isinstance(found, Article):
                found = earlier.find(found.digest) or found
            if found is None:
                skip(Skipped(origin, "has no text"))
                continue
            article_id = _unique(raw_id, found.digest, taken)
            if article_id is None:
                yield Ingested(number, raw_id, made_of, None)
            else:
                yield Ingested(number, article_id, made_of, _named(found, article_id))


def _fields(raw: RawArticle) -> list[str | None]:
    return [raw.title, raw.url, raw.source, raw.published, raw.author]


def _cleaned(raw_id: str, origin: str, body: str, furniture: Furniture) -> Article | None:
    (title, url, source, published, author), paragraphs = json.loads(body)
    raw = RawArticle(raw_id, title, "", origin, url, source, published, author)
    return clean(raw, paragraphs, furniture)


def _named(found: Article | Made, article_id: str) -> Article | Made:
    if isinstance(found, Made):
        return found
    return replace(found, reference=replace(found.reference, article_id=article_id))


def _marks(furniture: Furniture) -> defaultdict[str, str]:
    """By outlet, what tells the lines that were learned of it from others."""
    learned: dict[str, list[str]] = {}
    for outlet, key in sorted(furniture.learned):
        learned.setdefault(outlet, []).append(key)
    marks = {outlet: content_digest("\n".join(keys)).hex() for outlet, keys in learned.items()}
    return defaultdict(str, marks)


def _unique(name: str, digest: bytes, taken: dict[str, bytes]) -> str | None:
    """``name``, or name~2, name~3 … if another text has this id; None if it is there already.

    Two files may well number their articles from 1: losing one silently would be worse than an
    id with a suffix.
    """
    chosen, number = name, 1
    while chosen in taken:
        if taken[chosen] == digest:
            return None
        number += 1
        chosen = f"{name}~{number}"
    taken[chosen] = digest
    return chosen
