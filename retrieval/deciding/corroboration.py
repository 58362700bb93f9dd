"""Further articles that give an answer which was found elsewhere. Pure.

The reader says where each passage answers best, and that need not be where it says the same as
another passage. Once there is an answer, whether a sentence holds it can be read off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.language.facts import Facts
from index.language.words import words
from index.model import Passage
from retrieval.answer import Span
from retrieval.deciding.short_answers import ShortAnswer
from retrieval.question.kinds import yes_or_no

_LEAST = 2  # of the question's words must stand in the sentence or its title, and half of them
_FREELY_NAMED = 3  # letters; a shorter answer stands in too many sentences by chance


def corroborating(
    question: str, answer: ShortAnswer, passages: Iterable[Passage], score: float
) -> Iterator[Span]:
    """The answer where a sentence about the question's matter gives it word for word, or the value
    that it is, at most once a passage, with ``score``. None for yes or no: "racist" is told by "not
    racist" too."""
    asked = set(words(question)) - set(words(answer.text))
    short = len(answer.text) < _FREELY_NAMED and answer.quantity is None
    if len(asked) < _LEAST or short or yes_or_no(question):
        return
    for passage in passages:
        title = set(words(passage.reference.title))
        for (start, end), facts in zip(passage.sentences, passage.facts, strict=False):
            found = _given(answer, passage, (start, end), facts)
            if found is None or facts.denies:
                continue  # a denial repeats the answer too
            about = len(asked & title.union(words(passage.text[start:end])))
            if about >= _LEAST and 2 * about >= len(asked):
                yield Span(passage, *found, score)
                break


def _given(
    answer: ShortAnswer, passage: Passage, bounds: tuple[int, int], facts: Facts
) -> tuple[int, int] | None:
    """Where a sentence gives the answer."""
    told = answer.quantity
    if told is not None:
        same = (one for one in facts.quantities if told.equals(one) and not told.another_thing(one))
        return next(((one.start, one.end) for one in same), None)
    at = passage.text.find(answer.text, *bounds)
    while at >= 0:
        end = at + len(answer.text)
        whole = (
            not passage.text[max(0, at - 1) : at].isalnum()
            and not passage.text[end : end + 1].isalnum()
        )
        if whole:
            return at, end
        at = passage.text.find(answer.text, end, bounds[1])
    return None
