"""Who holds which office of what, as a sentence says it. Pure.

A fact is stored only where the grammar is plain: an office beside a name ("the NRF's spokesman
Fahim Dashti", "X, the head of Y"), one joined to it by a verb ("X was named chairman of Y"), or
what the holder does ("X leads Y", "Y is led by X"). Where that is not sure there is no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.language.denials import denies
from index.language.doers import ARTICLES, HELPING, JOINING, ONE_OF, capitals, doers
from index.language.function_words import BE, JOINING_OFFICES
from index.language.nouns import BODIES, BODIES_APART
from index.language.offices import (
    AREAS,
    BELOW,
    CHOSEN,
    ENDED,
    PLAIN,
    TO_COME,
    VERBS,
    is_part,
    office_at,
)
from index.language.patterns import any_of
from index.language.pronouns import OWNERS
from index.language.role import Role
from index.language.standing import denied, doubtful, has_left
from index.language.tokens import NO_NAME, Token, bare_end, names_of, tokens_of
from index.language.words import words

_OF = JOINING_OFFICES
_SERVED = frozenset("served acted".split())
_CLAIMS = frozenset("claims claim reports rumours rumors suggestions allegations".split())
_MOST_BEFORE, _MOST_AFTER = 7, 12  # tokens that a description of an office takes
_LINKS = CHOSEN | frozenset(
    "became becomes become remains remain remained serves served serve acts acted re-elected "
    "confirmed installed promoted hired nominated took takes taken over returned returns works "
    "worked".split()
)
_NAMING = BE | frozenset("has been will be remains called named now currently still".split())
# What may stand between a name and the office that it holds.
_HELD = re.compile(
    rf",?(?: {any_of(HELPING | {'to'})})*(?: {any_of(_LINKS | {'in', 'to'})})*"
    r"(?: as)?[ ,(–-]*"
)
_BESIDE = re.compile(rf" ?(?:[,:(–-] ?|(?: {any_of(_NAMING)})+ )?")


@dataclass(frozen=True, slots=True)
class _Office:
    """An office with all that describes it: tokens ``first`` to ``last`` (not included)."""

    first: int
    last: int
    kind: str
    body: frozenset[str]
    nearest: tuple[str, ...]
    field: frozenset[str]
    before: frozenset[str]  # the words before it, in lower case
    doubted: bool

    def held_by(self, start: int, end: int, between: str) -> Role:
        return Role(
            start, end, self.kind, self.body, self.nearest, self.field,
            ended=bool(self.before & ENDED),
            to_come=not TO_COME.isdisjoint({*self.before, *between.lower().split()}),
            below=bool(self.before & BELOW), one_of=bool(self.before & (ONE_OF | {"co"})),
            doubted=self.doubted, owned=not self.body and not OWNERS.isdisjoint(self.before),
            bare=not self.body and not self.field and between == " ",
        )  # fmt: skip


def roles(sentence: str) -> list[Role]:
    """The offices that ``sentence`` gives to names, in no order; a name may have several."""
    tokens = tokens_of(sentence)
    lows = [token.low for token in tokens]
    names = [name for name in names_of(tokens, lows) if _is_person(tokens, name)]
    offices = list(_offices(tokens, lows))
    found = [
        replace(role, ended=True) if _over(sentence, lows, office, between, behind) else role
        for office in offices
        for (first, last), between in _holders(sentence, tokens, names, office)
        for role in [office.held_by(tokens[first].start, bare_end(tokens[last - 1]), between)]
        for behind in [max(role.end, tokens[office.last - 1].end)]
    ]
    denied_all = denies(sentence) and not _CLAIMS.isdisjoint(lows)
    doubted = {tokens[first].start for first, _ in names if denied_all or doubtful(lows, first)}
    return [
        replace(role, doubted=role.doubted or role.start in doubted)
        for role in [*found, *doers(tokens, lows, names)]
    ]


def _over(sentence: str, lows: list[str], office: _Office, between: str, behind: int) -> bool:
    """Whether the sentence says that who holds an office holds it no more."""
    served = not _SERVED.isdisjoint(between.split())
    return (
        served
        or "until" in lows[office.last : office.last + _MOST_AFTER]
        or has_left(sentence, behind)
    )


def _is_person(tokens: Sequence[Token], name: tuple[int, int]) -> bool:
    """Whether a name may be somebody's: that of a body holds no office, nor does a short form."""
    parts = tokens[name[0] : name[1]]
    short = len(parts) == 1 and len(parts[0].text) > 1 and parts[0].text.isupper()
    return not short and all(part.low not in BODIES | BODIES_APART for part in parts)


