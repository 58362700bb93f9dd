"""The span reader: the short answer inside a passage, or "not here", by a trained network.

Each passage gives its best spans with their margin over "not here". Margins compare across the
passages of one question (the network was trained for it); how high the search ranked the article
and the passage, and how much of the question the sentence repeats, have a say too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.language.numbers import whole_range
from index.language.pronouns import meant
from index.language.words import words
from index.model import Passage
from retrieval.answer import Quote, Span
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question
from retrieval.question.kinds import echoes
from retrieval.question.weighing import Weighed
from retrieval.quoting import quote_of
from retrieval.reading.article_margin import article_margins
from retrieval.reading.confidence import Calibration, Signs
from retrieval.reading.decode import DecodedSpan, Window, decode
from retrieval.reading.joining import joined, rivals

SPANS_PER_PASSAGE = 5


@dataclass(frozen=True, slots=True)
class Logits:
    """What a network said of one passage: its windows, and the code points of its word pieces."""

    windows: tuple[Window, ...]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]


class SpanModel(Protocol):
    """A network that reads passages."""

    def logits(
        self, question: str, texts: Sequence[str], titles: Sequence[str] = ()
    ) -> list[Logits]:
        """One for each text, in order; the same alone or in a batch.

        ``titles``: of the texts' articles, "" where there is none.
        """
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span with the sentence that it would be quoted in, and what is known of it. ``around``: see
    `retrieval.reading.reader.Span`."""

    hit: Hit
    span: DecodedSpan
    quote: Quote
    signs: Signs
    around: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        return self.hit.passage.text[self.span.start : self.span.end]

    @property
    def article(self) -> str:
        return self.hit.passage.reference.article_id


class SpanReader:
    """Reads passages with ``model`` and judges spans with ``calibration``."""

    def __init__(self, model: SpanModel, calibration: Calibration) -> None:
        self.model, self._calibration = model, calibration

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        """Spans with their probabilities, which never rise down the ranking.

        The best span's is its confidence. Another one's is at most that times how likely it is
        to be the right one in comparison, by the ranking.
        """
        found = self.candidates(question, hits)
        spans: list[Span] = []
        ceiling = 1.0
        for one in found:
            chance = self._calibration.confidence(one.signs)
            if spans:
                chance = min(chance, spans[0].score * self._odds(one, found[0]))
            ceiling = min(ceiling, chance)
            place = one.span.start, one.span.end
            spans.append(Span(one.hit.passage, *place, ceiling, one.around))
        return spans

    def _odds(self, one: Candidate, best: Candidate) -> float:
        """How likely ``one`` is to be the right span, as a share of how likely ``best`` is."""
        return math.exp(self._calibration.value(one.signs) - self._calibration.value(best.signs))

    def candidates(self, question: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """The best spans of each passage, the most promising first, without those that only say
        again what was asked about: they would take the place and the lead of an answer."""
        passages = [hit.passage for hit in hits]
        titles = [passage.reference.title for passage in passages]
        found = self.model.logits(question.text, [passage.text for passage in passages], titles)
        # An article's passages share what its best one is worth: the search tells which article a
        # question is about, the reader where in it the answer stands.
        worth: dict[str, float] = {}
        for hit in hits:
            name = hit.passage.reference.article_id
            worth[name] = max(worth.get(name, 0.0), hit.fused)
        # Of what was found in the whole archive: one article alone has no others.
        widely = {hit.passage.reference.article_id for hit in hits if hit.standout is not None}
        candidates = [
            one
            for hit, said in zip(hits, found, strict=True)
            for one in self._judged(question.weighed, hit, said, worth, len(widely) or None)
            if not echoes(question.own_text, one.text)
        ]
        return self._led(sorted(candidates, key=lambda one: -self._calibration.value(one.signs)))

    def _led(self, ranked: Sequence[Candidate]) -> list[Candidate]:
        """``ranked`` with the lead of each in its article; the first with its neighbours."""
        if not ranked:
            return []
        values = [self._calibration.value(one.signs) for one in ranked]
        quotes = [one.quote for one in ranked]
        taken, around = joined(values, quotes, [one.hit.passage for one in ranked])
        ahead = article_margins(values, [one.article for one in ranked], rivals(quotes, taken))
        led = [
            replace(one, signs=replace(one.signs, article_margin=margin))
            for one, margin in zip(ranked, ahead, strict=True)
        ]
        return [replace(led[0], around=around if len(taken) > 1 else None), *led[1:]]

    def _judged(
        self, asked: Weighed, hit: Hit, said: Logits, worth: Mapping[str, float],
        articles: int | None,
    ) -> list[Candidate]:  # fmt: skip
        """The best spans of a passage, with what is known of them; ``worth``: of each article."""
        told = hit.article_words
        passage, title = hit.passage, set(words(hit.passage.reference.title))
        common = Signs(
            margin=0.0,
            cosine=self._or_usual("cosine", hit.dense),
            article=worth[passage.reference.article_id],
            passage=hit.fused,
            missing=asked.missing(told),
            unnamed=asked.unnamed(told),
            rarest=asked.rarest(told),
            standout=self._or_usual("standout", hit.standout),
            articles=self._or_usual("articles", articles),
        )
        judged = []
        for span in _spans(passage, said):
            quote = quote_of(Span(passage, span.start, span.end, 0.0))
            begins = quote.start - passage.start
            named = meant(asked.names, quote.text, hit.before + passage.text[:begins])
            # The root, since the first word in common says more than the fifth.
            quoted = math.sqrt(asked.covered(title.union(words(quote.text), named)))
            asks = float(quote.text.rstrip("”\"’')").endswith("?"))
            signs = replace(common, margin=span.margin, quoted=quoted, asks=asks)
            judged.append(Candidate(hit, span, quote, signs))
        return judged

    def _or_usual(self, name: str, known: float | None) -> float:
        return self._calibration.usual.get(name, 0.0) if known is None else known


def _spans(passage: Passage, said: Logits) -> list[DecodedSpan]:
    """The best spans of a passage, each grown to the whole of a range that it is one end of."""
    found = decode(
        said.windows, passage.text, said.starts, said.ends, passage.sentences, SPANS_PER_PASSAGE
    )
    grown = [whole_range(passage.text, span.start, span.end) for span in found]
    return [
        replace(span, start=start, end=end) for span, (start, end) in zip(found, grown, strict=True)
    ]
