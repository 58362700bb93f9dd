"""The path of an article: read, clean, split, embed, write, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index import clean, sentences, words
from index.encoder import Encoder
from index.errors import SourceError
from index.local import LocalStore, new_generation_id
from index.model import Article, Manifest
from index.passages import PassageSize, embedding_text, split
from index.sources import Skipped, read_sources


@dataclass(slots=True)
class BuildReport:
    """What a build did. ``skipped`` holds what was meant to be an article and is not there."""

    generation: str = ""
    articles: int = 0
    passages: int = 0
    duplicates: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    ignored: list[Skipped] = field(default_factory=list)


Progress = Callable[[str, int, int | None], None]
"""Told (phase, how many more are done, how many in all when known)."""


def recipe(size: PassageSize) -> dict[str, Any]:
    """How passages are made: stored with the index, so that nothing is mixed."""
    return {
        "clean": clean.VERSION,
        "sentences": sentences.VERSION,
        "words": words.VERSION,
        "passage_words": {"enough": size.enough, "most": size.most},
    }


def build(
    sources: Sequence[Path],
    store: LocalStore,
    load_encoder: Callable[[], Encoder],
    size: PassageSize | None = None,
    progress: Progress = lambda phase, more, total: None,
) -> BuildReport:
    """Build a generation from ``sources`` and publish it.

    The published index is untouched until the last step. The encoder is loaded only once there
    are articles to embed. Raises SourceError, ModelError or StoreError.
    """
    size = size or PassageSize()
    report = BuildReport()
    with store.lock():
        articles = list(_articles(sources, report, progress))
        if not articles:
            raise SourceError(_nothing(sources, report))
        encoder = load_encoder()
        manifest = Manifest(
            generation=new_generation_id(),
            created=_now(),
            encoder=encoder.card,
            recipe=recipe(size),
            sources=tuple(str(path.resolve()) for path in sources),
            articles=0,
            passages=0,
            files={},
        )
        draft = store.draft(manifest)
        try:
            texts: list[str] = []
            for article in articles:
                passages = split(article, size, first_key=len(texts))
                draft.add(article, passages)
                texts.extend(embedding_text(passage) for passage in passages)
            progress("embedding", 0, len(texts))
            vectors = encoder.encode(texts, lambda more: progress("embedding", more, len(texts)))
            report.generation = draft.seal(vectors)
        except BaseException:
            draft.discard()
            raise
        store.publish(report.generation)
        report.articles, report.passages = len(articles), len(texts)
    return report


def _articles(
    sources: Sequence[Path], report: BuildReport, progress: Progress
) -> Iterator[Article]:
    """Cleaned articles with unique ids. The same article met twice is taken once."""
    taken: dict[str, int] = {}
    for reading in read_sources(sources):
        progress("reading", 1, None)
        if isinstance(reading, Skipped):
            (report.skipped if reading.failed else report.ignored).append(reading)
            continue
        article = clean.clean(reading)
        if article is None:
            report.skipped.append(Skipped(reading.origin, "has no text"))
            continue
        unique = _unique(article, taken)
        if unique is None:
            report.duplicates += 1
        else:
            yield unique


def _unique(article: Article, taken: dict[str, int]) -> Article | None:
    """``article``, renamed ID~2, ID~3 … if another text has its id; None if it is there already.

    Two files may well number their articles from 1: losing one silently would be worse than an
    id with a suffix.
    """
    wanted, content = article.reference.article_id, hash((article.reference, article.text))
    name, number = wanted, 1
    while name in taken:
        if taken[name] == content:
            return None
        number += 1
        name = f"{wanted}~{number}"
    taken[name] = content
    return replace(article, reference=replace(article.reference, article_id=name))


def _nothing(sources: Sequence[Path], report: BuildReport) -> str:
    where = ", ".join(map(str, sources))
    if report.skipped:
        first = report.skipped[0]
        more = f" ({len(report.skipped) - 1} more failed)" if len(report.skipped) > 1 else ""
        return f"{first.origin}: {first.reason}{more}; no article was found in {where}."
    return f"{where}: no articles here; add .txt, .md, .json or .jsonl files with text."


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
