"""The words of a sentence where they stand, and the runs of them that are names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.offices import office_at

_TOKEN = re.compile(r"(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|St|Prof)\.|[^\W_]+(?:[-.&'’][^\W_]+)*|\S")
_POSSESSIVE = re.compile(r"['’]s?$")
_PARTICLES = frozenset("de da del della di du la le bin ibn al el van von der den ter".split())
NO_NAME = frozenset(
    "the a an in on at for from by with after before when while if as and but or he she it they "
    "his her its their this that these those there who what where why how mr mrs ms dr".split()
)
_ENDS = frozenset([*",;:()–—.", "who", "which", "that", "when", "while"])
_MOST_BEFORE, _MOST_AFTER = 7, 12  # tokens that a description of an office takes
"""Words that begin no name, though a capital may open them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark, and where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def possessive(self) -> bool:
        return bool(_POSSESSIVE.search(self.text))


def tokens_of(sentence: str) -> list[Token]:
    """The words and marks of ``sentence``, in order."""
    return [Token(found[0], found.start()) for found in _TOKEN.finditer(sentence)]


def names_of(tokens: Sequence[Token], lows: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of the runs of capitals that may be a person's or a body's name, without an
    office before it."""
    at = 0
    while at < len(tokens):
        if not tokens[at].capital or lows[at] in NO_NAME:
            at += 1
            continue
        office = office_at(lows, at)
        if office is not None:
            at += office[1]
            continue
        last = at + 1
        while last < len(tokens) and _goes_on(tokens, lows, last):
            last += 1
        yield at, last
        at = last


def _goes_on(tokens: Sequence[Token], lows: Sequence[str], at: int) -> bool:
    """Whether the token at ``at`` belongs to the name before it."""
    if tokens[at - 1].possessive or office_at(lows, at):
        return False
    if tokens[at].capital:
        return lows[at] not in NO_NAME
    return lows[at] in _PARTICLES and at + 1 < len(tokens) and tokens[at + 1].capital
