"""One answer or two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.facts import facts_of
from index.model import Passage, Reference
from retrieval.answer import Span
from retrieval.deciding.agreement import about_the_same, differ, same_answer
from retrieval.deciding.short_answers import ShortAnswer, short_answer


def short(text: str) -> ShortAnswer:
    """An answer that stands alone in its sentence."""
    bounds = ((0, len(text) + 1),)
    facts = tuple(facts_of(f"{text}.", bounds, None))
    passage = Passage(0, Reference("a", "T"), 0, f"{text}.", bounds, facts)
    return short_answer(Span(passage, 0, max(1, len(text)), 0.9))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Massoud", "Ahmad Massoud", True),
        ("Tony Blair", "Prime Minister Tony Blair", True),
        ("12", "twelve", True),
        ("21 people", "twenty-one", True),
        ("thirty", "30", True),
        ("thirty", "13", False),
        ("twenty-one", "twenty", False),
        ("1,000", "1000 people", True),
        ("the Taliban", "Taliban", True),
        ("18 months", "20 months", False),
        ("4.8 million", "4.8", False),
        ("George Bush", "Laura Bush", False),
        ("Kabul", "Bazarak", False),
        ("15 August", "15 August 2021", False),
        ("Ségolène Royal", "Segolene Royal", True),
    ],
)
def test_same_answer(one: str, other: str, same: bool) -> None:
    assert same_answer(short(one), short(other)) is same


@given(st.text(max_size=30), st.text(max_size=30))
def test_sameness_has_no_order_and_everything_is_itself(one: str, other: str) -> None:
    assert same_answer(short(one), short(other)) == same_answer(short(other), short(one))
    assert same_answer(short(one), short(one))


@pytest.mark.parametrize(
    ("question", "one", "other", "at_odds"),
    [
        ("how many died?", "12", "15", True),
        ("how many died?", "12", "twelve", False),
        ("who leads the party?", "Anna Lind", "Peter Falk", True),
        ("what did they discuss?", "Oil", "Trade", False),
        ("when did it open?", "in 1999", "in 2001", True),
        ("why did it fall?", "Strong winds", "Heavy rain", False),
    ],
)
def test_differ(question: str, one: str, other: str, at_odds: bool) -> None:
    assert differ(question, short(one), short(other)) is at_odds


def test_what_speaks_of_one_matter() -> None:
    assert about_the_same(
        "The Taliban claimed to hold Bazarak, the provincial capital.",
        "That the Taliban hold the provincial capital was denied.",
    )
    assert not about_the_same("The Taliban claimed victory.", "The bank denied losses.")


def test_a_number_in_a_range_is_at_odds_with_none() -> None:
    told = "between 150,000 and 200,000"
    for other in ("200,000", "180,000 people", "150,000 to 200,000"):
        assert not differ("How many people live there?", short(told), short(other))
        assert not differ(
            "How many people live there?", short(f"{other} people"), short(f"{told} people")
        )
    assert differ("How many people live there?", short(told), short("90,000"))
