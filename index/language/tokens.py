"""The words of a sentence where they stand, and the runs of them that are names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.language.dates import MONTHS, WEEKDAYS
from index.language.function_words import TIMING
from index.language.names import NO_BEGINNING, PARTICLES
from index.language.offices import RANKS, office_at
from index.language.patterns import any_of, capitalised
from index.language.titles import ABBREVIATED, COURTESY
from index.language.vocabulary import POSSESSIVE

WORD = r"[^\W_]+(?:[-.&'’][^\W_]+)*"
"""A pattern for a word with what joins its parts: "AT&T", "then-chief"."""
_TOKEN = re.compile(rf"{any_of(capitalised(ABBREVIATED))}\.|(?:[A-Z]\.){{2,}}|{WORD}|\S")
NO_NAME = (
    NO_BEGINNING
    | COURTESY
    | TIMING
    | frozenset((*WEEKDAYS, *MONTHS)) - {"may"}
    | frozenset(
        "even whoever meanwhile however also then now yet still here according following until "
        "despite although because under speaking earlier later".split()
    )
)
"""Words that no name of a person or a body holds, though a capital may open them."""


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
        return bool(POSSESSIVE.search(self.text))


@lru_cache(maxsize=64)  # every kind of fact is looked for in the same words
def tokens_of(sentence: str) -> tuple[Token, ...]:
    """The words and marks of ``sentence``, in order; a "vice-president" is two words."""
    return tuple(
        Token(part, found.start() + at)
        for found in _TOKEN.finditer(sentence)
        for at, part in _parts(found[0])
    )


def bare_end(token: Token) -> int:
    """Where ``token`` ends without the mark of a possessive."""
    return token.start + len(POSSESSIVE.sub("", token.text))


def words_of(text: str) -> list[str]:
    """The words of ``text`` alone, in order."""
    return [token.text for token in tokens_of(text) if token.word]


def _parts(word: str) -> list[tuple[int, str]]:
    """``word`` without the rank that a hyphen joins to an office, and that, where they begin."""
    rank, hyphen, rest = word.partition("-")
    if not hyphen or rank.lower() not in RANKS or office_at([word.lower()], 0):
        return [(0, word)]
    return [(0, rank), (len(rank) + 1, rest)]


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
    after = at
    while after < len(tokens) and lows[after] in PARTICLES:
        after += 1
    return at < after < len(tokens) and tokens[after].capital
