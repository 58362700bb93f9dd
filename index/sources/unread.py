"""Which articles of a file stay as they were, because it could not be read to the end. Pure.

A file that is cut short, locked or half written today was good yesterday: what is not known of it
is no reason to remove anything. What was properly taken out of a file that can be read goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.model import Held


class FileRead:
    """What was read of a file, and what could not be."""

    def __init__(self) -> None:
        self._read: dict[str, set[bytes]] = {}
        self._missed: set[str] = set()
        self._missed_more = False

    def read(self, raw_id: str, digest: bytes) -> None:
        """An article with this id in the file, and its content."""
        self._read.setdefault(raw_id, set()).add(digest)

    def miss(self, raw_id: str | None) -> None:
        """Something could not be read: the article with this id; without one, nobody knows what."""
        if raw_id is None:
            self._missed_more = True
        else:
            self._missed.add(raw_id)

    def __bool__(self) -> bool:
        """Whether anything could not be read."""
        return self._missed_more or bool(self._missed)

    def staying(self, before: Sequence[Held]) -> Iterator[Held]:
        """Those of ``before``, the articles of this file, that were not read this time.

        One was if its content was, under any id: ids that only count lines move. And it was if a
        new text has its id, which is then its update.
        """
        read = {digest for digests in self._read.values() for digest in digests}
        old = {held.made.digest for held in before}
        for held in before:
            updated = bool(self._read.get(_raw_id(held), set()) - old)
            if self.hides(held) and not updated and held.made.digest not in read:
                yield held

    def hides(self, held: Held) -> bool:
        """Whether ``held`` may be in what could not be read: in any of it where nothing could."""
        return self._missed_more or _raw_id(held) in self._missed or not self._read


def _raw_id(held: Held) -> str:
    return held.origin.raw_id if held.origin else held.article_id
