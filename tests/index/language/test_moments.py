"""Days that sentences speak of, told from the day of writing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.moments import moments

WRITTEN = date(2024, 4, 3)  # a Wednesday

FOUND = {
    "It opened on 31 August 2021.": ["31 August 2021 = 2021-08-31"],
    "It opened on August 31, 2021.": ["August 31, 2021 = 2021-08-31"],
    "It opens on Aug. 31.": ["Aug. 31 = 2024-08-31"],
    "It opened on 12 March.": ["12 March = 2024-03-12"],
    "It closed in December.": ["December = 2023-12-01 2023-12-31"],
    "It closed in early 2022.": ["early 2022 = 2022-01-01 2022-12-31"],
    "It closed in May 2003.": ["May 2003 = 2003-05-01 2003-05-31"],
    "It closed on Friday.": ["Friday = 2024-03-29"],
    "It closes next Monday.": ["next Monday = 2024-04-08"],
    "It closed three weeks ago.": ["three weeks ago = 2024-03-10 2024-03-16"],
    "It closed yesterday.": ["yesterday = 2024-04-02"],
    "It closed last year.": ["last year = 2023-01-01 2023-12-31"],
    "It closed in the 1980s.": ["the 1980s = 1980-01-01 1989-12-31"],
    "It may 3 times have closed, for $2010.": [],
    "They march 12 miles.": [],
}


@pytest.mark.parametrize(("sentence", "found"), FOUND.items())
def test_the_days_of_a_sentence(sentence: str, found: list[str]) -> None:
    shown = []
    for one in moments(sentence, WRITTEN):
        assert one.days
        days = dict.fromkeys([one.days.first.isoformat(), one.days.last.isoformat()])
        shown.append(f"{sentence[one.start : one.end]} = {' '.join(days)}")
    assert shown == found


def test_one_day_in_two_spellings() -> None:
    (one,), (other,) = moments("on Aug. 31", WRITTEN), moments("on 31 August", WRITTEN)
    assert one.equals(other) and one.agrees(other)
    (one,), (other,) = moments("on Aug. 31", None), moments("on 31 August", None)
    assert one.equals(other) and one.days is None
    (month,) = moments("in August 2024", WRITTEN)
    (day,) = moments("on 31 August 2024", WRITTEN)
    assert month.agrees(day) and not month.equals(day)


@given(st.text(max_size=80), st.dates())
def test_days_stand_in_their_sentence(text: str, written: date) -> None:
    sentence = f"{text} on 3 May, two weeks ago, on Friday"
    for one in moments(sentence, written):
        assert 0 <= one.start < one.end <= len(sentence)
