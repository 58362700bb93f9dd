"""Whether a sentence may tell what somebody said. Pure."""

from __future__ import annotations

from collections.abc import Set

from index.language.words import words
from retrieval.answer import Span
from retrieval.deciding.places import facts_at, sentence_of


def may_say(speaker: Set[str], topic: Set[str], span: Span) -> bool:
    """Whether the sentence of ``span`` may tell what the ``speaker`` says about the ``topic``:
    nobody else speaks in it, it names him where nobody does, and the topic is near."""
    return _speaks(speaker, span) and (not topic or bool(topic & _near(span)))


def _speaks(speaker: Set[str], span: Span) -> bool:
    told = facts_at(span.passage, span.start, span.end)
    by = {word for one in told for name in one.speakers for word in words(name)}
    start, end = sentence_of(span)
    if by or speaker & set(words(span.passage.text[start:end])):
        return bool(speaker & (by or speaker))
    return _carried(speaker, span, start)


def _carried(speaker: Set[str], span: Span, start: int) -> bool:
    """Whether the sentences before may still tell of the ``speaker``: no other one speaks there."""
    before = facts_at(span.passage, 0, start)
    last = next((one.speakers for one in reversed(before) if one.speakers), ())
    named = {word for name in last for word in words(name)}
    title = words(span.passage.reference.title)
    return bool(speaker & (named or {*words(span.passage.text[:start]), *title}))


def _near(span: Span) -> set[str]:
    """The words of the title, of a span's sentence and of those beside it."""
    passage = span.passage
    at = next((n for n, b in enumerate(passage.sentences) if b[0] <= span.start < b[1]), 0)
    beside = passage.sentences[max(0, at - 1) : at + 2]
    told = (passage.text[start:end] for start, end in beside)
    return {word for text in (passage.reference.title, *told) for word in words(text)}
