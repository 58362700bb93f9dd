"""How far a span article_margins over the other quotes of its article."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.article_margin import LEAST, MOST, article_margins

spans = st.lists(
    st.tuples(st.floats(-30, 30), st.sampled_from("AB"), st.sampled_from("pqr")), max_size=8
)


def test_alone_it_is_as_sure_as_can_be() -> None:
    assert article_margins([-3.0], ["A"], ["p"]) == [MOST]
    assert article_margins([-3.0, 9.0, -4.0], ["A", "B", "A"], ["p", "q", "p"]) == [
        MOST,
        MOST,
        MOST,
    ]


def test_two_rivals_count_together() -> None:
    first, second, third = article_margins([1.0, 1.0, 1.0], ["A"] * 3, ["p", "q", "r"])
    assert first == second == third == pytest.approx(-math.log(2))


def test_a_rival_counts_once_by_its_best_span() -> None:
    assert article_margins([2.0, 1.0, 0.5], ["A"] * 3, ["p", "q", "q"])[0] == pytest.approx(1.0)


@given(spans, st.floats(-5, 5))
def test_only_differences_count_and_only_within_an_article(
    found: list[tuple[float, str, str]], shift: float
) -> None:
    values, articles, quotes = (
        (list(part) for part in zip(*found, strict=True)) if found else [[]] * 3
    )
    plain = article_margins(values, articles, quotes)
    assert all(LEAST <= lead <= MOST for lead in plain)
    moved = [v + (shift if a == "A" else 0.0) for v, a in zip(values, articles, strict=True)]
    assert article_margins(moved, articles, quotes) == pytest.approx(plain, abs=1e-9)
