"""What each sentence of an article states, found once, when the article is indexed. Pure.

A fact that is not sure is left out: what compares facts may trust them. They are kept with the
passages, as `pack` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from index.language.corrections import correction
from index.language.dates import Days
from index.language.denials import denies, says_no
from index.language.moments import Moment, moments
from index.language.offices import HELD
from index.language.quantities import quantities
from index.language.quantity import Quantity
from index.language.role import Role, key
from index.language.roles import roles
from index.language.speech import speakers
from index.language.tokens import names_of, tokens_of
from index.language.words import words

VERSION = 1
"""Recorded in the manifest, so that a change here finds all facts anew."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one sentence. Every ``start`` and ``end`` counts in the text that the sentence was cut
    from: an article's, or once stored a passage's.

    ``names``: (start, end) of the runs of capitals that may be whole names; ``speakers``: who
    speaks, by name; ``denies``: it contests something; ``negative``: that, or it says "not".
    ``withdrawn``: what a correction takes back, and ``stands``: what it puts in its place.
    """

    roles: tuple[Role, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    moments: tuple[Moment, ...] = ()
    names: tuple[tuple[int, int], ...] = ()
    speakers: tuple[str, ...] = ()
    denies: bool = False
    negative: bool = False
    withdrawn: tuple[int, int] | None = None
    stands: tuple[int, int] | None = None

    def moved(self, by: int) -> Facts:
        """These facts with all places moved ``by`` characters."""
        return replace(
            self,
            roles=tuple(replace(one, start=one.start + by, end=one.end + by) for one in self.roles),
            quantities=tuple(
                replace(one, start=one.start + by, end=one.end + by) for one in self.quantities
            ),
            moments=tuple(
                replace(one, start=one.start + by, end=one.end + by) for one in self.moments
            ),
            names=tuple((start + by, end + by) for start, end in self.names),
            withdrawn=_moved(self.withdrawn, by),
            stands=_moved(self.stands, by),
        )


def facts_of(text: str, bounds: Sequence[tuple[int, int]], published: str | None) -> list[Facts]:
    """The facts of each sentence ``bounds`` of an article's ``text``, in order. ``published``: its
    date in ISO 8601, as far as it is known."""
    day = _day(published)
    told = zip(bounds, speakers(text, bounds), strict=True)
    found = [
        replace(facts_in(text[start:end], day).moved(start), speakers=names)
        for (start, end), names in told
    ]
    return [_owned(text, found[max(0, n - 1) : n], one) for n, one in enumerate(found)]


def _owned(text: str, before: Sequence[Facts], facts: Facts) -> Facts:
    """``facts`` with whose "its head" is: the last name before it in its sentence, or else the
    first one of the sentence before."""
    if not any(role.owned for role in facts.roles):
        return facts
    first = before[0].names[:1] if before else ()
    return replace(
        facts,
        roles=tuple(
            _of_body(text, role, [*first, *(n for n in facts.names if n[1] <= role.start)])
            if role.owned
            else role
            for role in facts.roles
        ),
    )


def _of_body(text: str, role: Role, named: Sequence[tuple[int, int]]) -> Role:
    told = [tuple(words(text[slice(*name)])) for name in named]
    body = next((one for one in reversed(told) if not set(one) <= role.field), ())
    return replace(role, body=frozenset(body), nearest=body)


def facts_in(sentence: str, day: date | None = None) -> Facts:
    """The facts of one ``sentence`` by itself, written on that ``day``, but for who speaks."""
    tokens = tokens_of(sentence)
    names = names_of(tokens, [token.low for token in tokens])
    note = correction(sentence)
    return Facts(
        tuple(roles(sentence)),
        tuple(quantities(sentence)),
        tuple(moments(sentence, day)),
        tuple((tokens[first].start, tokens[last - 1].end) for first, last in names),
        denies=denies(sentence),
        negative=says_no(sentence),
        withdrawn=note.withdrawn if note else None,
        stands=note.stands if note else None,
    )


def held_in(facts: Sequence[Facts]) -> set[tuple[str, str]]:
    """(key of a body, kind) of the offices that somebody is said to hold; see `Office`."""
    return {
        (key(word), role.kind)
        for one in facts
        for role in one.roles
        if role.kind in HELD and not role.doubted
        for word in role.body
    }


def pack(facts: Sequence[Facts]) -> str:
    """``facts`` as text, to be stored."""
    return json.dumps([_packed(one) for one in facts], ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> tuple[Facts, ...]:
    """What `pack` wrote."""
    return tuple(map(_unpacked, json.loads(text)))


def _packed(facts: Facts) -> list[Any]:
    return [
        [
            [r.start, r.end, r.kind, " ".join(sorted(r.body)), " ".join(r.nearest),
             " ".join(sorted(r.field)), _bits(r.ended, r.to_come, r.below, r.one_of, r.doubted,
                   r.owned, r.bare)]
            for r in facts.roles
        ],
        [
            [q.start, q.end, q.value, q.unit, " ".join(q.counted), q.hedge, q.upto, int(q.part),
             q.fate]
            for q in facts.quantities
        ],
        [
            [m.start, m.end, *([m.days.first.toordinal(), m.days.after.toordinal()] if m.days
                               else [0, 0]), m.month, m.day]
            for m in facts.moments
        ],
        [place for name in facts.names for place in name],
        list(facts.speakers),
        _bits(facts.denies, facts.negative),
        facts.withdrawn,
        facts.stands,
    ]  # fmt: skip


def _unpacked(row: list[Any]) -> Facts:
    held, amounts, times, names, spoken_by, bits, withdrawn, stands = row
    return Facts(
        tuple(
            Role(start, end, kind, frozenset(body.split()), tuple(nearest.split()),
                 frozenset(field.split()), *(bool(marks >> n & 1) for n in range(7)))
            for start, end, kind, body, nearest, field, marks in held
        ),
        tuple(
            Quantity(start, end, value, unit, tuple(counted.split()), hedge, upto, bool(part),
                     fate)
            for start, end, value, unit, counted, hedge, upto, part, fate in amounts
        ),
        tuple(
            Moment(start, end,
                   Days(date.fromordinal(first), date.fromordinal(after)) if first else None,
                   month, day)
            for start, end, first, after, month, day in times
        ),
        tuple(zip(names[::2], names[1::2], strict=True)),
        tuple(spoken_by),
        bool(bits & 1),
        bool(bits >> 1 & 1),
        _place(withdrawn),
        _place(stands),
    )  # fmt: skip


def _moved(place: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return (place[0] + by, place[1] + by) if place else None


def _place(stored: list[int] | None) -> tuple[int, int] | None:
    return (stored[0], stored[1]) if stored else None


def _bits(*marks: bool) -> int:
    return sum(1 << number for number, mark in enumerate(marks) if mark)


def _day(published: str | None) -> date | None:
    """The day of a full date; of a month or a year there is none to count from."""
    text = (published or "")[:10]
    days = Days.of(text) if len(text) == len("2021-08-31") else None
    return days.first if days else None
