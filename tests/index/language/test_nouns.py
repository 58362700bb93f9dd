"""Nouns by what they are for."""

import pytest

from index.language.nouns import GROUPS, PLACES, RESUMING, THINGS, is_person

PERSONS = (
    "man woman guy boy suspect victim artist player singer actress author director manager coach "
    "minister president leader scientist spokesman spokeswoman spokesperson chief head chairwoman "
    "captain mayor governor commander lawyer editor founder owner boss judge doctor king Pope "
    "engineer physician ambassador"
)
NO_PERSONS = (
    "men women players spokesmen company team town film law figure justice member partner agent "
    "officially"
)


@pytest.mark.parametrize("noun", PERSONS.split())
def test_who_is_he_or_she(noun: str) -> None:
    assert is_person(noun)


@pytest.mark.parametrize("noun", NO_PERSONS.split())
def test_who_is_they_or_it(noun: str) -> None:
    assert not is_person(noun)


def test_a_noun_is_for_one_thing() -> None:
    assert not GROUPS & PLACES and not GROUPS & THINGS and not PLACES & THINGS
    assert RESUMING >= GROUPS | PLACES | THINGS
    assert not any(map(is_person, GROUPS | PLACES | THINGS))
