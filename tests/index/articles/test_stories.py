"""Copies may stand for each other, and a story is told anew: of invented events."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.duplicates import signature
from index.articles.stories import Telling, grouped, one_story
from index.model import Article, Reference
from tests.generated import texts

BACKGROUND = (
    "The dam, which Enno Brix built in 1931, had been closed for repairs since March. Some 400 "
    "families of Lower Talm were taken to schools, the governor, Ilka Roen, said, and 12 bridges "
    "are gone. The last flood of this kind came down the Talm in 1958."
)


def _flood(toll: str, more: str = "") -> str:
    return (
        f"{toll} people drowned when a dam broke above Lower Talm on Tuesday. {BACKGROUND} {more}"
    )


MATCH = (
    "{one} beat {other} {score} at the Ostend stadium before 21,000 people. {scorer} scored in "
    "the {minute} minute after a long ball by the captain, and the keeper saved a penalty before "
    "the break. The trainer, Piet Loos, said that his team had earned it and would rest on Monday."
)
COURT = (
    "A court in Varn sentenced {who} to {years} years in prison on Tuesday for {what}. The judge, "
    "Olga Trent, said that the accused had shown no regret. The lawyer of {who} said that he would "
    "appeal. The court of Varn hears 300 such cases a year, more than any other in the county."
)


def _told(*told: tuple[str, str, str | None]) -> tuple[list[int], list[int]]:
    """The copies and the stories of articles of these titles, texts and dates."""
    articles = [
        Article(Reference(str(number), title, published=day), text)
        for number, (title, text, day) in enumerate(told)
    ]
    signatures = [signature(article.text) for article in articles]
    days = [article.reference.published for article in articles]
    return grouped(signatures, days, articles.__getitem__)


def test_a_rising_toll_is_one_story_and_no_copy() -> None:
    copies, stories = _told(
        ("Dam breaks above Talm, 17 dead", _flood("Seventeen"), "2023-04-04"),
        ("Talm dam: toll rises to 62", _flood("Sixty-two", "Rain is forecast."), "2023-04-05"),
        ("Dam breaks above Talm, 17 dead", _flood("Seventeen"), "2023-04-04T20:00:00Z"),
    )
    assert copies == [0, 1, 0] and stories == [0, 0, 0]


def test_an_update_may_be_half_new() -> None:
    later = (
        "Divers found 45 more bodies below the broken dam of Lower Talm. The governor, Ilka Roen, "
        "asked for tents. Some 400 families of Lower Talm were taken to schools; 12 bridges are "
        "gone. The dam, which Enno Brix built in 1931, had been closed for repairs since March."
    )
    told = [
        ("Dam breaks above Lower Talm", _flood("Seventeen"), "2023-04-04"),
        ("Divers find bodies below dam of Lower Talm", later, "2023-04-06"),
    ]
    assert _told(*told) == ([0, 1], [0, 0])
    assert _told(told[0], (*told[1][:2], "2023-04-12")) == ([0, 1], [0, 1])
    assert _told(told[0], (*told[1][:2], None)) == ([0, 1], [0, 1])


APART = [
    # Two floods of one valley a week apart, told in the same words.
    (("Talm floods", _flood("Seventeen"), "2023-04-04"),
     ("Talm floods", _flood("Four").replace("400", "90").replace("12", "3"), "2023-04-12")),
    # Two matches of the same teams, and two of others on one day.
    (("Ostend beat Ghent", MATCH.format(one="Ostend", other="Ghent", score="2-1", scorer="Maes",
                                        minute="31st"), "2023-04-04"),
     ("Ghent beat Ostend", MATCH.format(one="Ghent", other="Ostend", score="3-0", scorer="Claes",
                                        minute="77th"), "2023-05-02")),
    (("Ostend beat Ghent", MATCH.format(one="Ostend", other="Ghent", score="2-1", scorer="Maes",
                                        minute="31st"), "2023-04-04"),
     ("Bruges beat Genk", MATCH.format(one="Bruges", other="Genk", score="4-0", scorer="Claes",
                                       minute="77th").replace("Ostend", "Bruges")
      .replace("Piet Loos", "Arne Dox").replace("21,000", "9,000"), "2023-04-04")),
    # Two sentences of one court.
    (("Baker Odo Lenz jailed for arson", COURT.format(who="Odo Lenz", years="six", what="arson"),
      "2023-04-04"),
     ("Nurse Mia Hald jailed for theft", COURT.format(who="Mia Hald", years="two", what="theft"),
      "2023-04-04")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_events_are_two_stories(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert _told(one, other)[1] == [0, 1]


ALIKE = Telling(
    title=frozenset("dam break talm".split()),
    words=frozenset("dam break talm ilka roen famili school bridg".split()),
    names=frozenset("talm ilka roen".split()),
    figures=frozenset("17 400 12".split()),
)


@pytest.mark.parametrize(
    ("change", "jaccard", "same"),
    [
        ({}, 0.16, True),
        ({}, 0.14, False),
        ({"figures": frozenset("62 400 12".split())}, 0.16, True),
        ({"figures": frozenset("62 300 12".split())}, 0.16, False),  # the same form, another day
        ({"names": frozenset("talm ilka varn odo".split())}, 0.16, False),  # or another's
        ({"title": frozenset("dam divers".split())}, 0.16, True),
        ({"title": frozenset("dam school price".split())}, 0.16, False),
        ({"title": frozenset("dam divers search tonight school".split())}, 0.16, False),
        ({"title": frozenset("dam talm divers search tonight".split())}, 0.31, True),
        ({"title": frozenset("dam talm break divers search tonight late".split())}, 0.16, False),
        ({"words": ALIKE.words - {"school", "bridg"} | {"tent", "rain"}}, 0.16, True),
        ({"words": ALIKE.words - {"school", "bridg", "famili"} | {"a", "b", "c"}}, 0.16, False),
        ({"words": ALIKE.words - {"school", "bridg", "famili"} | {"a", "b", "c"}}, 0.31, True),
    ],
)
def test_what_must_be_alike(change: dict[str, Any], jaccard: float, same: bool) -> None:
    other = replace(ALIKE, **change)
    assert one_story(ALIKE, other, jaccard) is same is one_story(other, ALIKE, jaccard)


def test_copies_may_be_printed_much_later() -> None:
    copies, stories = _told(
        ("Talm floods", _flood("Seventeen"), "2023-04-04"),
        ("Talm floods", _flood("Seventeen", "From our archive."), "2024-04-04"),
    )
    assert copies == stories == [0, 0]


@given(
    st.lists(st.tuples(texts, texts, st.sampled_from(["2023-04-04", "2023-04", "", None])),
             max_size=6)
)  # fmt: skip
def test_copies_are_of_one_story_and_named_by_the_first(
    told: list[tuple[str, str, str | None]],
) -> None:
    copies, stories = _told(*told)
    for number, (copy, story) in enumerate(zip(copies, stories, strict=True)):
        assert copies[copy] == copy <= number and stories[story] == story <= copy
        assert stories[copy] == story
