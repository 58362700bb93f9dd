"""A short answer as what can be compared: its words, and the value that it may be. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from index.language.folding import fold
from index.language.function_words import ARTICLES, PREPOSITIONS
from index.language.moments import Moment
from index.language.numbers import APPROXIMATE, in_digits
from index.language.quantity import Quantity
from index.language.titles import TITLES
from index.language.words import words
from retrieval.answer import Span

_SKIPPED = (
    ARTICLES | PREPOSITIONS | APPROXIMATE | {word for title in TITLES for word in title.split()}
)
Value = TypeVar("Value", Quantity, Moment)
_FURTHER = 2  # words beside its value that an answer may have and still be that value


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """``content``: the words that tell it from another, numbers in digits. ``quantity`` or
    ``moment``: what it says, where it is one value and little else."""

    text: str
    content: tuple[str, ...]
    quantity: Quantity | None = None
    moment: Moment | None = None


def short_answer(span: Span) -> ShortAnswer:
    """The short answer that ``span`` is, by the facts of the sentence that it stands in."""
    held = [
        facts
        for (first, last), facts in zip(span.passage.sentences, span.passage.facts, strict=False)
        if first < span.end and span.start < last
    ]
    amounts = [one for facts in held for one in facts.quantities]
    times = [one for facts in held for one in facts.moments]
    return ShortAnswer(span.text, content(span.text), _main(amounts, span), _main(times, span))


def content(answer: str) -> tuple[str, ...]:
    """The words of an answer that tell it from another, numbers in digits."""
    found = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", fold(answer))
    return tuple(word for word in in_digits(found) if word not in _SKIPPED)


def _main(values: Sequence[Value], span: Span) -> Value | None:
    """The only one of ``values`` that the span touches, if the span says little else."""
    touched = [one for one in values if one.start < span.end and span.start < one.end]
    if len(touched) != 1:
        return None
    only, text = touched[0], span.passage.text
    others = text[span.start : max(span.start, only.start)] + text[only.end : span.end]
    named = set(only.counted) if isinstance(only, Quantity) else set[str]()
    return only if len(set(words(others)) - named) <= _FURTHER else None
