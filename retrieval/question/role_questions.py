"""Questions for who holds an office, and whether a sentence says so of a name. Pure.

"Who leads the NRF?", "who's in charge of it", "NRF leader" and "is Massoud its leader?" ask the
same. The answer must be a name to which the sentence gives the office asked for, of the body asked
about: its spokesman, its deputy or another body's head is not who leads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from index.language.nations import known_as, same_name
from index.language.nouns import BODIES, BODIES_APART, GROUPS, SOMEBODY
from index.language.offices import (
    ALIKE,
    AREAS,
    BELOW,
    ENDED,
    FORMER,
    HELD,
    OF_STATES,
    PAST_VERBS,
    PLAIN,
    RANKS,
    TO_COME,
    TOP,
)
from index.language.role import Role, key
from index.language.tokens import words_of
from index.language.vocabulary import POSSESSIVE
from index.language.words import words
from index.model import Office
from retrieval.question.role_forms import REQUESTS, place_of

_SHORT = re.compile(r"\b(who|what)(?:['’]?s)\b", re.IGNORECASE)
_WAS = frozenset({"was", "were", "had", "did", "used"}) | ENDED
_WHAT_IT_IS = frozenset(words(" ".join((*BODIES, *BODIES_APART, *AREAS, "football", "cricket"))))
_STATES = frozenset("US USA UK UAE EU DRC DPRK".split())
_GENERIC = frozenset(words("party group company firm corp inc ltd team side club football fc"))
"""Words that may be left out of a body's name."""
_MOST = 1.25  # times what an office names of a body must be all words of it
_NO_BODY = frozenset(
    words(
        " ".join(
            [
                *SOMEBODY,
                *REQUESTS,
                *ENDED,
                *BELOW,
                *PLAIN,
                *RANKS,
                *"tell give know name call full real one today currently right".split(),
            ]
        )
    )
)


