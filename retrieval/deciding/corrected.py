"""What corrections take back, and what they put in its place. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.language.facts import Facts
from index.language.quantity import Quantity
from index.language.words import words
from index.model import Passage
from retrieval.answer import Span
from retrieval.deciding.short_answers import short_answer

_SHARED = 2  # words besides the value that a note and what it corrects have in common


@dataclass(frozen=True, slots=True)
class _Note:
    """A correction: what it takes back, and the span that it puts there, as far as it does."""

    passage: Passage
    withdrawn: str
    value: Quantity | None
    right: tuple[int, int] | None


def corrected(spans: Iterable[Span], passages: Iterable[Passage]) -> list[Span]:
    """``spans`` without what a correction among ``passages`` takes back: what it puts in its place
    answers as surely."""
    found = list(spans)
    read = {span.passage.key: span.passage for span in found}
    notes = [note for passage in {**read, **_by_key(passages)}.values() for note in _notes(passage)]
    return [one for span in found for one in _told(span, notes)] if notes else found


def _by_key(passages: Iterable[Passage]) -> dict[int, Passage]:
    return {passage.key: passage for passage in passages}


def _notes(passage: Passage) -> Iterator[_Note]:
    for number, facts in enumerate(passage.facts):
        if facts.withdrawn is None:
            continue
        value = _value(facts, facts.withdrawn)
        yield _Note(
            passage,
            passage.text[slice(*facts.withdrawn)],
            value,
            facts.stands or _right(passage.facts[number + 1 : number + 2], value),
        )


def _value(facts: Facts, place: tuple[int, int]) -> Quantity | None:
    held = [one for one in facts.quantities if place[0] <= one.start < place[1]]
    return held[0] if held else None


def _right(after: Iterable[Facts], wrong: Quantity | None) -> tuple[int, int] | None:
    """The other value that the sentence behind a note gives: "It employs 450"."""
    told = [one for facts in after for one in facts.quantities]
    if wrong is None or len(told) != 1 or told[0].equals(wrong):
        return None
    return told[0].start, told[0].end


def _told(span: Span, notes: Iterable[_Note]) -> Iterator[Span]:
    note = next((note for note in notes if _takes_back(note, span)), None)
    if note is None:
        yield span
    elif note.right:
        start, end = note.right
        yield replace(span, passage=note.passage, start=start, end=end, around=None)


def _takes_back(note: _Note, span: Span) -> bool:
    amount = short_answer(span).quantity
    if note.value is None or amount is None:
        return span.text in note.withdrawn and note.passage.key == span.passage.key
    if not amount.equals(note.value) or amount.another_thing(note.value):
        return False
    shared = set(words(note.withdrawn)) & set(words(span.passage.text))
    return len(shared - set(words(span.text))) >= _SHARED
