"""Where a span stands: its sentence, and the facts of that. Pure."""

from __future__ import annotations

from collections.abc import Set

from index.language.facts import Facts
from index.language.words import words
from index.model import Passage
from retrieval.answer import Span


def sentence_of(span: Span) -> tuple[int, int]:
    """The bounds of the sentence in which a span begins; its own where it stands in none."""
    found = (bound for bound in span.passage.sentences if bound[0] <= span.start < bound[1])
    return next(found, (span.start, span.end))


def facts_at(passage: Passage, start: int, end: int) -> list[Facts]:
    """The facts of the sentences that ``start:end`` of a passage touches."""
    told = zip(passage.sentences, passage.facts, strict=False)
    return [facts for (first, last), facts in told if first < end and start < last]


def words_until(passage: Passage, place: int) -> Set[str]:
    """The words of a passage's title, and of the passage up to the end of the sentence in which
    ``place`` is: what "the minister" may be the minister of."""
    ends = (end for _, end in passage.sentences if place <= end)
    before = passage.text[: next(ends, len(passage.text))]
    return {*words(passage.reference.title), *words(before)}
