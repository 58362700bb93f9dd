"""Whether a sentence may tell what somebody said. Pure."""

from __future__ import annotations

from collections.abc import Set

from index.language.nations import same_name
from index.language.words import words
from retrieval.answer import Span
from retrieval.deciding.places import facts_at


def may_say(speaker: Set[str], topic: Set[str], span: Span, held: Set[str]) -> bool:
    """Whether the sentence of ``span`` may tell what the ``speaker`` says about the ``topic``:
    nobody else speaks in it, and the topic is near. ``held``: words that stand in the article,
    which must know of him.
    """
    near = _near(span)
    told = any(same_name(word, other) for word in topic for other in near)
    return _speaks(speaker, span, held) and (told or not topic)


def _speaks(speaker: Set[str], span: Span, held: Set[str]) -> bool:
    told = facts_at(span.passage, span.start, span.end)
    by = {word for one in told for name in one.speakers for word in words(name)}
    known = {*held, *words(span.passage.text), *words(span.passage.reference.title)}
    return bool(speaker & (by or known))


def _near(span: Span) -> set[str]:
    """The words of the title, of a span's sentence and of those beside it."""
    passage = span.passage
    at = next((n for n, b in enumerate(passage.sentences) if b[0] <= span.start < b[1]), 0)
    beside = passage.sentences[max(0, at - 1) : at + 2]
    told = (passage.text[start:end] for start, end in beside)
    return {word for text in (passage.reference.title, *told) for word in words(text)}
