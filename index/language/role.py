"""What somebody is said to be of which body. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from index.language.nations import country_of

_ALIKE = 4  # letters that words for one name share


@dataclass(frozen=True, slots=True)
class Role:
    """What the name at ``start:end`` is said to be.

    ``body``: the words, as `words` gives them, of the names that the office belongs to, and
    ``nearest`` those of the first, in order ("president of the Chemistry Division of the union").
    ``field``: the words for what it is for ("finance"). ``ended`` for who held it before,
    ``to_come`` for who is to hold it, ``below`` for a deputy and the like, ``one_of`` for "a
    commander", one of several; ``doubted`` where it is denied, supposed or only claimed; ``owned``
    for "its head", whose body is what was spoken of before; ``bare`` for a title before the name
    that says nothing of a body ("President Lind").
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
    bare: bool = False


def key(word: str) -> str:
    """What a word of a body's name is found by: "Egypt" and "Egyptian" have the same key."""
    return country_of(word)[:_ALIKE]
