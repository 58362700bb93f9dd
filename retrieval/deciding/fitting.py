"""Whether a span can answer, by the kind of the question alone. Pure."""

from __future__ import annotations

from retrieval.answer import Span
from retrieval.question.asked import Question
from retrieval.question.kinds import fits_a_name_question, offers
from retrieval.question.role_questions import gives_another, may_hold
from retrieval.quoting import quote_of


def may_answer(question: Question, span: Span) -> bool:
    """Whether ``span`` is of the kind that ``question`` asks for.

    Who holds an office must be a name, and somebody of whom the question does not tell yet, to whom
    the quote gives that office. Of those whom a question offers, it must give none another one.
    """
    office = question.kind.office
    if office is None:
        return fits_a_name_question(question.shown, span.text)
    quote = quote_of(span)
    start = span.passage.start + span.start - quote.start
    place = quote.text, start, start + len(span.text)
    if offers(question.shown):
        given = gives_another(office, *place)
        return fits_a_name_question(question.shown, span.text) and not given
    return office.names(span.text) and may_hold(office, *place)
