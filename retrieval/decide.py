"""Spans to an answer or an abstention. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer import Abstention, Answer, Claim, Mode, Quote, Reply
from retrieval.reader import Span

NOT_SAID = "the articles don't say"
NOT_OUTRIGHT = "the articles don't say so outright"

DEFAULT_THRESHOLD = 0.25
"""The least probability of a claim; what it trades is in docs/decisions/004."""

_SCRAP = 5  # words; a shorter sentence says little alone
_PRONOUN = re.compile(
    r"[“\"‘'(]*(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|both|"
    r"such|the (?:former|latter|two|pair|group|move|decision|statement|claim))\b",
    re.IGNORECASE,
)

_HINT = 0.05  # a nearest passage at least this probable bears on the question
_RIVAL = 0.5  # a further claim is at least this fraction as probable as the best


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an answer is stamped with."""

    mode: Mode
    generation: str
    notice: str | None = None


MOST_CLAIMS = 3
MOST_NEAREST = 3


def decide(question: str, spans: Sequence[Span], threshold: float, now: Circumstances) -> Reply:
    """An answer of the spans that are probable enough, else an abstention with the nearest."""
    distinct = _distinct(spans)
    best = distinct[0].score if distinct else 0.0
    if best >= threshold and distinct:
        least = max(threshold, _RIVAL * best)
        claims = tuple(_claim(span) for span in distinct[:MOST_CLAIMS] if span.score >= least)
        return Answer(question, claims, now.mode, now.generation, now.notice)
    nearest = tuple(quote_of(span) for span in distinct[:MOST_NEAREST])
    reason = NOT_OUTRIGHT if best >= _HINT else NOT_SAID
    return Abstention(question, reason, nearest, now.mode, now.generation, now.notice)


def quote_of(span: Span) -> Quote:
    """The sentences that hold the span, the span highlighted unless it is all of them.

    A sentence that would mislead alone, since it leans on the one before (it opens with a pronoun)
    or is a scrap, brings that one along.
    """
    bounds = span.passage.sentences
    touched = [n for n, b in enumerate(bounds) if b[0] < span.end and span.start < b[1]]
    if touched and touched[0] > 0 and _leans(span.passage.text[slice(*bounds[touched[0]])]):
        touched.insert(0, touched[0] - 1)
    start = min([span.start, *(bounds[n][0] for n in touched)])
    end = max([span.end, *(bounds[n][1] for n in touched)])
    whole = (start, end) == (span.start, span.end)
    return Quote.cut(span.passage, start, end, None if whole else (span.start, span.end))


def _leans(sentence: str) -> bool:
    return bool(_PRONOUN.match(sentence)) or len(sentence.split()) < _SCRAP


def _claim(span: Span) -> Claim:
    text = span.passage.text[span.start : span.end]
    return Claim(text, span.score, (quote_of(span),))


def _distinct(spans: Sequence[Span]) -> list[Span]:
    """Each answer and each quote once, the best first: a syndicated sentence says no more the
    second time, and a sentence is shown for its best answer."""
    seen: set[str] = set()
    kept = []
    for span in spans:
        texts = {span.passage.text[span.start : span.end].casefold(), quote_of(span).text}
        if not texts & seen:
            kept.append(span)
        seen |= texts
    return kept
