"""What is known of a question's words where its answer is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from index.language.words import words
from index.model import Passage, Reference
from index.store import Generation
from retrieval.question.weighing import Question, names_in
from retrieval.question.wording import capitals, other_forms, spelt_out
from retrieval.reading.explaining_reader import form_asked


class Known(Protocol):
    """How much each word of a question tells, and which of them an article holds."""

    def weigh(self, text: str) -> Question: ...

    def told(self, asked: Question, passages: Sequence[Passage]) -> list[set[str]]:
        """For each passage, words: all that matter to ``asked`` and stand in its article, or in the
        name of who wrote it, are among them."""
        ...

    def spelt_out(self, text: str) -> str:
        """``text`` with what its abbreviations stand for, unless it asks for that."""
        ...

    def before(self, passage: Passage, reach: int) -> str:
        """The up to ``reach`` code points of the article right before ``passage``."""
        ...


class PassagesAlone:
    """No archive: all words weigh the same, and a passage is its whole article."""

    def weigh(self, text: str) -> Question:
        return Question.plain(text)

    def told(self, asked: Question, passages: Sequence[Passage]) -> list[set[str]]:
        return list(map(_own_words, passages))

    def spelt_out(self, text: str) -> str:
        return text

    def before(self, passage: Passage, reach: int) -> str:
        return ""


class Archive:
    """A generation, which counts its words."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation

    def weigh(self, text: str) -> Question:
        """Names are known by their capitals, which phones leave out: the archive has them then."""
        names = names_in(text) or names_in(capitals(text, self._generation))
        forms = other_forms(text, self._generation)
        passages = self._generation.manifest.passages
        return Question.weighed(text, self._generation.frequency, passages, forms, names)

    def told(self, asked: Question, passages: Sequence[Passage]) -> list[set[str]]:
        sought = sorted({*asked.weights, *asked.names}.union(*asked.forms.values()))
        keys = np.array([passage.key for passage in passages], np.int64)
        found = self._generation.in_articles(sought, keys)
        return [
            _writers(passage.reference)
            | {word for word, held in zip(sought, column, strict=True) if held}
            for passage, column in zip(passages, found.T, strict=True)
        ]

    def spelt_out(self, text: str) -> str:
        return text if form_asked(text) else spelt_out(text, self._generation)

    def before(self, passage: Passage, reach: int) -> str:
        article = self._generation.article(passage.reference.article_id) if passage.start else None
        return article.text[max(0, passage.start - reach) : passage.start] if article else ""


def _own_words(passage: Passage) -> set[str]:
    """The words of a passage and of its article's title."""
    return {*words(passage.reference.title), *words(passage.text)}


def _writers(reference: Reference) -> set[str]:
    """Who says it: "what does the BBC say of …?" is not about the BBC."""
    return {*words(reference.source or ""), *words(reference.author or "")}
