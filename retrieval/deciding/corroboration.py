"""Further articles that give an answer which was found elsewhere. Pure.

The reader says where each passage answers best, and that need not be where it says the same as
another passage. Once there is an answer, whether a sentence holds it can be read off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.language.denials import denies
from index.language.words import words
from index.model import Passage
from retrieval.answer import Span
from retrieval.question.kinds import yes_or_no

_LEAST = 2  # of the question's words must stand in the sentence or its title, and half of them
_FREELY_NAMED = 3  # letters; a shorter answer stands in too many sentences by chance


def corroborating(
    question: str, answer: str, passages: Iterable[Passage], score: float
) -> Iterator[Span]:
    """The answer where a sentence about the question's matter gives it word for word, at most once
    a passage, with ``score``. None for yes or no: "racist" is told by "not racist" too."""
    asked = set(words(question)) - set(words(answer))
    if len(asked) < _LEAST or len(answer) < _FREELY_NAMED or yes_or_no(question):
        return
    given = re.compile(rf"(?<!\w){re.escape(answer)}(?!\w)")
    for passage in passages:
        title = set(words(passage.reference.title))
        for start, end in passage.sentences:
            found = given.search(passage.text, start, end)
            if found is None or denies(passage.text[start:end]):
                continue  # a denial repeats the answer too
            about = len(asked & title.union(words(passage.text[start:end])))
            if about >= _LEAST and 2 * about >= len(asked):
                yield Span(passage, found.start(), found.end(), score)
                break
