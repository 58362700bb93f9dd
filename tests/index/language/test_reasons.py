"""Sentences that may say why."""

import pytest

from index.language.reasons import tells_reason


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("It closed because of the snow.", True),
        ("It closed amid protests.", True),
        ("Snow caused the delay.", True),
        ("It closed to save money.", True),
        ("It closed on Monday.", False),
        ("Today the asphalt is wet.", False),
    ],
)
def test_why(sentence: str, tells: bool) -> None:
    assert tells_reason(sentence) is tells
