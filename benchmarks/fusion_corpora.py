"""The corpora on which fusions are compared, searched by BM25 and by cosine."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from benchmarks.fusion_methods import Candidates, Fusion, Scores
from evaluation.gold import gold_articles
from evaluation.metrics import Floats
from evaluation.questions import read_questions
from evaluation.rankings import by_vector
from index.folder.folder_store import FolderStore
from index.folder.lexical import LexicalIndex
from index.folder.lexical_builder import LexicalBuilder
from index.language.words import words
from index.models.encoder import SentenceEncoder
from retrieval.finding.search import DEPTH
from retrieval.question.weighing import Weighed

Rows = NDArray[np.float32]
_CHUNK = 500
_TXTAI_K1, _TXTAI_B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class FusionQuestion:
    """A question's candidates, and the names of what is right."""

    group: str
    found: Candidates
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Questions over passages; ``owners`` names, for each passage, what counts as found."""

    name: str
    owners: Sequence[str]
    questions: Sequence[FusionQuestion]

    @property
    def size(self) -> int:
        return len(self.owners)

    def ranks(self, fusion: Fusion) -> Floats:
        """The rank of the first right name for each question, from 1; 0 when not found."""
        ranks = []
        for question in self.questions:
            scores = fusion(question.found)
            best = sorted(scores, key=lambda key: (-scores[key], key))
            names = dict.fromkeys(self.owners[key] for key in best)
            found = (n for n, name in enumerate(names, 1) if name in question.right)
            ranks.append(next(found, 0))
        return np.array(ranks, np.float64)


def training_sample(file: Path, count: int, cache: Path | None) -> Corpus:
    """Every so many answerable questions, over their contexts and hard negatives."""
    lines = [line for line in _lines(file) if line["answers"] and line.get("hard_negative")]
    lines = lines[:: max(1, len(lines) // count)][:count]
    texts = [line["context"] for line in lines] + [line["hard_negative"] for line in lines]
    return _over("training sample", list(dict.fromkeys(texts)), lines, cache)


def paragraphs(file: Path, cache: Path | None) -> Corpus:
    """All questions, over all contexts: those without answer were written on a context, too."""
    lines = list(_lines(file))
    texts = list(dict.fromkeys(line["context"] for line in lines))
    return _over("dev_wikipedia, paragraphs", texts, lines, cache)


def news(file: Path, index: Path, cache: Path | None) -> list[Corpus]:
    """The Guardian's questions over an index: BM25 over title and text, then over text alone."""
    generation = FolderStore(index).open_current()
    asked = read_questions([file])
    golds = gold_articles(asked, generation.every_article())
    asked = [question for question in asked if golds[question.id]]
    vectors = _embedded([question.text for question in asked], cache)
    passages = [
        passage
        for first in range(0, generation.manifest.passages, _CHUNK)
        for passage in generation.passages(
            range(first, min(first + _CHUNK, generation.manifest.passages))
        )
    ]
    owners = [passage.reference.article_id for passage in passages]
    dense = [dict(by_vector(generation, vector, DEPTH)) for vector in vectors]
    titled = [words(f"{p.reference.title}\n{p.text}") for p in passages]
    plain = [words(p.text) for p in passages]
    corpora = []
    for name, said in (("title and text", titled), ("text alone", plain)):
        search = _Lexical(said, owners)
        questions = [
            FusionQuestion(q.group, search.candidates(q.text, near), golds[q.id])
            for q, near in zip(asked, dense, strict=True)
        ]
        corpora.append(Corpus(f"dev_news_quotes, BM25 over {name}", owners, questions))
    return corpora


def _over(
    name: str, texts: list[str], lines: Sequence[dict[str, Any]], cache: Path | None
) -> Corpus:
    rows = _embedded(texts, cache)
    asked = _embedded([line["question"] for line in lines], cache)
    search = _Lexical([words(text) for text in texts], texts)
    questions = []
    for line, vector in zip(lines, asked, strict=True):
        cosines = rows @ vector
        best = np.argsort(-cosines, kind="stable")[:DEPTH]
        found = search.candidates(line["question"], _pairs(best, cosines[best]))
        questions.append(FusionQuestion(line["context"], found, frozenset({line["context"]})))
    return Corpus(name, texts, questions)


class _Lexical:
    """Our BM25 and txtai's, over the same words of the same passages."""

    def __init__(self, passages: list[list[str]], owners: Sequence[str]) -> None:
        builder = LexicalBuilder()
        for said in passages:
            builder.add(said)
        self._folder = tempfile.TemporaryDirectory()
        builder.write(Path(self._folder.name))
        self._ours = LexicalIndex(Path(self._folder.name), len(passages))
        self._lengths = np.array([len(said) for said in passages], np.float64)
        self._postings: dict[str, list[tuple[int, int]]] = {}
        for row, said in enumerate(passages):
            for word, count in Counter(said).items():
                self._postings.setdefault(word, []).append((row, count))
        self._owners = owners
        self._holding = {
            word: {owners[row] for row, _ in rows} for word, rows in self._postings.items()
        }
        frequencies = {word: len(rows) for word, rows in self._postings.items()}
        total = len(passages)
        self._idf = {w: math.log(1 + (total - n + 0.5) / (n + 0.5)) for w, n in frequencies.items()}
        # txtai: the score of a word of average frequency and idf in a passage of average length.
        often = float(self._lengths.sum()) / len(frequencies)
        self._own_average = _saturated(often, _TXTAI_K1) * float(np.mean(list(self._idf.values())))
        okapi = BM25Okapi(passages)
        okapi_idf = float(np.mean(list(okapi.idf.values())))
        self._average = _saturated(often, okapi.k1) * okapi_idf

    def candidates(self, question: str, dense: Scores) -> Candidates:
        asked = words(question)
        ours = _pairs(*self._ours.search(asked, DEPTH))
        own, covered = self._txtai(asked), self._covered(question, dense.keys() | ours.keys())
        return Candidates(dense, ours, self._average, own, self._own_average, covered)

    def _covered(self, question: str, keys: Iterable[int]) -> Scores:
        """The weighed share of the question's words in the article of each passage."""
        weighed = Weighed.by_frequency(question, self._ours.frequency, len(self._owners))
        total = sum(weighed.weights.values()) or 1.0
        covered = {}
        for key in keys:
            name = self._owners[key]
            held = (w for word, w in weighed.weights.items() if name in self._holding.get(word, ()))
            covered[key] = sum(held) / total
        return covered

    def _txtai(self, asked: list[str]) -> Scores:
        total: Scores = {}
        mean = float(self._lengths.mean())
        for word in asked:
            for row, count in self._postings.get(word, ()):
                k = _TXTAI_K1 * (1 - _TXTAI_B + _TXTAI_B * float(self._lengths[row]) / mean)
                gain = self._idf[word] * count * (_TXTAI_K1 + 1) / (count + k)
                total[row] = total.get(row, 0.0) + gain
        best = sorted(total, key=lambda row: (-total[row], row))[:DEPTH]
        return {row: total[row] for row in best}


def _saturated(often: float, k1: float) -> float:
    return often * (k1 + 1) / (often + k1)


def _pairs(keys: NDArray[Any], scores: NDArray[Any]) -> Scores:
    return dict(zip(keys.tolist(), scores.tolist(), strict=True))


def _embedded(texts: list[str], cache: Path | None) -> Rows:
    if cache is None:
        return SentenceEncoder().encode(texts)
    name = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    file = cache / f"{name}.npy"
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        np.save(file, SentenceEncoder().encode(texts))
    rows: Rows = np.load(file, allow_pickle=False)
    return rows


def _lines(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
