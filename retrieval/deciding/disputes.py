"""Whether two spans are at odds: values that cannot both be right, a claim and its denial. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from index.language.dates import Days
from index.language.denials import denies, denies_this, says_no
from index.language.names import names_in
from index.language.words import words
from index.model import Passage
from retrieval.answer import Quote, Span
from retrieval.deciding.agreement import about_the_same, differ
from retrieval.deciding.short_answers import short_answer
from retrieval.question.kinds import yes_or_no
from retrieval.quoting import quote_of

_DAY = 10  # characters of a date without its time
_DAYS = 30  # within which two articles may tell of one event
_ONE_MATTER = 2  # words that two quotes share where their passages hold all names of the question
_STEM = 5  # letters of a word that its forms share: "injured", "injury"
_DENIED = 0.5  # the most probable that a denial is: it was not read as an answer


def at_odds(asked: str, one: Span, other: Span) -> bool:
    """Whether two answers to ``asked`` cannot both be right: they differ, tell of one matter and,
    as far as they are dated, of one time."""
    if yes_or_no(asked):
        apart = opposed(asked, one, other) and bool(set(words(one.text)) & set(words(other.text)))
    else:
        apart = differ(asked, short_answer(one), short_answer(other))
    same = about_the_same(_own(one).text, _own(other).text) or _one_matter(asked, one, other)
    return apart and same and _of_one_time(one, other)


def opposed(asked: str, one: Span, other: Span) -> bool:
    """Whether one answer to a question for yes or no stands in a sentence that says "not", and the
    other does not: "racist" and "not racist" are told with the same word."""
    return yes_or_no(asked) and says_no(_own(one).text) != says_no(_own(other).text)


def _one_matter(asked: str, one: Span, other: Span) -> bool:
    """Whether two short quotes tell of what was asked about: "22 others injured" names no place,
    its passage does. They must share more than the question's own words: many are killed."""
    names, told = names_in(asked), [_told(span.passage) for span in (one, other)]
    first, second = (_stems(_own(span).text) for span in (one, other))
    shared = first & second
    return (
        bool(names)
        and all(names <= held for held in told)
        and len(shared) >= _ONE_MATTER
        and bool(shared - _stems(asked))
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
    """Whether a denial in another passage speaks of the answer: it names it. Where the question is
    for yes or no and the answer says yes, it may hold half of the question instead, in a passage
    that tells more of it than its names."""
    if not yes_or_no(asked):
        return span.text.casefold() in text.casefold()
    if says_no(_own(span).text) or denies(asked):
        return False
    sought = set(words(asked))
    held = sought & {*words(passage.reference.title), *words(text)}
    matter = sought - names_in(asked)
    return 2 * len(held) >= len(sought) and bool(matter & _told(passage))


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
    dated = [Days.of((span.passage.reference.published or "")[:_DAY]) for span in (one, other)]
    if not (dated[0] and dated[1]):
        return True
    before, after = sorted((dated[0], dated[1]), key=lambda days: (days.first, days.after))
    return after.first - before.last <= timedelta(_DAYS)


def _told(passage: Passage) -> set[str]:
    return {*words(passage.reference.title), *words(passage.text)}


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in words(text)}


def _own(span: Span) -> Quote:
    """The quote of ``span`` without its neighbours, which may speak of something else."""
    return quote_of(replace(span, around=None))
