"""What people type to narrow a search."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from index.model import Selection
from retrieval.question.filters import narrow

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "text", "selection"),
    [
        ("who resigned since:2021-08", "who resigned", Selection(since="2021-08-01")),
        ("before:2022 who resigned?", "who resigned?", Selection(before="2022-01-01")),
        ("truce on:2021-08-31", "truce", Selection("2021-08-31", "2021-09-01")),
        ("truce on:2021-12", "truce", Selection("2021-12-01", "2022-01-01")),
        ("truce on:2021", "truce", Selection("2021-01-01", "2022-01-01")),
        ("Source:BBC who won?", "who won?", Selection(sources=("BBC",))),
        ('title:"peace talks" who came', "who came", Selection(titles=("peace talks",))),
        ("source:bbc source:world who", "who", Selection(sources=("bbc", "world"))),
        ("at 10:30 what happened: a fire?", "at 10:30 what happened: a fire?", Selection()),
        ("what is https://example.org?", "what is https://example.org?", Selection()),
        ("who spoke at re:invent", "who spoke at re:invent", Selection()),
    ],
)
def test_filters_are_taken_out(typed: str, text: str, selection: Selection) -> None:
    found = narrow(typed, TODAY)
    assert (found.text, found.selection) == (text, selection)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("who sicne:2021", "Did you mean since"),
        ("who after:2021", "no filter after:"),
        ("who aftr:2021", "no filter aftr:"),
        ("who outlet:bbc", "source:bbc"),
        ("who since:yesterday", "since:yesterday is not a date"),
        ("who on:2021-02-30", "on:2021-02-30 is not a date"),
        ("who since:2021-13", "is not a date"),
    ],
)
def test_what_is_no_filter_is_told_in_one_line(typed: str, said: str) -> None:
    with pytest.raises(QuestionError) as caught:
        narrow(typed, TODAY)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_phrases_keep_their_words_and_lose_their_marks() -> None:
    found = narrow('who said “many casualties” or "a truce"?', TODAY)
    assert found.text == "who said many casualties or a truce?"
    assert sorted(found.phrases) == ["a truce", "many casualties"]


@pytest.mark.parametrize(
    ("words", "since", "before"),
    [
        ("today", "2026-11-18", "2026-11-19"),
        ("yesterday", "2026-11-17", "2026-11-18"),
        ("last week", "2026-11-09", "2026-11-16"),
        ("this week", "2026-11-16", "2026-11-19"),
        ("past week", "2026-11-11", "2026-11-19"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("last year", "2025-01-01", "2026-01-01"),
    ],
)
def test_spoken_periods(words: str, since: str, before: str) -> None:
    found = narrow(f"who resigned {words}?", TODAY)
    assert found.period == Selection(since, before)
    assert found.without_period in ("who resigned ?", "who resigned?")


def test_a_possessive_is_no_period() -> None:
    assert not narrow("who won last year's final?", TODAY).period


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_on_is_since_and_before_the_next_day(day: date) -> None:
    found = narrow(f"x on:{day.isoformat()}", TODAY).selection
    assert found == Selection(day.isoformat(), (day + timedelta(days=1)).isoformat())


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_periods_begin_before_they_end(today: date) -> None:
    for words in ("today", "yesterday", "last week", "this month", "past year", "last month"):
        found = narrow(f"who {words}", today).period
        assert found.since and found.before and found.since < found.before
        assert found.before <= (today + timedelta(days=1)).isoformat()


@given(st.text(max_size=60))
def test_any_text_is_narrowed_or_told(text: str) -> None:
    try:
        found = narrow(text, TODAY)
    except QuestionError:
        return
    assert len(found.text) <= len(text)