def _offices(tokens: Sequence[Token], lows: list[str]) -> Iterator[_Office]:
    at = 0
    while at < len(tokens):
        office = office_at(lows, at)
        if office is None or _goes_further(tokens, lows, at + office[1]):
            at += 1
            continue
        kind, length = office
        first, last = _first_before(tokens, lows, at), _last_after(tokens, lows, at + length)
        yield _described(tokens, lows, (first, at, at + length, last), kind)
        at += length


def _goes_further(tokens: Sequence[Token], lows: list[str], at: int) -> bool:
    """Whether the word at ``at`` shows that what stands before it only describes: "chief economist"
    names no chief, "president's office" no president."""
    if tokens[at - 1].possessive:
        return True
    return at < len(tokens) and bool(office_at(lows, at)) and lows[at] not in VERBS


def _first_before(tokens: Sequence[Token], lows: list[str], at: int) -> int:
    """Where the description of the office at ``at`` begins: after a verb, a comma or a preposition
    that no name needs."""
    first = at
    while first > max(0, at - _MOST_BEFORE):
        token, low = tokens[first - 1], lows[first - 1]
        if low in ONE_OF or low in ARTICLES:
            return first - 1
        if low in HELPING - {"then"} or low in _LINKS or not low[0].isalnum():
            break
        told = low in ENDED | BELOW | AREAS | PLAIN or token.capital or token.possessive
        plain = token.word and low not in _OF and low not in NO_NAME and low not in VERBS
        if not told and not plain:
            break
        if not told and first < at and tokens[first].capital:
            break  # a small word before a name is the sentence's, and no more of the office
        first -= 1
    return first


def _last_after(tokens: Sequence[Token], lows: list[str], at: int) -> int:
    """Where the "of …" of an office ends that ends at ``at``."""
    last = at
    if at < len(tokens) and lows[at] in _OF:
        last = at + 1
        while last < min(len(tokens), at + _MOST_AFTER):
            if office_at(lows, last) and lows[last - 1] in ("and", ","):
                break
            if not tokens[last].capital and lows[last] not in JOINING and not _thing(lows, last):
                break
            last += 1
        while last > at and lows[last - 1] in JOINING:
            last -= 1
    return last


def _thing(lows: list[str], at: int) -> bool:
    """Whether a small word names what an office is for: it follows "of" or "the"."""
    return lows[at].isalpha() and lows[at - 1] in JOINING and lows[at] not in NO_NAME


def _described(
    tokens: Sequence[Token], lows: list[str], place: tuple[int, int, int, int], kind: str
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
    ahead = capitals(tokens, lows, range(first, at))
    behind = capitals(tokens, lows, range(after, last))
    if not OWNERS.isdisjoint(lows[first:at]):  # "its UK head" is its head, for the UK
        field, ahead = {*field, *ahead}, ()
    again = next((n for n in range(after + 1, last) if lows[n] in _OF), last)
    nearest = ahead or capitals(tokens, lows, range(after, again))
    doubted = denied(lows[first:at]) or doubtful(lows, first)
    return _Office(
        first, last, kind, frozenset((*ahead, *behind)), nearest, frozenset(field),
        frozenset(lows[first:at]), doubted,
    )  # fmt: skip


def _holders(
    sentence: str, tokens: Sequence[Token], names: list[tuple[int, int]], office: _Office
) -> list[tuple[tuple[int, int], str]]:
    """The names to which the sentence gives the office, each with what stands between; one that
    follows at once has it alone: "… like Sri Lanka, Finance Minister Zafrul Aziz said"."""
    found = [
        (name, between) for name in names for between in _joining(sentence, tokens, name, office)
    ]
    return [one for one in found if office.last == one[0][0]] or found


def _joining(
    sentence: str, tokens: Sequence[Token], name: tuple[int, int], office: _Office
) -> Iterator[str]:
    """What stands between a name and the office that the sentence gives it; nothing where it gives
    it none."""
    if office.last <= name[0]:
        between = sentence[tokens[office.last - 1].end : tokens[name[0]].start]
        if _BESIDE.fullmatch(between):
            yield between
    elif name[1] <= office.first:
        between = sentence[tokens[name[1] - 1].end : tokens[office.first].start]
        possessed = tokens[name[1] - 1].possessive
        if between.strip() and not possessed and _HELD.fullmatch(between):
            yield between
