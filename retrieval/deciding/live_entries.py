"""What a live report tells by and by: its newest entry that counts the same thing. Pure.

The entries of a report are stored newest first, and each begins with its clock time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.language.clock import entry_time
from retrieval.answer import Span
from retrieval.deciding.agreement import counts
from retrieval.deciding.short_answers import short_answer

_SHARE = 0.25
"""Of the surest entry's probability, what a newer one must have to tell of the same thing."""


def newest_entries(spans: Sequence[Span]) -> list[Span]:
    """``spans``, best first, where the newest entry of a report that gives a number is as probable
    as the surest one, and stands before it: all of them answer, each for its time."""
    surest: dict[str, Span] = {}
    newest: dict[str, Span] = {}
    for span in spans:
        if not counts(short_answer(span)) or not entry_time(span.passage.text):
            continue
        article = span.passage.reference.article_id
        best = surest.setdefault(article, span)
        newer = span.passage.start < newest.get(article, best).passage.start
        if newer and span.score >= _SHARE * best.score:
            newest[article] = span
    if not newest:
        return list(spans)
    told = {id(span): surest[article] for article, span in newest.items()}
    ranked = [replace(s, score=told[id(s)].score) if id(s) in told else s for s in spans]
    first = {id(span) for span in newest.values()}
    order = sorted(
        zip(spans, ranked, strict=True), key=lambda pair: (-pair[1].score, id(pair[0]) not in first)
    )
    return [span for _, span in order]
