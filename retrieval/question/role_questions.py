"""Questions for who holds an office, and whether a sentence says so of a name. Pure.

"Who leads the NRF?", "who's in charge of it", "NRF leader" and "is Massoud its leader?" ask the
same. The answer must be a name to which the sentence gives the office asked for, of the body asked
about: its spokesman, its deputy or another body's head is not who leads it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from index.language.nouns import SOMEBODY
from index.language.offices import ALIKE, BELOW, ENDED, FORMER, HELD, PAST_VERBS, PLAIN, RANKS, TOP
from index.language.roles import Role, roles
from index.language.tokens import words_of
from index.language.vocabulary import POSSESSIVE
from index.language.words import words
from retrieval.question.role_forms import REQUESTS, place_of

_SHORT = re.compile(r"\b(who|what)(?:['’]?s)\b", re.IGNORECASE)
_WAS = frozenset({"was", "were", "had", "did"}) | ENDED
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
                *"tell give know name call full real one".split(),
            ]
        )
    )
)
_ALIKE = 4  # letters that "Turkey" and "Turkish" share, and words that are one name should


@dataclass(frozen=True, slots=True)
class RoleAsked:
    """An office that a question asks for: its ``kind``; ``about``: the words, as `words` gives
    them, that say of what, with those that they stand for. ``before``: who held it once will do;
    ``former``: nobody else will; ``below``: a deputy or the like is asked for; ``one_of``: any of
    several will do."""

    kind: str
    about: frozenset[str]
    before: bool = False
    former: bool = False
    below: bool = False
    one_of: bool = False

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
    return RoleAsked(
        place.kind,
        (frozenset(words(" ".join(others))) - _NO_BODY) | told,
        before=_of_the_past(plain, plain[place.start : place.end]),
        former=bool(FORMER & set(plain)),
        below=bool(BELOW & set(plain)),
        one_of=bool({"a", "an", "co"} & set(plain[: place.start])),
    )


def _of_the_past(lows: Sequence[str], office: Sequence[str]) -> bool:
    """Whether who held the office once will do: "who was", "who led", "the former head"."""
    now = bool({"is", "are"} & set(lows))
    return bool(_WAS & set(lows)) or (bool(PAST_VERBS & set(office)) and not now)


def may_hold(asked: RoleAsked, sentence: str, start: int, end: int) -> bool:
    """Whether the slice ``start:end`` of ``sentence`` may name who holds the office asked for: the
    sentence gives it to a name there. Of the past more is told without the word ("under General
    MacMahon"), so that there it is enough when no other office is given."""
    held = _at(sentence, start, end)
    if any(_fits(asked, role) for role in held):
        return True
    return asked.before and all(
        _of_kind(asked, role) and _of_rank(asked, role) and _of_time(asked, role) for role in held
    )


def gives_another(asked: RoleAsked, sentence: str, start: int, end: int) -> bool:
    """Whether ``sentence`` gives the names at ``start:end`` an office, and to none the one asked
    for."""
    held = _at(sentence, start, end)
    return bool(held) and not any(_fits(asked, role) for role in held)


def _at(sentence: str, start: int, end: int) -> list[Role]:
    return [role for role in roles(sentence) if role.start < end and start < role.end]


def _of_kind(asked: RoleAsked, role: Role) -> bool:
    leads = asked.kind == "leader" and role.kind in TOP
    return role.kind == asked.kind or leads or ALIKE.get(role.kind) == asked.kind


def _of_rank(asked: RoleAsked, role: Role) -> bool:
    """Whether a deputy is told of where one is asked for, and "a commander" only where any is."""
    return role.below == asked.below and (asked.one_of or not role.one_of)


def _of_time(asked: RoleAsked, role: Role) -> bool:
    """Whether the holder asked for, of now or of once, is told of."""
    return role.ended if asked.former else asked.before or not role.ended


def _fits(asked: RoleAsked, role: Role) -> bool:
    return (
        _of_kind(asked, role)
        and _of_rank(asked, role)
        and _of_time(asked, role)
        and (not role.field or bool(_shared(role.field, asked.about)))
        and _of_one_body(role, asked.about)
    )


def _of_one_body(role: Role, about: Set[str]) -> bool:
    """Whether the names of an office may be those of the body asked about: most words of the
    shorter of the two are, and the nearest name has one of them."""
    if not role.body or not about:
        return True
    shared = len(_shared(role.body, about))
    return 2 * shared > min(len(role.body), len(about)) and bool(_shared(role.nearest, about))


def _shared(some: Set[str], others: Set[str]) -> set[str]:
    """Those of ``some`` that stand among ``others``, "Turkish" for "Turkey" too."""
    begin = {word[:_ALIKE] for word in others if len(word) >= _ALIKE}
    return {word for word in some if word in others or word[:_ALIKE] in begin}


def _ends_a_name(word: str, then: str) -> bool:
    """Whether a capital is a name's, and not that of "Afghan forces"."""
    return not word[-1].isalnum() or not then[:1].islower() or then in ("and", "of")
