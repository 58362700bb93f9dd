"""What the last generation made of an article, for the next one to take over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from index import duplicates
from index.generation import LocalGeneration
from index.model import Article, Passage
from index.passages import PassageSize, split


class Earlier:
    """The passages and near-duplicate signatures of ``before``, when it was made by ``recipe``.

    Most of an archive is the same from one day to the next, and splitting it is most of what
    a build costs that embeds little.
    """

    def __init__(self, before: LocalGeneration | None, recipe: Mapping[str, Any]) -> None:
        self._before = before if before and before.manifest.recipe == recipe else None
        self._made = self._before.made() if self._before else {}

    def parts(
        self, article: Article, size: PassageSize, first_key: int
    ) -> tuple[list[Passage], bytes]:
        """The passages of ``article``, keys counting from ``first_key``, and its signature."""
        made = self._made.get(article.digest)
        if self._before is None or made is None:
            return split(article, size, first_key), duplicates.signature(article.text)
        cut = self._before.passages(range(made.first, made.first + made.passages))
        reference = article.reference  # its id is no part of the digest
        return [replace(p, key=first_key + n, reference=reference) for n, p in enumerate(cut)], (
            made.signature
        )
