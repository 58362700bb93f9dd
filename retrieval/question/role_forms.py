"""Where a question asks for the holder of an office, in whatever words. Pure.

The office may be a noun ("the NRF's leader"), a verb ("who commands it", "by whom is it led") or a
phrase ("in charge of it"). It is what is asked for if nothing stands between it and the asking word
but a description of the office: "who met the president?" asks for another person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.language.function_words import ARTICLES, ASKING, BEING, DO, JOINING_OFFICES
from index.language.nouns import SOMEBODY
from index.language.offices import (
    CHARGE,
    CHOSEN,
    LEADERSHIP,
    NAMED_VERBS,
    VERBS,
    office_at,
)
from index.language.pronouns import OWNERS


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of office, and the words ``start:end`` of the question that ask for it."""

    kind: str
    start: int
    end: int


_WHO = frozenset({"who", "whom"})
_BE = BEING | {"became", "become"}
_PERSON = SOMEBODY | {"one", "people"}
_FILLING = (
    _PERSON
    | ARTICLES
    | OWNERS
    | CHOSEN
    | _WHO
    | frozenset("now currently current new acting really actually exactly that as".split())
)
_OF = JOINING_OFFICES
_ENDS = _OF | frozenset(
    "now today currently right then when who that there during under before after until by name "
    "names called please exactly is was".split()
)
_VERBS = DO | frozenset("say says said think thinks want wants mean means".split())
_OTHERS = (ASKING - {"whose"}) | _BE | _VERBS
_IN = frozenset({"in", "at"})
_FEW = 3  # words of a question that may leave out even its "of"
_NAMING = frozenset("what name give tell know".split())
REQUESTS = frozenset("can could would will do please kindly you i we want need to".split())


def place_of(words: Sequence[str], capitals: Sequence[bool]) -> Place | None:
    """The office that a question of these ``words``, in lower case, asks for; ``capitals``: which
    of them have one."""
    asking = next((n for n, word in enumerate(words) if word in _WHO), None)
    if asking is None and len(words) > 1 and words[0] == "which" and words[1] in _PERSON:
        asking = 1
    if asking is not None:
        return _led_by(words, asking) or _asked(words, capitals, asking + 1)
    named = _named(words, _polite(words))
    return _whose(words) or named or _offered(words) or _bare(words, capitals)


def _asked(words: Sequence[str], capitals: Sequence[bool], at: int) -> Place | None:
    """ "Who leads X", "who is in charge of X", "who is the head of X": from behind the "who" on."""
    joined = at < len(words) and words[at] in _BE | {"the"}
    if at == len(words):  # "X's leader is who?"
        return _office_from(words, 0)
    if "as" in words[at:] and not joined:  # "who did X name as its leader?"
        at, joined = words.index("as", at), True
    while at < len(words) and words[at] in _BE | _FILLING:
        at += 1
    asked = _charge(words, at) or _does(words, capitals, at)
    return asked or (_office_from(words, at) if joined else None)


def _charge(words: Sequence[str], at: int) -> Place | None:
    """ "In charge of", "at the head of"."""
    end = at + 2 + (words[at + 1 : at + 2] == ["the"])
    if (
        words[at : at + 1]
        and words[at] in _IN
        and words[end - 1 : end]
        and words[end - 1] in CHARGE
    ):
        return Place("leader", at, end)
    return None


def _does(words: Sequence[str], capitals: Sequence[bool], at: int) -> Place | None:
    """ "… leads X": what who holds an office does."""
    if at + 1 >= len(words) or (office_at(words, at) and words[at + 1] in _OF):
        return None
    kind = VERBS.get(words[at]) or (NAMED_VERBS.get(words[at]) if any(capitals[at + 1 :]) else None)
    return Place(kind, at, at + 1) if kind else None


def _led_by(words: Sequence[str], asking: int) -> Place | None:
    """ "Who is X led by", "by whom is X led", "X is led by whom"."""
    for number, word in enumerate(words):
        if word not in VERBS or not word.endswith(("ed", "led", "run")):
            continue
        by_after = words[number + 1 : number + 2] == ["by"] and number + 2 in (asking, len(words))
        by_before = words[asking - 1 : asking] == ["by"] and number == len(words) - 1
        if by_after or by_before:
            return Place(VERBS[word], number, number + 1)
    return None


def _office_from(words: Sequence[str], at: int) -> Place | None:
    """The office in which a description that begins at ``at`` ends: before "of", a time or the end,
    with no verb on the way."""
    for number in range(at, len(words)):
        office = office_at(words, number)
        end = number + office[1] if office else 0
        if office and (end == len(words) or words[end] in _ENDS):
            return Place(office[0], number, end)
        if not office and (
            words[number] in _ENDS | _OTHERS or words[number].endswith(("ing", "ed"))
        ):
            return None
    return None


def _whose(words: Sequence[str]) -> Place | None:
    """ "Under whose command is X?"."""
    for number in range(len(words) - 1):
        if words[number] == "whose" and words[number + 1] in LEADERSHIP:
            return Place("leader", number, number + 2)
    return None


def _polite(words: Sequence[str]) -> int:
    """How many words only make a request of what follows: "can you please …"."""
    return next((n for n, word in enumerate(words) if word not in REQUESTS), len(words))


def _named(words: Sequence[str], at: int) -> Place | None:
    """ "Name the head of X", "what is the name of X's leader", "what is X's leader called": from
    the word ``at`` on."""
    if not set(words[at : at + 1]) & _NAMING or not {"name", "names", "called"} & set(words):
        return None
    while at < len(words) and words[at] in _NAMING | _BE | _FILLING | {"me", "us", "names", "of"}:
        at += 1
    return _office_from(words, at)


def _offered(words: Sequence[str]) -> Place | None:
    """ "Is Massoud the leader of X?", "does Massoud lead X?", "is X led by Massoud?"."""
    if not words:
        return None
    if words[0] in ("does", "did", "do"):
        found = (n for n in range(2, len(words) - 1) if words[n] in VERBS)
        at = next(found, None)
        return Place(VERBS[words[at]], at, at + 1) if at is not None else None
    if words[0] not in ("is", "was", "are", "isn't", "wasn't"):
        return None
    for number in range(1, len(words) - 1):
        if words[number] in VERBS and words[number + 1] == "by":
            return Place(VERBS[words[number]], number, number + 1)
    the = next((n for n, word in enumerate(words) if word in ("the", "its", "their")), 0)
    # The first "the" may be that of the office or of its body.
    return _office_from(words, the + 1) or _office_from(words, 1)


def _bare(words: Sequence[str], capitals: Sequence[bool]) -> Place | None:
    """ "NRF leader", "head of the NRF": no verb, and nothing else that is asked."""
    if set(words) & (_OTHERS | {"whose", "can", "could", "should"}):
        return None
    first = office_at(words, 0)
    if first and len(words) <= _FEW and any(capitals[first[1] :]):
        return Place(first[0], 0, first[1])  # "leader NRF"
    return _office_from(words, 0)
