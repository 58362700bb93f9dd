"""Dates as texts and people write them."""

import pytest

from index.language.dates import iso_date


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("26-FEB-1987 15:02:20.00", "1987-02-26"),
        ("2021-08-30T10:00:00Z", "2021-08-30"),
        ("Mon, 30 Aug 2021 10:00:00 GMT", "2021-08-30"),
        ("2021-08", "2021-08"),
        ("2021-13", None),
        ("0000", None),
        ("2021", "2021"),
        ("10 May", None),
        ("March 2021", None),
        ("yesterday", None),
    ],
)
def test_dates(given: str, iso: str | None) -> None:
    assert iso_date(given) == iso
