"""Items -> batches of padded rows: which passages, which windows, grouping by length.

The stream is a function of (seed, chunk number, phase): no state but three integers,
so that a run that was killed continues with exactly the batches it would have seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from tokenizers import Tokenizer

from retrieval.network.rows import TITLE
from training import augment
from training.data import Ids, Item, Pieces
from training.near_misses import near_miss, nouns_of
from training.rows import Batch, TrainingRow, collate, window
from training.speech import SOURCE as SPEECH

CHUNK: Final = 1024  # questions planned and sorted by length together
QUESTION_PIECES: Final = 32
# Share of window lengths (in word pieces, question included) in each phase: short
# windows cost less and teach as much; the decay sees more of the lengths served.
LENGTHS: Final = {
    "stable": ((96, 0.35), (128, 0.45), (192, 0.20)),
    "decay": ((96, 0.15), (128, 0.40), (192, 0.35), (256, 0.10)),
}
WEIGHTS: Final = {
    "qamr_wikipedia": 0.6, "qamr_wikinews": 0.8,
    "squadshifts_amazon_reviews": 0.7, "squadshifts_reddit": 0.8, "squad2_dev": 2.0, SPEECH: 3.0,
}  # fmt: skip
BYLINE_SHARE: Final = 0.05
SIBLING_SHARE: Final = 0.35  # of the negatives: another paragraph of the same article
NEWS_SHARE: Final = 0.30  # of the negatives: a passage of the news, where one was found


@dataclass(frozen=True, slots=True)
class Mixture:
    """How often the stream shows what."""

    negatives: float  # share of answerable questions that come with a passage that does not answer
    reasons: float  # times that a question with why or how stands in an epoch
    titles: float  # share of questions whose passages come with their titles, where known
    edited: float  # share of answerable questions edited so that their passage does not answer
    near: float  # share of these that are near misses, where one can be made


class Stream:
    """An endless, resumable stream of batches of about ``tokens`` word pieces each."""

    def __init__(
        self, items: list[Item], passages: list[Pieces], texts: list[str],
        tokenizer: Tokenizer, seed: int, tokens: int, mixture: Mixture,
    ) -> None:  # fmt: skip
        self.mixture = mixture
        self.items, self.passages, self.texts = items, passages, texts
        self.tokenizer, self.seed, self.tokens = tokenizer, seed, tokens
        self.phase, self.chunk, self.at = "stable", 0, 0
        self._planned: list[tuple[list[list[TrainingRow]], int]] | None = None
        self._bylines = [self._pieces(text) for text in augment.BYLINES]
        self._order: tuple[int, np.ndarray] | None = None
        self._names: dict[str, list[str]] = {}
        self._siblings: dict[str, list[int]] = {}
        self._nouns = nouns_of(item.question for item in items)
        for item in items:
            if item.title:
                names = augment.NAME.findall(item.question)
                self._names.setdefault(item.title, []).extend(names)
                self._siblings.setdefault(item.title, []).append(item.passage)

    def state(self) -> dict[str, int | str]:
        """What a checkpoint needs to continue the stream."""
        return {"phase": self.phase, "chunk": self.chunk, "at": self.at}

    def restore(self, phase: str, chunk: int, at: int) -> None:
        """Continue from a state."""
        self.phase, self.chunk, self.at, self._planned = phase, chunk, at, None

    def enter(self, phase: str) -> None:
        """Begin a phase with a fresh chunk; the rest of the present one is skipped."""
        if phase != self.phase:
            self.restore(phase, self.chunk + 1, 0)

    def next(self) -> Batch:
        """The next batch."""
        if self._planned is None:
            self._planned = self._plan()
        if self.at >= len(self._planned):
            self.chunk, self.at = self.chunk + 1, 0
            self._planned = self._plan()
        groups, length = self._planned[self.at]
        self.at += 1
        return collate(groups, length)

    def _pieces(self, text: str) -> Ids:
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids
        return np.asarray(ids, dtype=np.int32)

    def _epoch(self, epoch: int) -> np.ndarray:
        """The order of one epoch; a source of weight w stands w times in it on average."""
        if self._order is None or self._order[0] != epoch:
            random = np.random.default_rng([self.seed, 1, epoch])
            weights = np.array([self._weight(item) for item in self.items])
            times = np.floor(weights + random.random(len(weights))).astype(int)
            self._order = (epoch, random.permutation(np.repeat(np.arange(len(times)), times)))
        return self._order[1]

    def _weight(self, item: Item) -> float:
        reasons = self.mixture.reasons if augment.REASON.search(item.question) else 1.0
        return WEIGHTS.get(item.source, 1.0) * reasons

    def _plan(self) -> list[tuple[list[list[TrainingRow]], int]]:
        """Plan one chunk: make its rows, sort them by length, cut them into batches."""
        random = np.random.default_rng([self.seed, 2, self.chunk, len(self.phase)])
        cursor, epoch = self.chunk * CHUNK, 0
        while cursor >= len(self._epoch(epoch)):
            cursor -= len(self._epoch(epoch))
            epoch += 1
        groups = [
            self._group(self.items[index], random)
            for index in self._epoch(epoch)[cursor : cursor + CHUNK]
        ]
        sizes = [max(row.size for row in group) for group in groups]
        batches: list[tuple[list[list[TrainingRow]], int]] = []
        taken: list[list[TrainingRow]] = []
        length = 0
        for index in np.argsort(sizes, kind="stable"):
            grown = -(-sizes[index] // 32) * 32
            count = sum(len(group) for group in taken) + len(groups[index])
            if taken and count * grown > self.tokens:
                batches.append((taken, length))
                taken = []
            taken, length = [*taken, groups[index]], grown
        batches.append((taken, length))
        return [batches[index] for index in random.permutation(len(batches))]

    def _group(self, item: Item, random: np.random.Generator) -> list[TrainingRow]:
        """The rows of one question: its passage and, for some, one that does not answer."""
        lengths, shares = zip(*LENGTHS[self.phase], strict=True)
        length = int(random.choice(lengths, p=shares))
        text, other = item.question, -1
        if item.spans and random.random() < self.mixture.edited:
            edited = self._edited(item, random)
            if edited is not None:
                question = self._pieces(augment.rough_question(edited, random))
                titled = self._titled((item.passage,), random)
                row = self._row(question, item.passage, item.spans, True, titled, length, random)
                return [row]
        question = self._pieces(augment.rough_question(text, random))
        if item.spans and random.random() < self.mixture.negatives:
            other = self._negative(item, random)
        shown = [(item.passage, item.spans)] + ([(other, ())] if other >= 0 else [])
        titled = self._titled([passage for passage, _ in shown], random)
        return [
            self._row(question, passage, spans, False, titled, length, random)
            for passage, spans in shown
        ]

    def _edited(self, item: Item, random: np.random.Generator) -> str | None:
        """The question changed so that its passage does not answer it, where that can be done."""
        context = self.texts[item.passage]
        if self.mixture.near and random.random() < self.mixture.near:
            near = near_miss(item.question, context, item.answers, self._nouns, random)
            if near is not None:
                return near
        others = self._names.get(item.title, [])
        return augment.unanswerable(item.question, context, others, random)

    def _titled(self, passages: Sequence[int], random: np.random.Generator) -> bool:
        """Whether titles are shown: all or none, or having one would tell which passage answers."""
        known = all(len(self.passages[passage].title) for passage in passages)
        return known and random.random() < self.mixture.titles

    def _negative(self, item: Item, random: np.random.Generator) -> int:
        """A BM25-hard passage, a passage of the news, or a paragraph of the same article."""
        siblings = self._siblings.get(item.title, [])
        draw = random.random()
        if item.news >= 0 and draw > 1.0 - NEWS_SHARE:
            return item.news
        if siblings and draw < SIBLING_SHARE:
            for index in random.integers(len(siblings), size=4):
                text = self.texts[siblings[index]].lower()
                if siblings[index] != item.passage and not any(
                    answer.lower() in text for answer in item.answers
                ):
                    return int(siblings[index])
        return item.negative

    def _row(
        self, question: Ids, passage: int, spans: tuple[tuple[int, int], ...],
        hide: bool, titled: bool, length: int, random: np.random.Generator,
    ) -> TrainingRow:  # fmt: skip
        """Cut a window around one of the spans; ``hide`` keeps the window, not the span."""
        pieces = self.passages[passage].ids
        question = question[:QUESTION_PIECES]
        before = self.passages[passage].title[: TITLE if titled else 0]
        if random.random() < BYLINE_SHARE:
            byline = self._bylines[int(random.integers(len(self._bylines)))]
            before = np.concatenate([before, byline])
        room = length - 3 - len(question) - len(before)
        span = spans[int(random.integers(len(spans)))] if spans else None
        begin = window(len(pieces), span, room, random)
        cut = np.concatenate([before, pieces[begin : begin + room]])
        if span is None or hide:
            return TrainingRow(question, cut, 0, 0)
        shift = len(question) + 2 + len(before) - begin
        first, last = span[0] + shift, min(span[1], begin + room - 1) + shift
        return TrainingRow(question, cut, first, last)
