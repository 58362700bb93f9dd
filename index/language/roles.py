"""Who holds which office of what, as a sentence says it. Pure.

A fact is stored only where the grammar is plain: an office beside a name ("the NRF's spokesman
Fahim Dashti", "X, the head of Y"), one joined to it by a verb ("X was named chairman of Y"), or
what the holder does ("X leads Y", "Y is led by X"). Where that is not sure there is no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.language.function_words import BE, BEING, JOINING_OFFICES
from index.language.offices import (
    AREAS,
    BELOW,
    CHOSEN,
    ENDED,
    PLAIN,
    VERBS,
    is_part,
    office_at,
)
from index.language.patterns import any_of
from index.language.pronouns import OWNERS
from index.language.standing import CLAUSE_ENDS, denied, doubtful, has_left
from index.language.tokens import NO_NAME, Token, names_of, tokens_of
from index.language.words import words

_OF = JOINING_OFFICES
_JOINING = _OF | OWNERS | frozenset("with and the &".split())
_ARTICLES = OWNERS | frozenset("the this that".split())
_ONE_OF = frozenset("a an another one some two three several".split())
_MOST_BEFORE, _MOST_AFTER = 7, 12  # tokens that a description of an office takes
_LINKS = CHOSEN | frozenset(
    "became becomes become remains remain remained serves served serve acts acted re-elected "
    "confirmed installed promoted hired nominated took takes taken over returned returns works "
    "worked".split()
)
_HELPING = BEING | frozenset(
    "who now also still then once both later currently recently just".split()
)
_NAMING = BE | frozenset("has been will be remains called named now currently still".split())
# What may stand between a name and the office that it holds.
_HELD = re.compile(
    rf",?(?: {any_of(_HELPING)})*(?: {any_of(_LINKS | {'in', 'to'})})*"
    r"(?: as)?[ ,(–-]*"
)
_BESIDE = re.compile(rf" ?(?:[,:(–-] ?|(?: {any_of(_NAMING)})+ )?")


@dataclass(frozen=True, slots=True)
class Role:
    """What the name at ``start:end`` is said to be.

    ``body``: the words, as `words` gives them, of the names that the office belongs to, and
    ``nearest`` those of the first ("president of the Chemistry Division of the union"). ``field``:
    the words for what it is for ("finance"). ``ended`` for who held it before, ``below`` for a
    deputy and the like, ``one_of`` for "a commander", one of several.
    """

    start: int
    end: int
    kind: str
    body: frozenset[str] = frozenset()
    nearest: frozenset[str] = frozenset()
    field: frozenset[str] = frozenset()
    ended: bool = False
    below: bool = False
    one_of: bool = False


@dataclass(frozen=True, slots=True)
class _Office:
    """An office with all that describes it: tokens ``first`` to ``last`` (not included)."""

    first: int
    last: int
    kind: str
    body: frozenset[str]
    nearest: frozenset[str]
    field: frozenset[str]
    before: frozenset[str]  # the words before it, in lower case

    def held_by(self, start: int, end: int) -> Role:
        return Role(
            start, end, self.kind, self.body, self.nearest, self.field,
            ended=bool(self.before & ENDED), below=bool(self.before & BELOW),
            one_of=bool(self.before & (_ONE_OF | {"co"})),
        )  # fmt: skip


def roles(sentence: str) -> list[Role]:
    """The offices that ``sentence`` gives to names, in no order; a name may have several."""
    tokens = tokens_of(sentence)
    lows = [token.low for token in tokens]
    names = [name for name in names_of(tokens, lows) if not doubtful(lows, name[0])]
    offices = list(_offices(tokens, lows))
    found = [
        replace(role, ended=True) if has_left(sentence, behind) else role
        for first, last in names
        for office in offices
        if _joined(sentence, tokens, (first, last), office)
        for role in [office.held_by(tokens[first].start, tokens[last - 1].end)]
        for behind in [max(role.end, tokens[office.last - 1].end)]
    ]
    return [*found, *_doers(tokens, lows, names)]


def _offices(tokens: list[Token], lows: list[str]) -> Iterator[_Office]:
    at = 0
    while at < len(tokens):
        office = office_at(lows, at)
        if office is None or _goes_further(tokens, lows, at + office[1]):
            at += 1
            continue
        kind, length = office
        first, last = _first_before(tokens, lows, at), _last_after(tokens, lows, at + length)
        if not denied(lows[first:at]) and not doubtful(lows, first):
            yield _described(tokens, lows, (first, at, at + length, last), kind)
        at += length


def _goes_further(tokens: list[Token], lows: list[str], at: int) -> bool:
    """Whether the word at ``at`` shows that what stands before it only describes: "chief economist"
    names no chief, "president's office" no president."""
    if tokens[at - 1].possessive:
        return True
    return at < len(tokens) and bool(office_at(lows, at)) and lows[at] not in VERBS


def _first_before(tokens: list[Token], lows: list[str], at: int) -> int:
    """Where the description of the office at ``at`` begins: after a verb, a comma or a preposition
    that no name needs."""
    first = at
    while first > max(0, at - _MOST_BEFORE):
        token, low = tokens[first - 1], lows[first - 1]
        if low in _ONE_OF or low in _ARTICLES:
            return first - 1
        if low in _HELPING - {"then"} or low in _LINKS or not low[0].isalnum():
            break
        told = low in ENDED | BELOW | AREAS | PLAIN or token.capital or token.possessive
        plain = token.word and low not in _OF and low not in NO_NAME and low not in VERBS
        if not told and not plain:
            break
        if not told and first < at and tokens[first].capital:
            break  # a small word before a name is the sentence's, and no more of the office
        first -= 1
    return first


def _last_after(tokens: list[Token], lows: list[str], at: int) -> int:
    """Where the "of …" of an office ends that ends at ``at``."""
    last = at
    if at < len(tokens) and lows[at] in _OF:
        last = at + 1
        while last < min(len(tokens), at + _MOST_AFTER):
            if office_at(lows, last) and lows[last - 1] in ("and", ","):
                break
            if not tokens[last].capital and lows[last] not in _JOINING and not _thing(lows, last):
                break
            last += 1
        while last > at and lows[last - 1] in _JOINING:
            last -= 1
    return last


def _thing(lows: list[str], at: int) -> bool:
    """Whether a small word names what an office is for: it follows "of" or "the"."""
    return lows[at].isalpha() and lows[at - 1] in _JOINING and lows[at] not in NO_NAME


def _described(
    tokens: list[Token], lows: list[str], place: tuple[int, int, int, int], kind: str
) -> _Office:
    first, at, after, last = place
    owners = (n + 1 for n in range(first, at) if tokens[n].possessive and not is_part(lows[n]))
    owner = max(owners, default=0)
    field = {
        word
        for n in (*range(first, at), *range(after, last))
        if not tokens[n].capital and ((is_part(lows[n]) and n >= owner) or lows[n - 1] in _OF)
        for word in words(tokens[n].text)  # "head of sport", and not "head of the paper"
    }
    ahead = _capitals(tokens, lows, range(first, at))
    behind = _capitals(tokens, lows, range(after, last))
    again = next((n for n in range(after + 1, last) if lows[n] in _OF), last)
    nearest = ahead or _capitals(tokens, lows, range(after, again))
    return _Office(
        first, last, kind, frozenset(ahead | behind), frozenset(nearest), frozenset(field),
        frozenset(lows[first:at]),
    )  # fmt: skip


def _capitals(tokens: list[Token], lows: list[str], places: range) -> set[str]:
    """The words of the names at ``places``."""
    skipped = _JOINING | _ONE_OF | ENDED | BELOW | NO_NAME
    return {
        word
        for n in places
        if tokens[n].capital and lows[n] not in skipped and not office_at(lows, n)
        for word in words(tokens[n].text)
    }


def _joined(sentence: str, tokens: list[Token], name: tuple[int, int], office: _Office) -> bool:
    """Whether the sentence gives the office to the name."""
    if office.last <= name[0]:
        between = sentence[tokens[office.last - 1].end : tokens[name[0]].start]
        return bool(_BESIDE.fullmatch(between))
    if name[1] <= office.first:
        between = sentence[tokens[name[1] - 1].end : tokens[office.first].start]
        possessed = tokens[name[1] - 1].possessive
        return bool(between.strip()) and not possessed and bool(_HELD.fullmatch(between))
    return False


def _doers(tokens: list[Token], lows: list[str], names: list[tuple[int, int]]) -> Iterator[Role]:
    """Who leads, heads, runs … what, by a verb."""
    for at, low in enumerate(lows):
        kind = VERBS.get(low)
        if kind is None or (office_at(lows, at) and not low.endswith(("s", "ed"))):
            continue
        if at + 1 < len(lows) and lows[at + 1] in ("by", "up"):
            holder = next((name for name in names if at + 2 <= name[0] <= at + 3), None)
            body = _clause(tokens, lows, range(at - 1, max(-1, at - _MOST_AFTER), -1))
        else:
            holder = next((n for n in names if n[1] <= at and _does(lows[n[1] : at])), None)
            body = _clause(tokens, lows, range(at + 1, min(len(tokens), at + _MOST_AFTER)))
        if holder:
            ended = "until" in lows[at : at + _MOST_AFTER]
            place = tokens[holder[0]].start, tokens[holder[1] - 1].end
            yield Role(*place, kind, body, body, ended=ended)


def _does(between: list[str]) -> bool:
    """Whether only helping words stand between who does something and the verb."""
    return set(between) <= _HELPING | {","}


def _clause(tokens: list[Token], lows: list[str], places: range) -> frozenset[str]:
    """The words of the names at ``places``, up to the end of their clause."""
    end = next((n for n in places if tokens[n].text in CLAUSE_ENDS), places.stop)
    return frozenset(_capitals(tokens, lows, range(places.start, end, places.step)))
