"""Which records are one article, told by its signs, and which version is the newest."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.versions import Record, adds_nothing, oldest_first, record_of, same_article
from index.model import Article, Reference
from index.sources.raw import RawArticle

FIRE = "A fire at the mill in Dorn destroyed the roof. The owner, Ada Brann, was not hurt."
LATER = (
    "A fire at the mill in Dorn destroyed its roof and two looms. The owner, Ada Brann, was "
    "treated for burns, and the road to Dorn is open again."
)
COWS = "Farmers drove eighty cows over the pass on Sunday, as every spring, with bells and songs."


def _record(
    raw_id: str = "", url: str | None = None, source: str | None = None, text: str = FIRE,
    file: str = "/in/a.jsonl", title: str = "",
) -> Record:  # fmt: skip
    return record_of(RawArticle(raw_id, title, text, file, url, source), text, raw_id, file)


PAGE = "https://hill.example/news/mill"
TABLE = [
    # Same id and link: whatever it says now.
    (_record("g-x", PAGE), _record("g-x", "http://www.hill.example/news/mill/", text=COWS), True),
    # Same link, and something in common; a front page is nobody's link.
    (_record("a1", PAGE), _record("b7", f"{PAGE}?utm_source=feed#top", text=LATER,
                                  file="/in/b.jsonl"), True),
    (_record("a1", PAGE), _record("b7", PAGE, text=COWS, file="/in/b.jsonl"), False),
    (_record("a1", "https://hill.example/"),
     _record("b7", "https://hill.example/", text=LATER, file="/in/b.jsonl"), False),
    # One file tells the posts of a live page apart, unless they say the same.
    (_record("p1", PAGE, text=f"{FIRE} Two firemen are on their way."),
     _record("p2", PAGE, text=f"The owner, Ada Brann, was seen in Dorn. {COWS}"), False),
    # An id that names its article within one outlet.
    (_record("mill-fire", source="Hill Post"),
     _record("mill-fire", source="hill post", text=LATER, file="/in/b.jsonl"), True),
    (_record("mill-fire", source="Hill Post"),
     _record("mill-fire", source="Dale Post", text=LATER, file="/in/b.jsonl"), False),
    (_record("mill-fire", source="Hill Post"),
     _record("mill-fire", source="Hill Post", text=COWS, file="/in/b.jsonl"), False),
    # One that only counts needs much in common, its title too.
    (_record("7", source="Hill Post", title="Fire at mill in Dorn"),
     _record("7", source="Hill Post", title="Mill fire: owner burnt", text=LATER,
             file="/in/b.jsonl"), True),
    (_record("7", source="Hill Post", title="Fire at mill in Dorn"),
     _record("7", source="Hill Post", title="Cheese prices", text=LATER,
             file="/in/b.jsonl"), False),
    (_record("7"), _record("7", text=LATER, file="/in/b.jsonl"), False),
    # The number of a record in its file is nobody's id.
    (_record("a-3", source="Hill Post"), _record("a-3", source="Hill Post", text=LATER), False),
    # Without an outlet, an id that names its article and much in common.
    (_record("mill-fire"),
     _record("mill-fire", text=FIRE + " It is out.", file="/in/b.jsonl"), True),
    (_record("mill-fire"), _record("mill-fire", text=COWS, file="/in/b.jsonl"), False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), TABLE)
def test_two_signs_make_one_article(one: Record, other: Record, same: bool) -> None:
    assert same_article(one, other) is same is same_article(other, one)


@pytest.mark.parametrize(
    ("published", "newest"),
    [
        (["2024-05-01", "2024-05-03", "2024-05-02"], 1),
        (["2024-05-01", "2024-05-01"], 1),  # of one day: the one read later
        (["2024-05-01T20:00:00Z", "2024-05-01T21:00:00+02:00"], 0),
        (["2024-05-01T20:00:00Z", "2024-05-01"], 1),
        ([None, None], 1),
        (["2024-05-03", None, "2024-05-01"], 1),  # may be of any day: it was read later
        ([None, "2024-05-01"], 1),
        (["2024-05-01T23:59:59.9999999999999", "9999-12-31T23:59:59-23:59"], 1),
        (["May 3, 2024", "2 May 2024"], 0),
    ],
)
def test_the_newest_version(published: list[str | None], newest: int) -> None:
    assert oldest_first(published)[-1] == newest


@given(st.lists(st.dates(), min_size=1, max_size=6, unique=True), st.randoms())
def test_any_order_of_dated_versions_gives_the_same(
    days: list[object], source: random.Random
) -> None:
    published: list[str | None] = [str(day) for day in days]
    source.shuffle(published)
    ordered = [published[number] for number in oldest_first(published)]
    assert ordered == sorted(ordered, key=str)


def test_what_only_grew_is_not_worth_keeping() -> None:
    old = Article(Reference("a", "Fire"), "One.\n\nTwo.")
    grown = Article(Reference("a", "Fire"), "One.\n\nNew.\n\nTwo.")
    assert adds_nothing(old, grown) and not adds_nothing(grown, old)
    assert not adds_nothing(Article(Reference("a", "Flood"), "One."), old)
