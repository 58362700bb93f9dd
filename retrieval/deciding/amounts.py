"""Which number of a sentence a question asks for. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.language.facts import Facts
from index.language.numbers import tells_amount
from index.language.quantity_words import FATES
from retrieval.answer import Span


def amount_in(question: str, span: Span, told: Sequence[Facts]) -> Span | None:
    """``span``, or the number of its sentences that counts what ``question`` asks for; None where
    it is none, or a number of something else. ``told``: the facts of those sentences."""
    if not tells_amount(span.text):
        return None
    asked = _fate_asked(question)
    amounts = [one for facts in told for one in facts.quantities]
    own = [one for one in amounts if one.start < span.end and span.start < one.end]
    if not own or not asked or any(one.fate in ("", asked) for one in own):
        return span
    better = next((one for one in amounts if one.fate == asked), None)
    return replace(span, start=better.start, end=better.end) if better else None


def _fate_asked(question: str) -> str:
    """What became of those whose number is asked for; "" where that is not said, or twice."""
    fates = {FATES[word] for word in re.findall(r"[a-z]+", question.lower()) if word in FATES}
    return fates.pop() if len(fates) == 1 else ""
