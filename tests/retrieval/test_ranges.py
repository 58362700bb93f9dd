"""Half of a range is never shown as the answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranges import whole_range

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


@given(st.text(alphabet="between 12and.,$", max_size=60), st.data())
def test_a_span_only_ever_grows(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = whole_range(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert whole_range(text, first, last) == (first, last)
