"""Who somebody is, as a sentence says it beside his name. Pure."""

from __future__ import annotations

import re
from collections.abc import Set

from index.language.function_words import (
    ARTICLES,
    BE,
    CONJUNCTIONS,
    HAVE,
    PREPOSITIONS,
    TIMING,
)
from index.language.offices import office_at
from index.language.patterns import any_of
from index.language.pronouns import OWNERS
from index.language.quantity_words import PERCENT
from index.language.tokens import Token, tokens_of
from index.language.words import words

_OPENS = ARTICLES | OWNERS | {"who", "which", "one"}
_AFTER = re.compile(
    rf",? (?:(?:{any_of(BE)}) |\()?(?P<what>(?:{any_of(ARTICLES | OWNERS)}) [^,.;()–—]{{2,90}})"
)
_MOST_BEFORE = 7  # tokens of a description before a name


def description_of(name: Set[str], sentence: str) -> tuple[int, int] | None:
    """Where ``sentence`` says who the bearer of the ``name`` (its words, as `words` gives them) is:
    "X, the head of Y", "X is a painter", "Y’s spokeswoman, X". None where it does not."""
    tokens = tokens_of(sentence)
    run = _named(tokens, name)
    if run is None:
        return None
    first, last = run
    after = _AFTER.match(sentence, tokens[last - 1].end)
    if after and _says_something(after["what"]):
        return after.span("what")
    return _before(tokens, first)


def _named(tokens: tuple[Token, ...], name: Set[str]) -> tuple[int, int] | None:
    """The tokens, from and up to, that are the name or the end of it."""
    for at, token in enumerate(tokens):
        if token.capital and set(words(token.text)) & name:
            last = at
            while last < len(tokens) and tokens[last].capital:
                last += 1
            return at, last
    return None


def _before(tokens: tuple[Token, ...], first: int) -> tuple[int, int] | None:
    """A description with an office or a kin that ends right before a name, or at a comma."""
    end = first - (first > 0 and tokens[first - 1].text == ",")
    lows = [token.low for token in tokens[:end]]
    begin = end
    while begin > max(0, end - _MOST_BEFORE) and _describes(tokens[begin - 1]):
        begin -= 1
        if lows[begin] in _OPENS:
            break
    told = range(begin, end)
    if not told or not any(office_at(lows, n) or lows[n] in OWNERS for n in told):
        return None
    return tokens[begin].start, tokens[end - 1].end


def _describes(token: Token) -> bool:
    return token.word and (token.capital or token.possessive or token.low not in _ENDS)


_ENDS = (
    BE
    | HAVE
    | CONJUNCTIONS
    | (PREPOSITIONS - {"of"})
    | TIMING
    | PERCENT
    | frozenset("said says told that when while as who which cent".split())
)


def _says_something(text: str) -> bool:
    return bool(words(text))
