"""Nouns by what they are for: somebody, a group, a place, anything else. Pure data and a look-up.

The words for offices have a module of their own, `index.language.offices`.
"""

from __future__ import annotations

from index.language.offices import is_office

SOMEBODY = frozenset("man woman person guy figure individual politician".split())
"""Nouns for a person of whom they say next to nothing."""

_PERSONS = frozenset("boy girl suspect victim artist".split())
"""Further nouns for one person that name no office and no trade."""

_MOSTLY_THINGS = frozenset("figure justice member partner agent".split())
"""Nouns that a person may be, and that are used of something else more often."""

PEOPLE = frozenset("men women boys girls children adults".split())
"""Kinds of people that are told apart when they are counted."""

GROUPS = frozenset(
    "company firm airline bank club team side party group organisation organization union agency "
    "band".split()
)
PLACES = frozenset("country nation city town village region province island".split())
THINGS = frozenset(
    "film movie book album song show play game match festival report study survey research project "
    "scheme plan deal agreement bill law case trial attack fire accident crash strike protest "
    "election disease virus drug animal species ship plane bridge building museum school "
    "university".split()
)

_RESUMING_PERSONS = _PERSONS | frozenset(
    "man woman couple author writer player singer actor actress director manager coach "
    "minister president leader scientist researcher researchers".split()
)
RESUMING = GROUPS | PLACES | THINGS | _RESUMING_PERSONS
"""Nouns that with "the" mean what was spoken of before: "the company", "the singer"."""

BODIES = frozenset(
    "bank corp inc ltd group party union united council committee front army police ministry "
    "association federation league society company airlines court commission".split()
)
"""Words in the name of a body, which may end a longer one: "AirGroup"."""

BODIES_APART = frozenset(
    "university government agency organisation organization institute fund club taliban "
    "foundation department museum school hospital trust".split()
)
"""Words in the name of a body, always written apart."""


def is_person(noun: str) -> bool:
    """Whether ``noun``, of one word and in the singular, says what somebody is: "the spokesman" is
    no "they" and no "it"."""
    low = noun.lower()
    named = low in SOMEBODY or low in _PERSONS or is_office(low)
    return named and low not in _MOSTLY_THINGS
