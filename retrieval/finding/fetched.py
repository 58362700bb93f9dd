"""The articles that one question needs, each fetched once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index.language.pronouns import REACH
from index.model import Article, Passage
from index.texts import Texts
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question


class Fetched:
    """The articles of a generation, remembered for as long as a question is on its way."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._known: dict[str, Article] = {}

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """Those of ``ids`` that are there, by id, and all that were fetched before."""
        new = [one for one in dict.fromkeys(ids) if one not in self._known]
        if new:
            self._known |= self._texts.articles(new)
        return self._known

    def placed(self, question: Question, hits: Sequence[Hit]) -> list[Hit]:
        """The hits with what stands before them: it says who "he" is. Only names are looked for."""
        inner = [hit for hit in hits if hit.passage.start]
        if not question.weighed.names or not inner:
            return list(hits)
        articles = self.articles(hit.passage.reference.article_id for hit in inner)
        return [replace(hit, before=_before(hit.passage, articles)) for hit in hits]


def _before(passage: Passage, articles: Mapping[str, Article]) -> str:
    article = articles.get(passage.reference.article_id) if passage.start else None
    return article.text[max(0, passage.start - REACH - 1) : passage.start] if article else ""
