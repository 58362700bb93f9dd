"""Whether a span can answer, by the kind of the question alone. Pure."""

from __future__ import annotations

from collections.abc import Set

from retrieval.question.kinds import may_name, offers
from retrieval.question.role_questions import may_hold, role_asked
from retrieval.quoting import quote_of
from retrieval.reading.reader import Span


def may_answer(question: str, span: Span, told: Set[str] = frozenset()) -> bool:
    """Whether ``span`` is of the kind that ``question`` asks for; ``told``: further words that the
    question's own stand for.

    Who holds an office must be a name, and somebody of whom the question does not tell yet, to whom
    the quote gives that office.
    """
    role = role_asked(question, told)
    if role is None or offers(question):
        return may_name(question, span.text)
    quote = quote_of(span)
    start = span.passage.start + span.start - quote.start
    return role.names(span.text) and may_hold(role, quote.text, start, start + len(span.text))
