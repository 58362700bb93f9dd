"""Whether a span can answer, by the kind of the question and the facts where it stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from index.language.facts import Facts
from index.language.role import Role
from index.language.words import words
from index.model import Passage
from retrieval.answer import Span
from retrieval.deciding.amounts import amount_in
from retrieval.deciding.directions import may_do
from retrieval.deciding.times import moment_in, share_at
from retrieval.deciding.whole import whole
from retrieval.question.asked import Question
from retrieval.question.kinds import fits_a_name_question, must_count, must_date, offers
from retrieval.question.role_questions import RoleAsked, gives_another, holders, may_hold, names_it

STATED = 0.6
"""The probability that who a sentence says to hold the office asked for does."""


def fitted(question: Question, span: Span, held: Set[str] = frozenset()) -> Span | None:
    """``span``, or what the same sentence says better, as an answer to ``question``; None where it
    cannot answer by its kind. ``held``: words that stand in the span's article.

    Who holds an office must be a name, and somebody of whom the question does not tell yet, to whom
    the sentence gives that office; where the span is none, whom it gives it to is the answer. Of
    those whom a question offers, it must give none another one. What somebody said must not be
    another's words, and what somebody did not done to him. A number must count what is asked for,
    and what is told must not be of another time.
    """
    told = facts_at(span.passage, span.start, span.end)
    share = share_at(question.kind.when, told, span.passage, held)
    if not share:
        return None
    found = _of_kind(question, span, told)
    return replace(found, score=share * found.score) if found else None


def _of_kind(question: Question, span: Span, told: Sequence[Facts]) -> Span | None:
    office, kind, asked = question.kind.office, question.kind, question.shown
    if office is not None and not offers(asked):
        return _holder(office, span)
    if not fits_a_name_question(asked, span.text):
        return None
    if office is not None:
        given = [role for role in _roles(span) if _meets(role, span)]
        if gives_another(office, given, _told(span.passage)):
            return None
    if kind.speaker and not _says(kind.speaker, span):
        return None
    start, end = _sentence(span)
    text = span.passage.text[start:end]
    if kind.doing and not may_do(kind.doing, text, span.start - start, span.end - start):
        return None
    counted = amount_in(asked, span, told) if must_count(asked) else span
    dated = moment_in(counted, told) if counted and must_date(asked) else counted
    return whole(dated, told) if dated else None


def stated(question: Question, passages: Sequence[Passage]) -> list[Span]:
    """Who is said to hold the office asked for, in so many words, wherever it stands."""
    office = question.kind.office
    if office is None or offers(question.shown):
        return []
    return [
        span
        for passage in passages
        for role in holders(office, [one for facts in passage.facts for one in facts.roles], set())
        for span in [Span(passage, role.start, role.end, STATED)]
        if names_it(office, role) and office.names(span.text)
    ]


def gives_none(question: Question, span: Span) -> bool:
    """Whether those whom the sentence of ``span`` names hold other offices than that asked for."""
    office = question.kind.office
    return office is not None and gives_another(office, _roles(span), _told(span.passage))


def facts_at(passage: Passage, start: int, end: int) -> list[Facts]:
    """The facts of the sentences that ``start:end`` of a passage touches."""
    told = zip(passage.sentences, passage.facts, strict=False)
    return [facts for (first, last), facts in told if first < end and start < last]


def _holder(office: RoleAsked, span: Span) -> Span | None:
    told, given = _told(span.passage), _roles(span)
    own = [role for role in given if _meets(role, span)]
    for role in [*holders(office, own, told), *holders(office, given, told)]:
        named = replace(span, start=role.start, end=role.end)
        if office.names(named.text):
            return named
    return span if office.names(span.text) and not own and may_hold(office, own, told) else None


def _roles(span: Span) -> list[Role]:
    return [role for one in facts_at(span.passage, span.start, span.end) for role in one.roles]


def _meets(role: Role, span: Span) -> bool:
    return role.start < span.end and span.start < role.end


def _told(passage: Passage) -> Set[str]:
    return {*words(passage.reference.title), *words(passage.text)}


def _says(speaker: Set[str], span: Span) -> bool:
    """Whether a sentence may tell what the ``speaker`` says: nobody else speaks in it, and it names
    him where nobody does."""
    by = {word for one in facts_at(span.passage, span.start, span.end) for name in one.speakers
          for word in words(name)}  # fmt: skip
    start, end = _sentence(span)
    return bool(speaker & (by or {*words(span.passage.text[start:end])})) or (
        not by and _carried(speaker, span, start)
    )


def _carried(speaker: Set[str], span: Span, start: int) -> bool:
    """Whether the sentences before may still tell of the ``speaker``: no other one speaks there."""
    before = facts_at(span.passage, 0, start)
    last = next((one.speakers for one in reversed(before) if one.speakers), ())
    named = {word for name in last for word in words(name)}
    return bool(speaker & (named or {*words(span.passage.text[:start]), *_title(span)}))


def _title(span: Span) -> list[str]:
    return words(span.passage.reference.title)


def _sentence(span: Span) -> tuple[int, int]:
    """The bounds of the sentence in which a span begins; its own where it stands in none."""
    found = (bound for bound in span.passage.sentences if bound[0] <= span.start < bound[1])
    return next(found, (span.start, span.end))
