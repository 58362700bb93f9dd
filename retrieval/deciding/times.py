"""Whether what a sentence tells may be of the time that a question names. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from index.language.dates import Days, tells_time
from index.language.facts import Facts
from index.model import Passage
from retrieval.answer import Span

_CONDITION = re.compile(
    r"(?:once|when|whenever|after|before|if|until|till|as soon|while|during|since)\b", re.IGNORECASE
)
_UNMENTIONED = 0.3  # what is left of a probability where the time asked for is nowhere


def share_at(
    when: Sequence[Days], told: Sequence[Facts], passage: Passage, article: Set[str]
) -> float:
    """How much of a span's probability stands where a question asks how things were at ``when``: 0
    where its sentence, whose facts are ``told``, or its article is of another time.

    ``article``: words that stand in the article.
    """
    for days in when:
        moments = [one.days for facts in told for one in facts.moments if one.days]
        if any(_meet(days, one) for one in moments):
            continue
        if moments:
            return 0.0
        around = [one.days for facts in passage.facts for one in facts.moments if one.days]
        written = Days.of((passage.reference.published or "")[:10])
        if any(_meet(days, one) for one in around) or str(days.first.year) in article:
            continue
        if written is None:
            return _UNMENTIONED
        if not _meet(days, written):
            return 0.0
    return 1.0


def moment_in(span: Span, told: Sequence[Facts]) -> Span | None:
    """``span`` if it says when, be it only "once it is ready"; else the only time that its
    sentences tell, whose facts are ``told``; None where they tell none, or several."""
    if _CONDITION.match(span.text):
        return span
    times = [one for facts in told for one in facts.moments]
    if tells_time(span.text) or any(t.start < span.end and span.start < t.end for t in times):
        return span
    return replace(span, start=times[0].start, end=times[0].end) if len(times) == 1 else None


def _meet(one: Days, other: Days) -> bool:
    return one.first < other.after and other.first < one.after
