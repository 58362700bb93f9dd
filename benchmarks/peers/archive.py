"""The passages that every side takes up: those of an index, or as many as wanted."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.growth import moved
from index.folder.folder_store import FolderStore
from index.folder.generation import FolderGeneration
from index.language.words import words
from index.model import Article, EncoderCard, Manifest, Passage, Reference
from index.store import new_generation_id

_NOISE = 0.02
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Text:
    """A passage as the sides see it."""

    title: str
    text: str

    @property
    def searched(self) -> str:
        return f"{self.title}\n{self.text}" if self.title else self.text


def real(generation: FolderGeneration) -> tuple[list[Text], Vectors]:
    """The passages of an index and their vectors, by key."""
    found = generation.passages(range(generation.manifest.passages))
    return [Text(one.reference.title, one.text) for one in found], generation.known_vectors().rows


def grown(generation: FolderGeneration, size: int) -> tuple[list[Text], Vectors]:
    """``size`` passages: the index's in random order, then **synthetic** ones.

    Those are sentences of real passages in new orders; their vectors are mixtures of two real ones
    with noise, since embedding so many would take hours.
    """
    source, noise = random.Random(1), np.random.default_rng(1)
    found = generation.passages(range(generation.manifest.passages))
    order = source.sample(range(len(found)), len(found))
    texts = [Text(found[key].reference.title, found[key].text) for key in order][:size]
    rows = np.array(generation.known_vectors().rows[order[:size]])
    more = size - len(texts)
    if more <= 0:
        return texts, rows
    sentences = [one.text[start:end] for one in found for start, end in one.sentences]
    each = max(1, round(len(sentences) / len(found)))
    texts += [Text("", " ".join(source.choices(sentences, k=each))) for _ in range(more)]
    pairs = noise.integers(0, len(rows), (2, more))
    share = noise.uniform(0.3, 1, (more, 1)).astype(np.float32)
    mixed = moved(share * rows[pairs[0]] + (1 - share) * rows[pairs[1]], _NOISE, noise)
    return texts, np.concatenate([rows, mixed])


def written(texts: Sequence[Text], rows: Vectors, folder: Path) -> Path:
    """Write what `wire.passages` and the other sides read."""
    folder.mkdir(parents=True, exist_ok=True)
    _lines(folder / "passages.jsonl", ([one.title, one.text] for one in texts))
    _lines(folder / "words.jsonl", (words(one.searched) for one in texts))
    np.save(folder / "vectors.npy", np.asarray(rows, np.float32))
    return folder


def indexed(texts: Sequence[Text], rows: Vectors, card: EncoderCard, root: Path) -> Path:
    """Publish an index of these passages, each an article of its own."""
    store, generation = FolderStore(root), new_generation_id()
    draft = store.draft(generation, None, {})
    for key, one in enumerate(texts):
        reference = Reference(str(key), one.title)
        passage = Passage(key, reference, 0, one.text, ((0, len(one.text)),))
        draft.add(Article(reference, one.text), b"", [passage], b"")
    alone = range(draft.articles)
    draft.group(lambda signatures, published, article: (alone, alone))
    keys = {one.searched: key for key, one in enumerate(texts)}
    draft.embed(_Stored(card, keys, rows), lambda more, total: None)
    manifest = Manifest(generation, "2026-01-01", card, {}, {}, draft.content, (), 0, 0, {})
    store.publish(draft, manifest)
    return root


class _Stored:
    """An encoder that knows the texts' vectors already."""

    def __init__(self, card: EncoderCard, keys: dict[str, int], rows: Vectors) -> None:
        self.card = card
        self._keys, self._rows = keys, rows

    def encode(
        self, texts: Sequence[str], done: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        return np.asarray(self._rows[[self._keys[text] for text in texts]], np.float32)


def _lines(file: Path, records: Iterable[object]) -> None:
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records)
