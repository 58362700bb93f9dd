"""Follow-up questions: what a question leaves out, taken from the turns before it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answer import Answer, Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """What a conversation remembers of a question: plain text, easily stored.

    ``question`` stands alone; ``answer`` is the first claim's short answer and ``quote`` its first
    quote, both empty when the articles did not say.
    """

    question: str
    answer: str = ""
    quote: str = ""


def turn_of(reply: Reply) -> Turn:
    """What to remember of ``reply``."""
    question = reply.searched.text if reply.searched else reply.question
    if not isinstance(reply, Answer):
        return Turn(question)
    return Turn(question, reply.claims[0].text, reply.claims[0].quotes[0].text)
