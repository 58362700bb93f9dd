from hypothesis import given
from hypothesis import strategies as st

from index.model import Passage, Reference
from retrieval.finding.freshness import FRESH, to_read
from retrieval.finding.hits import Hit

days = st.one_of(st.none(), st.dates().map(str))
found = st.lists(days, max_size=12)


def hits(published: list[str | None]) -> list[Hit]:
    return [
        Hit(Passage(key, Reference(f"a{key}", "", published=day), 0, "x", ((0, 1),)), 0.5, 1.0, 0.5)
        for key, day in enumerate(published)
    ]


def keys(read: list[Hit]) -> list[int]:
    return [hit.passage.key for hit in read]


def test_the_last_places_go_to_the_newest() -> None:
    archive = hits(["2003-05-01", "2004-05-01", "2002-05-01", "2010", "2022-07-28", "2001-01-01"])
    assert keys(to_read(archive, 3, timely=True)) == [0, 3, 4]
    assert keys(to_read(archive, 3, timely=False)) == [0, 1, 2]
    archive = hits(["2022-01-01", "2001-01-01", "2003-01-01", "2002-01-01"])
    assert keys(to_read(archive, 3, timely=True)) == [0, 2, 3], "newer than what it stands in for"


def test_what_is_not_dated_keeps_its_place() -> None:
    assert keys(to_read(hits([None, None, None, "2022-07-28"]), 3, timely=True)) == [0, 1, 2]
    assert keys(to_read(hits(["2001", "2001", None, "2022-07-28"]), 3, timely=True)) == [0, 2, 3]


@given(found, st.integers(0, 8), st.booleans())
def test_as_many_are_read_in_their_order_and_the_first_always(
    published: list[str | None], count: int, timely: bool
) -> None:
    archive = hits(published)
    read = keys(to_read(archive, count, timely))
    assert read == sorted(set(read)) and len(read) == min(count, len(archive))
    sure = max(0, len(read) - FRESH)
    assert read[:sure] == list(range(sure))


@given(found, st.integers(1, 8))
def test_no_newer_article_is_left_out_for_an_older_one(
    published: list[str | None], count: int
) -> None:
    archive = hits(published)
    read = set(keys(to_read(archive, count, timely=True)))
    stood_in = read - set(range(len(archive[:count]) - FRESH))
    left = [published[key] or "" for key in range(len(archive)) if key not in read]
    for key in stood_in:
        assert not published[key] or (published[key] or "") >= max(left, default="")


def test_order_does_not_hang_on_the_hour() -> None:
    morning, evening = hits(["2022-07-28T08:00:00", "2022-07-28T20:00:00"])
    assert keys(to_read([morning, evening], 1, timely=True)) == [0]
