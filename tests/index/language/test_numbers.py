"""Numbers: a table of spellings for each value, and ranges, of which half is never an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.numbers import (
    in_digits,
    is_scaled,
    numerals,
    tells_amount,
    whole_range,
    within,
)

VALUES = {
    "0": ("zero",),
    "1": ("one", "1"),
    "12": ("twelve", "12"),
    "20": ("twenty", "20"),
    "21": ("twenty one", "21"),
    "90": ("ninety",),
    "99": ("ninety nine",),
    "1000": ("1,000", "1000"),
    "3.5": ("3.5",),
    "5 million": ("five million", "5 million"),
    "20 12": ("twenty twelve",),  # a year said so
    "20 and 1": ("twenty and one",),
    "1 20": ("one twenty",),
    "hundreds of people": ("hundreds of people",),
    "second": ("second",),
}


@pytest.mark.parametrize(
    ("digits", "spelling"), [(value, one) for value, many in VALUES.items() for one in many]
)
def test_numbers_in_digits(digits: str, spelling: str) -> None:
    assert " ".join(in_digits(spelling.split())) == digits


def test_numerals_are_words_in_digits() -> None:
    assert numerals("about 12 or 3.5 in 2nd".split()) == ["12", "3.5"]
    assert numerals([]) == []


@pytest.mark.parametrize(
    ("text", "scaled"),
    [("4.8 million", True), ("$4 bn", True), ("3 m", True), ("4.8", False), ("millionaire", False)],
)
def test_thousands_and_more(text: str, scaled: bool) -> None:
    assert is_scaled(text) is scaled


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("At least 13 died.", True),
        ("Twenty died.", True),
        ("Dozens died.", True),
        ("Half of them died.", True),
        ("None died.", True),
        ("They died.", False),
        ("There is zero tolerance.", False),
        ("The tent fell.", False),
    ],
)
def test_how_many(sentence: str, tells: bool) -> None:
    assert tells_amount(sentence) is tells


LINE = "Between 150,000 and 200,000 people live there, it was held from 1996 to 2001."


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        ("200,000", "Between 150,000 and 200,000"),
        ("150,000 and 200,000", "Between 150,000 and 200,000"),
        ("200,000 people", "Between 150,000 and 200,000 people"),
        ("people", "people"),
        ("there", "there"),
        ("1996", "1996"),
    ],
)
def test_a_span_grows_to_the_range_that_it_is_an_end_of(span: str, shown: str) -> None:
    start = LINE.index(span)
    first, last = whole_range(LINE, start, start + len(span))
    assert LINE[first:last] == shown


@pytest.mark.parametrize("least", ["$3", "3.5 million", "2%", "40 per cent"])
def test_numbers_come_with_their_units(least: str) -> None:
    text = f"It cost between {least} and $4.2bn in all."
    start = text.index("$4.2bn")
    first, last = whole_range(text, start, start + 6)
    assert text[first:last] == f"between {least} and $4.2bn"


@pytest.mark.parametrize("text", ["between 3 and 4th", "between 20 and 30-year-olds",
                                  "between 1979 and 1989"])  # fmt: skip
def test_what_is_no_range_of_amounts_is_left_alone(text: str) -> None:
    start = len("between ")
    assert whole_range(text, start, start + 1) == (start, start + 1)


TOKENS = st.lists(st.sampled_from(["between ", "1", "2,000", " and ", " ", "people", "%"]))


@given(TOKENS.map("".join), st.data())
def test_a_span_only_ever_grows_and_never_holds_half_a_range(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = whole_range(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert whole_range(text, first, last) == (first, last)


def test_a_number_of_a_range() -> None:
    told = "Between 150,000 and 200,000 people"
    assert all(within(number, told) for number in ("150000", "180,000", "200000"))
    assert not within("90000", told) and not within("1.2.3", "two of 3")
