"""What is read of a generation: its articles and its words. Asked in batches, see `index.store`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from index.language.vocabulary import Abbreviation, Word
from index.model import Article, Reference

Outlet = tuple[str | None, int, str | None, str | None]
"""An outlet's name, its articles, and the dates of the first and the last."""


Grouping = Callable[
    [Sequence[bytes], Sequence[str | None], Callable[[int], Article]],
    tuple[Sequence[int], Sequence[int]],
]
"""Of signatures, dates and a way to read an article by its position: for each article the position
of the first of its copies, and that of the first of its story."""


class Lexicon(Protocol):
    """The words of a generation: how often they are held, and how they are written."""

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """How many passages hold each of ``words``, which are as `words` gives them."""
        ...

    def spellings(self, folded: Sequence[str]) -> list[Word]:
        """Those of ``folded`` that more than one passage holds."""
        ...

    def words_like(self, initial: str, shortest: int, longest: int) -> list[Word]:
        """Words of an initial letter and of so many letters that more than one passage holds."""
        ...

    def abbreviations(self, forms: Sequence[str]) -> list[Abbreviation]:
        """Those whose short form, or folded long form, is one of ``forms``; commonest first."""
        ...


class Texts(Protocol):
    """The articles of a generation, without what searching them takes."""

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """The articles of ``ids`` that are there, by id."""
        ...

    def replaced(self, article_id: str) -> list[Article]:
        """The versions that an article took the place of, the newest last."""
        ...

    def successor(self, article_id: str) -> str | None:
        """The id of the article that took the place of one which had this id."""
        ...

    def copies(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """For each of ``ids``, the ids of all that may stand for it: near-duplicates with the same
        figures, and itself. Oldest first, those without a date before the others."""
        ...

    def stories(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """The same of all that tell its story: its copies, its updates and their copies."""
        ...

    def latest(self, most: int) -> list[Reference]:
        """The newest article of each story, at most ``most``; those without a date come last."""
        ...

    def outlets(self) -> list[Outlet]:
        """The outlet with most articles first."""
        ...

    def dated(self) -> int:
        """How many articles have a date."""
        ...

    def close(self) -> None: ...


def find_article(texts: Texts, article_id: str) -> Article | None:
    """The article of this id, if it is there."""
    try:
        article_id.encode()
    except UnicodeEncodeError:  # half a character, or bytes that are no text: no article's id
        return None
    return texts.articles([article_id]).get(article_id)