@dataclass(frozen=True, slots=True)
class RoleAsked:
    """An office that a question asks for: its ``kind``; ``own``: the words, as `words` gives them,
    that say of what; ``forms``: other names of that, each as its words.

    ``before``: who held it once will do; ``former``: nobody else will; ``below``: a deputy or the
    like is asked for; ``one_of``: any of several will do; ``to_come``: so will who is to hold it;
    ``organisation``: it is one's, as far as its name says.
    """

    kind: str
    own: frozenset[str]
    forms: tuple[frozenset[str], ...] = ()
    before: bool = False
    former: bool = False
    below: bool = False
    one_of: bool = False
    to_come: bool = False
    organisation: bool = False

    @property
    def about(self) -> frozenset[str]:
        """The words that say of what, with those of its other names."""
        return self.own.union(*self.forms)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of office that whoever is asked for may hold."""
        alike = {self.kind, ALIKE.get(self.kind, self.kind)}
        return TOP | alike if self.kind == "leader" else frozenset(alike)

    def sought(self, most: int) -> Office:
        """What passages are found by that may tell; at most so many."""
        return Office(tuple(sorted(self.kinds)), tuple(sorted(map(key, self.about))), most)

    def names(self, answer: str) -> bool:
        """Whether ``answer`` holds a name that the question does not: "Afghan forces" is none."""
        said = [word.lstrip("“‘\"'(") for word in answer.split()]
        return any(
            word[:1].isupper() and _ends_a_name(word, then) and not set(words(word)) <= self.about
            for word, then in zip(said, [*said[1:], ""], strict=True)
        )


def role_asked(question: str, told: Set[str] = frozenset()) -> RoleAsked | None:
    """The office whose holder ``question`` asks for, if that is what it asks; ``told``: further
    words that its own stand for."""
    found = words_of(_SHORT.sub(r"\1 is", question))
    plain = [POSSESSIVE.sub("", word.lower()) for word in found]
    place = place_of(plain, [word[0].isupper() for word in found])
    if place is None or place.kind not in HELD:
        return None
    others = [*found[: place.start], *found[place.end :]]
    own = frozenset(words(" ".join(others))) - _NO_BODY
    return RoleAsked(
        place.kind,
        own,
        tuple(filter(None, (frozenset(told) - frozenset(words(question)), *known_as(own)))),
        before=_of_the_past(plain, plain[place.start : place.end]),
        former=bool(FORMER & set(plain)),
        below=bool(BELOW & set(plain)),
        one_of=bool({"a", "an", "co"} & set(plain[: place.start])),
        to_come=bool((TO_COME | {"new"}) & set(plain)),
        organisation=any(map(_of_organisation, others)),
    )


def _of_organisation(word: str) -> bool:
    """Whether a word stands in the names of organisations: "Bank", "IUPAC"."""
    short = len(word) > 1 and word.isupper() and word not in _STATES
    return short or word.lower() in BODIES | BODIES_APART | GROUPS


def _of_the_past(lows: Sequence[str], office: Sequence[str]) -> bool:
    """Whether who held the office once will do: "who was", "who led", "the former head"."""
    now = bool({"is", "are"} & set(lows))
    return bool(_WAS & set(lows)) or (bool(PAST_VERBS & set(office)) and not now)


def holders(asked: RoleAsked, roles: Iterable[Role], told: Set[str]) -> list[Role]:
    """Those of ``roles`` that are the office asked for. ``told``: the words of what they stand in,
    which must name the body where the office does not."""
    return [role for role in roles if _fits(asked, role, told)]


def names_it(asked: RoleAsked, role: Role, told: Set[str]) -> bool:
    """Whether a ``role`` that is the office asked for names nearly all of what was asked about, in
    the question's words or in those that they stand for; or "the board", where ``told``, the words
    of what it stands in, say which."""
    named = role.body | role.field
    if not role.body and role.field and role.field <= asked.own:
        return asked.own <= told
    for form in (asked.own, *asked.forms):
        needed = (form - _GENERIC) or form
        if needed and _MOST * len(_shared(needed, named)) >= len(needed):
            return True
    return False


def may_hold(asked: RoleAsked, roles: Sequence[Role], told: Set[str]) -> bool:
    """Whether a name to which the ``roles`` are given may be who holds the office asked for: one of
    them is it. Of the past more is told without the word ("under General MacMahon"), so that there
    it is enough when no other office is given."""
    if holders(asked, roles, told):
        return True
    return asked.before and all(
        _of_kind(asked, role) and _of_rank(asked, role) and _of_time(asked, role) for role in roles
    )


def gives_another(asked: RoleAsked, roles: Sequence[Role], told: Set[str]) -> bool:
    """Whether the ``roles`` given to a name are some, and none of them is the one asked for."""
    return bool(roles) and not holders(asked, roles, told)


def _of_kind(asked: RoleAsked, role: Role) -> bool:
    return role.kind in asked.kinds and not role.doubted and (asked.to_come or not role.to_come)


def _of_rank(asked: RoleAsked, role: Role) -> bool:
    """Whether a deputy is told of where one is asked for, and "a commander" only where any is."""
    return role.below == asked.below and (asked.one_of or not role.one_of)


def _of_time(asked: RoleAsked, role: Role) -> bool:
    """Whether the holder asked for, of now or of once, is told of."""
    return role.ended if asked.former else asked.before or not role.ended


def _fits(asked: RoleAsked, role: Role, told: Set[str]) -> bool:
    return (
        _of_kind(asked, role)
        and _of_rank(asked, role)
        and _of_time(asked, role)
        and (not role.field or bool(_shared(role.field, asked.about)))
        and _of_one_body(role, asked, told)
    )


def _of_one_body(role: Role, asked: RoleAsked, told: Set[str]) -> bool:
    """Whether an office may be one of the body asked about. Where it names a body, most words of
    the shorter of the two are those of the other, and the nearest name has one of them and does
    not go on as another one's: "Golan Bank Asia" is not Golan Bank."""
    about = asked.about
    if not about:  # "who is the mayor?" may do in the archive of a town, "who leads?" never
        return asked.kind != "leader"
    if not role.body and role.bare and role.kind in OF_STATES and asked.organisation:
        return False
    if not role.body:
        rest = about - _shared(about, role.field)
        return not rest or bool(_shared(rest, told))
    shared = len(_shared(role.body, about))
    most = 2 * shared > min(len(role.body), len(about))
    return most and bool(_shared(role.nearest, about)) and not _goes_on(role.nearest, about)


def _goes_on(name: Sequence[str], about: Set[str]) -> bool:
    """Whether ``name`` goes on after its last word of ``about`` with more than what it is."""
    its = [word in _shared({word}, about) for word in name]
    behind = name[len(its) - its[::-1].index(True) :] if any(its) else ()
    return not set(behind) <= _WHAT_IT_IS


def _shared(some: Iterable[str], others: Set[str]) -> set[str]:
    """Those of ``some`` that stand among ``others``, "Turkish" for "Turkey" too."""
    return {word for word in some if any(same_name(word, other) for other in others)}


def _ends_a_name(word: str, then: str) -> bool:
    """Whether a capital is a name's, and not that of "Afghan forces"."""
    return not word[-1].isalnum() or not then[:1].islower() or then in ("and", "of")
