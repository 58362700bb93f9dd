"""What a search gives: passages with their scores. Frozen, no I/O."""

from __future__ import annotations

from dataclasses import dataclass

from index.language.words import words
from index.model import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores: cosine, Okapi BM25, and fused (0 to 1, comparable only within
    one search). ``dense`` is None when only words were searched, ``lexical`` when the passage was
    not among the best by words. ``standout``: of the search, see `retrieval.finding.search`.

    ``held``: which of the words that the search sought stand in its article; None where there was
    no search: then the passage is all that is known. ``before``: what stands right before it.
    ``tells``: it says who holds an office of the kind and the body asked for.
    """

    passage: Passage
    dense: float | None
    lexical: float | None
    fused: float
    standout: float | None = None
    held: frozenset[str] | None = None
    before: str = ""
    tells: bool = False

    @property
    def article_words(self) -> set[str]:
        """The words that its article tells, or who wrote it: "what does the BBC say of …?" is not
        about the BBC."""
        reference = self.passage.reference
        if self.held is None:
            return {*words(reference.title), *words(self.passage.text)}
        return {*words(reference.source or ""), *words(reference.author or ""), *self.held}
