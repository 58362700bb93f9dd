"""Days as sources write them, and which of two numbers is the month."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sources.dates import DateOrder, day_of, is_to_come


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("26-FEB-1987 15:02:20.00", "1987-02-26"),
        ("2021-08-30T10:00:00Z", "2021-08-30"),
        ("2021-08-30T23:59:00-07:00", "2021-08-30"),
        ("Mon, 30 Aug 2021 10:00:00 GMT", "2021-08-30"),
        ("Tue, 07 Jun 16 00:10:00 +0200", "2016-06-07"),
        ("20210830T101500Z", "2021-08-30"),
        ("20210830101500", "2021-08-30"),
        ("2021-W35-1", "2021-08-30"),
        ("2021-08", "2021-08"),
        ("2021", "2021"),
        ("March 2021", "2021-03"),
        # numbers: day first, unless only the month can be
        ("30/08/2021 23:00", "2021-08-30"),
        ("3/8/2021 11:05:00 PM", "2021-08-03"),
        ("8/30/2021", "2021-08-30"),
        ("3.8.2021", "2021-08-03"),
        ("03.08.21, 14:05", "2021-08-03"),
        ("14:05 03.08.2021", "2021-08-03"),
        ("3-8-2021", "2021-08-03"),
        ("2021/8/3 15:07:41", "2021-08-03"),
        ("03/08/99", "1999-08-03"),
        # seconds since 1970, and thousandths, millionths and billionths of them
        ("1630317600", "2021-08-30"),
        ("1630317600.25", "2021-08-30"),
        ("1630317600000", "2021-08-30"),
        ("1630317600000000", "2021-08-30"),
        ("1630317600000000000", "2021-08-30"),
        ("946684800000", "2000-01-01"),
        # other languages, and other words around
        ("lun, 30 ago 2021 10:00:00 +0200", "2021-08-30"),
        ("30. März 2020", "2020-03-30"),
        ("1er février 2020", "2020-02-01"),
        ("7 de septiembre de 2021", "2021-09-07"),
        ("30 августа 2021", "2021-08-30"),
        ("2021年8月30日", "2021-08-30"),
        ("Updated 10:31 AM EDT, Mon August 30, 2021", "2021-08-30"),
        ("Published: 30 August 2021 by Ann Bee", "2021-08-30"),
        # no dates, or none that tell the year
        *((none, None) for none in (
            "2021-13", "2021-02-30", "31/31/2021", "0000", "0001-01-01T00:00:00Z", "10 May",
            "yesterday", "5 hours ago", "12:30", "soon", "room 12 2021", "1/2/3", "99 Foo 2021",
            "", " ", "123", "1" * 40,
        )),
    ],
)  # fmt: skip
def test_days(written: str, day: str | None) -> None:
    assert day_of(written) == day


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40) | st.text("0123456789/.-: TZ+Wap", max_size=30))
def test_no_text_raises_and_every_day_is_one(text: str) -> None:
    for month_first in (False, True):
        day = day_of(text, month_first)
        assert day is None or day_of(day) == day


@given(st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)))
def test_usual_forms_mean_their_day(when: datetime) -> None:
    day = when.date().isoformat()
    for form in ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z", "%a, %d %b %Y %H:%M:%S", "%d.%m.%Y", "%Y%m%d"):
        assert day_of(when.strftime(form)) == day
    assert day_of(when.strftime("%d/%m/%Y")) == day_of(when.strftime("%m/%d/%Y"), True) == day
    assert day_of(str(int(when.replace(tzinfo=UTC).timestamp()))) == day


def _order(*dates: tuple[str, str]) -> Callable[[str, str], bool]:
    order = DateOrder()
    for places, text in dates:
        order.add(places.split(), text)
    return lambda places, text: order.month_first(places.split(), text)


def test_what_only_one_order_can_mean_tells_of_the_rest() -> None:
    first = _order(("herald a.csv", "08/30/2021"), ("herald a.csv", "08/02/2021"))
    assert first("herald a.csv", "08/03/2021") and first("herald b.csv", "08/03/2021")
    assert first("post a.csv", "08/03/2021")  # another outlet, in a file that shows it
    assert not first("post b.csv", "08/03/2021")
    assert not first("herald a.csv", "08.03.2021")  # dots are another way to write
    assert not first("herald a.csv", "3 August 2021")


def test_the_nearest_place_tells_and_the_greater_number() -> None:
    first = _order(
        ("herald f", "08/30/2021"),
        ("post f", "30/08/2021"),
        ("post f", "29/08/2021"),
        ("post f", "08/28/2021"),
    )
    assert first("herald f", "08/03/2021") and not first("post f", "08/03/2021")
    assert not first("sun f", "08/03/2021")  # two for each order: day first


@pytest.mark.parametrize("text", ["2021/08/30", "2021-08-30", "31/31/2021", "5/5/2021", "soon"])
def test_what_tells_no_order(text: str) -> None:
    assert not _order(("f", text))("f", "08/03/2021")


@pytest.mark.parametrize(
    ("day", "written", "to_come"),
    [
        ("2021-08-30", "30/08/2021", False),
        ("2021-08-31", "31/08/2021", True),
        ("2021-08", "August 2021", False),
        ("2021-09", "September 2021", True),
        ("2021", "2021", False),
        ("2021-08-31", "2021-08-31T01:00:00+13:00", False),  # there it is the 31st already
        ("2021-08-31", "2021-08-31T01:00:00-04:00", True),
        ("2021-08-30", "30-08-2021", False),  # "-2021" is no zone
    ],
)
def test_days_to_come(day: str, written: str, to_come: bool) -> None:
    assert is_to_come(day, written, datetime(2021, 8, 30, 20, tzinfo=UTC)) is to_come
    far = timezone(timedelta(hours=9))  # where the builder stands, it is the 31st
    here = datetime(2021, 8, 31, 5, tzinfo=far)
    assert not is_to_come("2021-08-31", "31/08/2021", here)
