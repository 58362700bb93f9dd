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


def words_of(passage: Passage) -> Set[str]:
    """The words of a passage and its title."""
    return {*words(passage.reference.title), *words(passage.text)}
