"""Offices by the words that name them."""

import pytest

from index.language.offices import (
    HELD,
    PAST_VERBS,
    TOP,
    VERBS,
    is_office,
    office_at,
)

KINDS = {
    "leader": ("leader", 1),
    "leaders of it": ("leader", 1),
    "prime minister": ("premier", 2),
    "minister of it": ("minister", 1),
    "secretary of state for it": ("minister", 3),
    "chief executive officer": ("chief executive", 3),
    "chief of staff": ("chief of staff", 3),
    "chief of police": ("leader", 1),
    "spokeswomen": ("spokesman", 1),
    "spokesmen": ("spokesman", 1),
    "attorney general": ("prosecutor", 2),
    "attorney": ("lawyer", 1),
    "deputies": ("deputy", 1),
    "table": None,
    "leading": None,
}


@pytest.mark.parametrize(("words", "office"), KINDS.items())
def test_the_longest_name_wins(words: str, office: tuple[str, int] | None) -> None:
    assert office_at(words.split(), 0) == office


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("doctor", True), ("leader", True), ("leaders", False), ("prime", False), ("led", False)],
)
def test_an_office_of_one_word(word: str, is_one: bool) -> None:
    assert is_office(word) is is_one


def test_who_leads_is_asked_for_and_told() -> None:
    assert TOP < HELD and set(VERBS.values()) <= TOP


def test_verbs_of_the_past() -> None:
    assert {"led", "ran", "headed", "coached"} <= PAST_VERBS <= set(VERBS)
    assert not {"leads", "run", "head", "managing"} & PAST_VERBS
