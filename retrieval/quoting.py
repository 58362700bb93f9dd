"""From a span to the quote that holds it. Pure."""

from __future__ import annotations

from index.language.pronouns import leans
from retrieval.answer import Quote, Span

_SCRAP = 5  # words; a shorter sentence says little alone


def quote_of(span: Span) -> Quote:
    """The sentences that hold the span and what is around it, the span highlighted unless it is
    all of them.

    A sentence that would mislead alone, since it leans on the one before (it opens with a pronoun)
    or is a scrap, brings that one along.
    """
    text, bounds = span.passage.text, span.passage.sentences
    first, last = span.around or (span.start, span.end)
    touched = [n for n, b in enumerate(bounds) if b[0] < last and first < b[1]]
    if not span.around and touched and touched[0] > 0 and _leans(text[slice(*bounds[touched[0]])]):
        touched.insert(0, touched[0] - 1)
    start = min([first, *(bounds[n][0] for n in touched)])
    end = max([last, *(bounds[n][1] for n in touched)])
    whole = (start, end) == (span.start, span.end)
    return Quote.cut(span.passage, start, end, None if whole else (span.start, span.end))


def _leans(sentence: str) -> bool:
    return leans(sentence) or len(sentence.split()) < _SCRAP
