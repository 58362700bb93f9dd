"""Whether two spans are at odds: values that cannot both be right, a claim and its denial. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from index.model import Passage
from index.words import words
from retrieval.agreement import about_the_same, denies, denies_this, differ, yes_or_no
from retrieval.answer import Quote
from retrieval.evidence import names_in
from retrieval.quoting import quote_of
from retrieval.reader import Span

_DAYS = 30  # within which two articles may tell of one event
_ONE_MATTER = 2  # words that two quotes share where their passages hold all names of the question
_STEM = 5  # letters of a word that its forms share: "injured", "injury"
_DENIED = 0.5  # the most probable that a denial is: it was not read as an answer


def at_odds(asked: str, one: Span, other: Span) -> bool:
    """Whether two answers to ``asked`` cannot both be right: they differ, tell of one matter and,
    as far as they are dated, of one time."""
    return (
        differ(asked, one.text, other.text)
        and (about_the_same(_own(one).text, _own(other).text) or _one_matter(asked, one, other))
        and _of_one_time(one, other)
    )


def _one_matter(asked: str, one: Span, other: Span) -> bool:
    """Whether two short quotes tell of what was asked about: "22 others injured" names no place,
    its passage does."""
    names = names_in(asked)
    first, second = ({word[:_STEM] for word in words(_own(span).text)} for span in (one, other))
    told = [_told(span.passage) for span in (one, other)]
    return (
        bool(names) and len(first & second) >= _ONE_MATTER and all(names <= held for held in told)
    )


def denial(asked: str, span: Span, spans: Sequence[Span]) -> Span | None:
    """A sentence beside the answer's, or in another passage that was read, that contests it; None
    when the quote says so itself, for then both sides are in it."""
    quote, end = _own(span), quote_of(span).end - span.passage.start
    if denies(quote.text):
        return None
    for passage, (first, last) in [*_beside(span, end), *_elsewhere(span, spans)]:
        text = passage.text[first:last]
        if passage.key == span.passage.key:
            same = about_the_same(text, quote.text) or denies_this(text)
        else:
            same = about_the_same(text, quote.text) and _meets(asked, span, passage, text)
        if same and denies(text):
            quoted = passage.key == span.passage.key and first < end
            return None if quoted else Span(passage, first, last, min(span.score, _DENIED))
    return None


def _meets(asked: str, span: Span, passage: Passage, text: str) -> bool:
    """Whether a sentence of another passage speaks of the answer: it names it, or holds half of the
    words of a question for yes or no."""
    if span.text.casefold() in text.casefold():
        return True
    sought = set(words(asked))
    held = sought & {*words(passage.reference.title), *words(text)}
    return yes_or_no(asked) and 2 * len(held) >= len(sought)


def _beside(span: Span, end: int) -> Iterator[tuple[Passage, tuple[int, int]]]:
    """The sentences after the span's own, up to the first that begins at ``end`` or later."""
    after = [bound for bound in span.passage.sentences if bound[0] > span.start]
    for bound in after[: 1 + sum(bound[0] < end for bound in after)]:
        yield span.passage, bound


def _elsewhere(span: Span, spans: Sequence[Span]) -> Iterator[tuple[Passage, tuple[int, int]]]:
    """The sentences of the other passages."""
    others = {other.passage.key: other.passage for other in spans}
    others.pop(span.passage.key, None)
    return ((passage, bound) for passage in others.values() for bound in passage.sentences)


def _of_one_time(one: Span, other: Span) -> bool:
    """Whether two articles may tell of one event: years later, a toll is of another one."""
    days = [(span.passage.reference.published or "")[:10] for span in (one, other)]
    if not all(days):
        return True
    if min(map(len, days)) < len("2021-08-15"):
        return abs(int(days[0][:4]) - int(days[1][:4])) <= 1
    first, second = map(date.fromisoformat, days)
    return abs((first - second).days) <= _DAYS


def _told(passage: Passage) -> set[str]:
    return {*words(passage.reference.title), *words(passage.text)}


def _own(span: Span) -> Quote:
    """The quote of ``span`` without its neighbours, which may speak of something else."""
    return quote_of(replace(span, around=None))
