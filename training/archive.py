"""An archive to ask the held-out questions over, so that confidence is fitted to what is served."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Final

from index.build import build
from index.folder.folder_store import FolderStore
from index.folder.generation import FolderGeneration
from index.models.encoder import Encoder
from training.data import SpanQuestion

STORIES: Final = 6  # every sixth story is left out of the archive,
SINGLE: Final = 24  # and every 24th paragraph, of whose article the rest is there
PARAGRAPHS: Final = 8  # of an article: about 800 words


def archive(
    questions: Sequence[SpanQuestion],
    paragraphs: Mapping[str, str],
    absent: Set[str],
    news: Sequence[Path],
    folder: Path,
    encoder: Encoder,
) -> FolderGeneration:
    """Index articles with the questions' contexts and hard negatives, but for those ``absent``.

    ``paragraphs``: the title of every text that an article may be made of, "" where it has none.
    ``news``: corpora that distract.
    """
    needed = {text for q in questions for text in (q.context, q.hard_negative)} - absent
    there = {text: title for text, title in paragraphs.items() if text not in absent}
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "articles.jsonl"
    records = (
        {"id": str(number), "title": title, "text": "\n\n".join(map(one_line, texts))}
        for number, (title, texts) in enumerate(articles(there, needed))
    )
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    store = FolderStore(folder / "index")
    build([file, *news], store, lambda: encoder)
    return store.open_current()


def left_out(questions: Sequence[SpanQuestion], paragraphs: Mapping[str, str]) -> set[str]:
    """The paragraphs that the archive lacks: whole stories, which nothing there is about, and
    single ones, of which the rest of the article is there. The former are most of what people ask
    for in vain; the latter are harder to tell."""
    contexts = list(dict.fromkeys(question.context for question in questions))
    stories = dict.fromkeys(paragraphs.get(text) or text for text in contexts)
    gone = set(list(stories)[::STORIES])
    whole = {text for text, title in paragraphs.items() if (title or text) in gone}
    return whole | set(contexts[SINGLE // 2 :: SINGLE])


def articles(paragraphs: Mapping[str, str], needed: Set[str]) -> Iterator[tuple[str, list[str]]]:
    """(title, paragraphs) of articles that hold the ``needed`` paragraphs.

    Those of one title are together, in their order, `PARAGRAPHS` an article: over single paragraphs
    nobody would learn how often the wrong sentence of the right article is chosen.
    """
    titled: dict[str, list[str]] = {}
    for text, title in paragraphs.items():
        if title:
            titled.setdefault(title, []).append(text)
        elif text in needed:
            yield "", [text]
    for title, texts in titled.items():
        for start in range(0, len(texts), PARAGRAPHS):
            article = texts[start : start + PARAGRAPHS]
            if not needed.isdisjoint(article):
                yield title, article


def one_line(text: str) -> str:
    """``text`` with single spaces, as a paragraph of an article."""
    return " ".join(text.split())
