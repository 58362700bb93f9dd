"""Sources to cleaned articles with unique ids."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.boilerplate import Furniture, LineCounts, outlet_of
from index.clean import clean
from index.model import Article
from index.plain import blocks
from index.raw import RawArticle, Skipped
from index.sources import read_sources


@dataclass(frozen=True, slots=True)
class Ingested:
    """An article of the source at position ``source``; None when it is there already."""

    source: int
    article: Article | None


def spool(
    sources: Sequence[Path], file: Path, lines_seen: LineCounts, skip: Callable[[Skipped], None]
) -> Iterator[int]:
    """Read all sources once, count their lines, and keep the raw articles in ``file``; yields 1
    for each.

    What is boilerplate is only known when every article was seen, and a page may take long to
    read, or be another one the second time.
    """
    with file.open("w", encoding="utf-8") as lines:
        for number, source in enumerate(sources):
            for reading in read_sources([source]):
                if isinstance(reading, Skipped):
                    skip(reading)
                else:
                    paragraphs = blocks(reading.text)
                    lines_seen.add(outlet_of(reading), paragraphs)
                    rest = asdict(replace(reading, text=""))
                    lines.write(json.dumps([number, rest, paragraphs]) + "\n")
                    yield 1


def articles(
    file: Path, furniture: Furniture, skip: Callable[[Skipped], None]
) -> Iterator[Ingested]:
    """The spooled articles, cleaned of ``furniture``, with unique ids."""
    taken: dict[str, bytes] = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            number, fields, paragraphs = json.loads(line)
            raw = RawArticle(**fields)
            article = clean(raw, paragraphs, furniture)
            if article is None:
                skip(Skipped(raw.origin, "has no text"))
            else:
                yield Ingested(number, _unique(article, taken))


def _unique(article: Article, taken: dict[str, bytes]) -> Article | None:
    """``article``, renamed ID~2, ID~3 … if another text has its id; None if it is there already.

    Two files may well number their articles from 1: losing one silently would be worse than an
    id with a suffix.
    """
    name, number = article.reference.article_id, 1
    while name in taken:
        if taken[name] == article.digest:
            return None
        number += 1
        name = f"{article.reference.article_id}~{number}"
    taken[name] = article.digest
    return replace(article, reference=replace(article.reference, article_id=name))
