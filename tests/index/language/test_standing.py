"""What is said around an office may say that it is held no more, or not at all."""

from __future__ import annotations

import pytest

from index.language.standing import doubtful, has_left


@pytest.mark.parametrize(
    ("behind", "left"),
    [
        (" died on Monday", True),
        (", who has resigned", True),
        (" had been dismissed", True),
        (" was succeeded by Ann Lind", True),
        (" was jailed", False),
        (" replaced the roof", False),
        (" said that two men died", False),
        ("", False),
    ],
)
def test_what_follows_says_that_it_is_over(behind: str, left: bool) -> None:
    assert has_left("Jo Birk" + behind, len("Jo Birk")) is left


@pytest.mark.parametrize(
    ("before", "doubt"),
    [
        ("if", True),
        ("neither she nor", True),
        ("unless the chairman", True),
        ("if it rains ,", False),  # another clause
        ("on monday", False),
        ("", False),
    ],
)
def test_what_precedes_says_that_it_may_not_be(before: str, doubt: bool) -> None:
    lows = [*before.split(), "jo"]
    assert doubtful(lows, len(lows) - 1) is doubt
