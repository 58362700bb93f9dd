"""What somebody is said to be of which body. Pure."""

from __future__ import annotations

from dataclasses import dataclass

_ALIKE = 4  # letters that "Turkey" and "Turkish" share, and words that are one name should


@dataclass(frozen=True, slots=True)
class Role:
    """What the name at ``start:end`` is said to be.

    ``body``: the words, as `words` gives them, of the names that the office belongs to, and
    ``nearest`` those of the first, in order ("president of the Chemistry Division of the union").
    ``field``: the words for what it is for ("finance"). ``ended`` for who held it before,
    ``to_come`` for who is to hold it, ``below`` for a deputy and the like, ``one_of`` for "a
    commander", one of several; ``doubted`` where it is denied, supposed or only claimed; ``owned``
    for "its head", whose body is what was spoken of before.
    """

    start: int
    end: int
    kind: str
    body: frozenset[str] = frozenset()
    nearest: tuple[str, ...] = ()
    field: frozenset[str] = frozenset()
    ended: bool = False
    to_come: bool = False
    below: bool = False
    one_of: bool = False
    doubted: bool = False
    owned: bool = False


def key(word: str) -> str:
    """What a word of a body's name is found by: "Turkey" and "Turkish" have the same key."""
    return word[:_ALIKE]
