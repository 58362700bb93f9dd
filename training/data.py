"""Questions on disk -> tokenised questions, with the held-out part split off.

A question line is described in the data folder's README: ``context[start:start +
len(text)] == text`` for every answer, an empty list of answers means "not here".
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from retrieval.network.rows import heading

Ids = NDArray[np.int32]

HELD_OUT_SHARE: Final = 0.047  # of paragraphs; gives about 2,500 of 55,000 questions
SHARED_SENTENCE: Final = 48  # letters; a sentence this long in two texts is the same text


@dataclass(frozen=True, slots=True)
class SpanQuestion:
    """One line of a question file."""

    id: str
    question: str
    context: str
    answers: tuple[tuple[str, int], ...]  # (text, code point where it starts)
    title: str
    source: str
    licence: str
    hard_negative: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """A passage as word pieces; ``starts`` and ``ends`` are code points into its text. ``title``:
    the heading that a reader is told, where the title is known."""

    ids: Ids
    starts: Ids
    ends: Ids
    title: Ids = field(default_factory=lambda: np.empty(0, np.int32))


@dataclass(frozen=True, slots=True)
class Item:
    """A question ready for training: its passages are indices into a shared table."""

    question: str
    passage: int
    spans: tuple[tuple[int, int], ...]  # (first, last) word piece; empty: not answered
    negative: int  # the hard negative's index, -1 if none
    news: int  # the index of a news passage that does not answer, -1 if none
    title: str
    source: str
    answers: tuple[str, ...]


def read_questions(path: Path) -> Iterator[SpanQuestion]:
    """Yield the questions of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield SpanQuestion(
                id=str(row["id"]),
                question=row["question"].strip(),
                context=row["context"],
                answers=tuple((a["text"], int(a["start"])) for a in row["answers"]),
                title=row.get("title") or "",
                source=row["source"],
                licence=row.get("licence") or "",
                hard_negative=row.get("hard_negative") or "",
            )


def read_news(path: Path) -> dict[str, str]:
    """Question ids and their news passages, as `training.news` wrote them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row["passage"] for row in map(json.loads, lines)}


def fingerprints(text: str) -> set[str]:
    """Hashes that betray the same paragraph: of the whole and of each long sentence."""
    found = set()
    for part in (text, *re.split(r"(?<=[.!?])\s+", text)):
        letters = re.sub(r"\W+", "", part.lower())
        if part is text or len(letters) >= SHARED_SENTENCE:
            found.add(hashlib.sha1(letters.encode()).hexdigest())
    return found


def is_held_out(context: str, share: float = HELD_OUT_SHARE) -> bool:
    """Choose a paragraph by its hash, so that the split needs no list and no seed."""
    letters = re.sub(r"\W+", "", context.lower())
    number = int.from_bytes(hashlib.sha256(letters.encode()).digest()[:8], "big")
    return number < share * 2.0**64


def split(
    questions: Iterable[SpanQuestion], forbidden_texts: Iterable[str] = ()
) -> tuple[list[SpanQuestion], list[SpanQuestion]]:
    """Return (train, held out); no passage of the first shares a sentence with the second.

    ``forbidden_texts`` are passages that must not be trained on either (a dev file's).
    A hard negative that does is dropped, not its question.
    """
    rows = list(questions)
    held = [row for row in rows if is_held_out(row.context)]
    seen: set[str] = set()
    for text in {row.context for row in held}.union(forbidden_texts):
        seen |= fingerprints(text)
    clean: dict[str, bool] = {}

    def allowed(text: str) -> bool:
        if text not in clean:
            clean[text] = seen.isdisjoint(fingerprints(text))
        return clean[text]

    train = []
    for row in rows:
        if is_held_out(row.context) or not allowed(row.context):
            continue
        negative = row.hard_negative if row.hard_negative and allowed(row.hard_negative) else ""
        train.append(
            SpanQuestion(
                row.id, row.question, row.context, row.answers,
                row.title, row.source, row.licence, negative,
            )
        )  # fmt: skip
    return train, held


def load_tokenizer(folder: Path) -> Tokenizer:
    """The base's own tokenizer, without its built-in truncation and padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokenise(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """Cut texts into word pieces without special tokens."""
    found = []
    for begin in range(0, len(texts), 2048):
        batch = list(texts[begin : begin + 2048])
        for one in tokenizer.encode_batch(batch, add_special_tokens=False):
            offsets = np.asarray(one.offsets, dtype=np.int32).reshape(-1, 2)
            ids = np.asarray(one.ids, dtype=np.int32)
            found.append(Pieces(ids, offsets[:, 0].copy(), offsets[:, 1].copy()))
    return found


def told_title(row: SpanQuestion) -> str:
    """The title of the article that the question's context is from, "" where that is a mere key."""
    keys = any(name in row.source for name in ("qamr", "amazon", "reddit"))
    return "" if keys else row.title.replace("_", " ")


def with_titles(
    tokenizer: Tokenizer, passages: Sequence[Pieces], titles: Sequence[str]
) -> list[Pieces]:
    """``passages`` with their headings."""
    said = tokenise(tokenizer, [heading(title) for title in titles])
    return [replace(one, title=title.ids) for one, title in zip(passages, said, strict=True)]


def span_of(pieces: Pieces, start: int, end: int) -> tuple[int, int] | None:
    """The word pieces that cover code points [start, end), or None if there are none."""
    first = int(np.searchsorted(pieces.ends, start, side="right"))
    last = int(np.searchsorted(pieces.starts, end, side="left")) - 1
    return (first, last) if first <= last < len(pieces.ids) else None


def build_items(
    questions: Sequence[SpanQuestion],
    tokenizer: Tokenizer,
    news: Mapping[str, str] | None = None,
) -> tuple[list[Item], list[Pieces], list[str]]:
    """Tokenise every distinct passage once; return items, passages and their texts.

    ``news`` gives a question's id the news passage that `training.news` found for it.
    """
    news = news or {}
    index: dict[str, int] = {}
    for row in questions:
        for text in (row.context, row.hard_negative, news.get(row.id, "")):
            if text:
                index.setdefault(text, len(index))
    texts = list(index)
    titles = {row.context: told_title(row) for row in questions}
    passages = with_titles(
        tokenizer, tokenise(tokenizer, texts), [titles.get(t, "") for t in texts]
    )
    items = []
    for row in questions:
        passage = index[row.context]
        covered = (span_of(passages[passage], s, s + len(t)) for t, s in row.answers)
        spans = tuple(span for span in covered if span is not None)
        if row.answers and not spans:
            continue
        negative, other = index.get(row.hard_negative, -1), index.get(news.get(row.id, ""), -1)
        answers = tuple(text for text, _ in row.answers)
        items.append(
            Item(row.question, passage, spans, negative, other, row.title, row.source, answers)
        )
    return items, passages, texts
