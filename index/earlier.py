"""What the last generation made of each article, for the next one to take over.

Most of an archive is the same from one day to the next; cleaning it, splitting it and counting its
words is most of what a build costs that embeds little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.generation import LocalGeneration
from index.model import Made


class Earlier:
    """The articles of ``before`` that were not taken over yet; none unless made by ``recipe``."""

    def __init__(self, before: LocalGeneration | None, recipe: Mapping[str, Any]) -> None:
        self._before = before if before and before.manifest.recipe == recipe else None
        made = self._before.made() if self._before else []
        self._left = {one.number: one for one in made}
        self._same: dict[bytes, list[Made]] = {}
        for one in reversed(made):
            self._same.setdefault(one.source, []).append(one)
            self._same.setdefault(one.digest, []).append(one)

    @property
    def folder(self) -> Path | None:
        """Where they lie."""
        return self._before.folder if self._before else None

    @property
    def passages(self) -> int:
        """How many passages all of them have, taken over or not."""
        return self._before.manifest.passages if self._before else 0

    def find(self, digest: bytes) -> Made | None:
        """One with this digest, of its content or of what it was made of."""
        same = self._same.get(digest, [])
        while same and same[-1].number not in self._left:
            same.pop()
        return same[-1] if same else None

    def take(self, made: Made) -> None:
        """Remember that ``made`` was taken over: once each."""
        del self._left[made.number]

    def left(self) -> Iterator[str]:
        """The texts of the passages of those that were not."""
        for made in self._left.values():
            if self._before is not None:
                keys = range(made.first, made.first + made.passages)
                yield from (passage.text for passage in self._before.passages(keys))
