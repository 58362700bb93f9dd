"""Whether a span can answer, by the kind of the question and the facts where it stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from index.language.facts import Facts
from index.language.role import Role
from index.model import Passage
from retrieval.answer import Span
from retrieval.deciding.amounts import amount_in
from retrieval.deciding.describing import description_of
from retrieval.deciding.directions import may_do
from retrieval.deciding.places import facts_at, sentence_of, words_until
from retrieval.deciding.premises import grants, share_of_reason
from retrieval.deciding.speaking import may_say
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
    found = _of_kind(question, span, told, held)
    if found is None:
        return None
    start, end = sentence_of(span)
    share *= share_of_reason(
        question.shown, span.passage.text[start:end], span.start - start, span.end - start
    )
    return replace(found, score=share * found.score)


def _of_kind(question: Question, span: Span, told: Sequence[Facts], held: Set[str]) -> Span | None:
    office, kind, asked = question.kind.office, question.kind, question.shown
    if office is not None and not offers(asked):
        return _holder(office, span)
    if not fits_a_name_question(asked, span.text):
        return None
    if office is not None:
        given = [role for role in _roles(span) if _meets(role, span)]
        if gives_another(office, given, words_until(span.passage, span.end)):
            return None
    if kind.speaker and not may_say(kind.speaker, kind.topic, span, held):
        return None
    start, end = sentence_of(span)
    text, place = span.passage.text[start:end], (span.start - start, span.end - start)
    if not grants(asked, text, *place) or (kind.doing and not may_do(kind.doing, text, *place)):
        return None
    if kind.identity:
        return _identity(kind.identity, span, told)
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
        for facts in passage.facts
        for role in facts.roles
        for told in [words_until(passage, role.end)]
        if holders(office, [role], told) and names_it(office, role, told)
        for span in [Span(passage, role.start, role.end, STATED)]
        if office.names(span.text)
    ]


def gives_none(question: Question, span: Span) -> bool:
    """Whether those whom the sentence of ``span`` names hold other offices than that asked for."""
    office = question.kind.office
    return office is not None and gives_another(
        office, _roles(span), words_until(span.passage, span.end)
    )


def _holder(office: RoleAsked, span: Span) -> Span | None:
    told, given = words_until(span.passage, span.end), _roles(span)
    own = [role for role in given if _meets(role, span)]
    for role in [*holders(office, own, told), *holders(office, given, told)]:
        named = replace(span, start=role.start, end=role.end)
        if office.names(named.text):
            return named
    return span if office.names(span.text) and not own and may_hold(office, own, told) else None


def _identity(name: Set[str], span: Span, told: Sequence[Facts]) -> Span | None:
    """Who the bearer of ``name`` is, where the sentence of ``span`` says it; another name alone
    does not."""
    start, end = sentence_of(span)
    found = description_of(name, span.passage.text[start:end])
    if found:
        return replace(span, start=start + found[0], end=start + found[1])
    names = [place for facts in told for place in facts.names]
    is_name = any(first <= span.start and span.end <= last for first, last in names)
    return None if is_name else whole(span, told)


def _roles(span: Span) -> list[Role]:
    return [role for one in facts_at(span.passage, span.start, span.end) for role in one.roles]


def _meets(role: Role, span: Span) -> bool:
    return role.start < span.end and span.start < role.end
