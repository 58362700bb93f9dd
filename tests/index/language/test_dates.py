"""Dates: tables of what people and feeds write, each with what it means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.dates import Days, after_date, is_date, spoken, tells_time

TODAY = date(2026, 11, 18)  # a Wednesday

IN_WORDS = (
    "May", "may", "March 3", "March 3rd", "Friday", "Fridays", "Friday the 13th", "May of 2003",
    "May 2003", "January-March 2021", "Christmas", "Christmas Eve", "Easter Sunday",
    "May Day", "1945", "the 1980s", "Saturday, May 3",
)  # fmt: skip
NOT_DATES = (
    "Mayweather", "Mayor Adams", "Mayotte", "Juneau", "Theresa May", "April Jones", "Augustus",
    "Sunday Times", "Eastern Europe", "Marchetti", "Mayo", "12", "3000", "",
)  # fmt: skip


@pytest.mark.parametrize("text", IN_WORDS)
def test_a_date_in_words(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_only_looks_like_one(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("July 17 Punjab", "Punjab"),
        ("March 2020 and the UAE", "the UAE"),
        ("Monday’s Guardian", "Guardian"),
        ("March the Office", "the Office"),
        ("Friday. Analysts", "Analysts"),
        ("Sunday Times", "Sunday Times"),
        ("March of the Living", "March of the Living"),
        ("Mayotte", "Mayotte"),
    ],
)
def test_a_date_before_something_else(text: str, rest: str) -> None:
    assert text[after_date(text) :].lstrip() == rest


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("He left on Monday.", True),
        ("He left in sept. last.", True),
        ("It began at 10:30 p.m", True),
        ("It will end by 2100.", True),
        ("Two weeks ago it rained.", True),
        ("He left in anger.", False),
        ("The mayor left.", False),
        ("They marched.", False),
    ],
)
def test_when(sentence: str, tells: bool) -> None:
    assert tells_time(sentence) is tells


SPANS = {
    "2021": ("2021-01-01", "2022-01-01"),
    "2021-08": ("2021-08-01", "2021-09-01"),
    "2021-8": ("2021-08-01", "2021-09-01"),
    "2021-12": ("2021-12-01", "2022-01-01"),
    "2021-08-31": ("2021-08-31", "2021-09-01"),
    "2020-02-29": ("2020-02-29", "2020-03-01"),
    "2021-02-29": None,
    "2021-13": None,
    "2021-00": None,
    "0000": None,
    "9999": None,
    "9999-08": ("9999-08-01", "9999-09-01"),
    "yesterday": None,
    "": None,
}


@pytest.mark.parametrize(("text", "span"), SPANS.items())
def test_spans_of_days(text: str, span: tuple[str, str] | None) -> None:
    found = Days.of(text)
    assert (found and (found.first.isoformat(), found.after.isoformat())) == span


@given(st.dates(date(1, 1, 1), date(9999, 12, 30)))
def test_a_day_is_its_own_last(day: date) -> None:
    found = Days.of(day.isoformat())
    assert found and found.first == found.last == day


SPOKEN = {
    "today": ("2026-11-18", "2026-11-19"),
    "yesterday": ("2026-11-17", "2026-11-18"),
    "this week": ("2026-11-16", "2026-11-19"),
    "last week": ("2026-11-09", "2026-11-16"),
    "in the past week": ("2026-11-11", "2026-11-19"),
    "this month": ("2026-11-01", "2026-11-19"),
    "last month": ("2026-10-01", "2026-11-01"),
    "the last year": ("2025-01-01", "2026-01-01"),
    "past year": ("2025-11-18", "2026-11-19"),
}


@pytest.mark.parametrize(("words", "span"), SPOKEN.items())
def test_spoken_periods(words: str, span: tuple[str, str]) -> None:
    found = spoken(f"who resigned {words}?", TODAY)
    assert found is not None
    assert (found[0], found[1].first.isoformat(), found[1].after.isoformat()) == (words, *span)


@pytest.mark.parametrize("text", ["who won last year's final?", "who won today’s race", "who won"])
def test_no_period(text: str) -> None:
    assert spoken(text, TODAY) is None


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(sorted(SPOKEN)))
def test_periods_begin_before_they_end(today: date, words: str) -> None:
    found = spoken(words, today)
    assert found and found[1].first < found[1].after <= today + timedelta(days=1)
