"""One answer or two, and what contests what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.agreement import (
    about_the_same,
    denies,
    denies_this,
    differ,
    echoes,
    may_name,
    same_answer,
    timely,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Massoud", "Ahmad Massoud", True),
        ("Tony Blair", "Prime Minister Tony Blair", True),
        ("12", "twelve", True),
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
    assert same_answer(one, other) is same


@given(st.text(max_size=30), st.text(max_size=30))
def test_sameness_has_no_order_and_everything_is_itself(one: str, other: str) -> None:
    assert same_answer(one, other) == same_answer(other, one)
    assert same_answer(one, one)


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
    assert differ(question, one, other) is at_odds


def test_an_answer_that_only_says_again_what_was_asked() -> None:
    asked = "Who is the chief of WADA (World Anti-Doping Agency)?"
    assert echoes(asked, "The World Anti-Doping Agency") and echoes(asked, "WADA")
    assert not echoes(asked, "Dick Pound") and not echoes(asked, "the")
    assert not echoes("Is it Oslo or Rome?", "Rome") and not echoes("Did the NRF agree?", "agree")


def test_denials() -> None:
    assert denies("The NRF rejected this.") and denies("Officials denied that anyone had died.")
    assert denies("The report is false, he said.")
    assert not denies("The Taliban claimed to be in Bazarak.")
    assert denies_this("The NRF rejected this.") and denies_this("Oslo denied the reports.")
    assert not denies_this("The Taliban claimed to hold Bazarak, but the NRF rejected this.")
    assert not denies_this("The court rejected an appeal.")
    assert about_the_same(
        "The Taliban claimed to hold Bazarak, the provincial capital.",
        "That the Taliban hold the provincial capital was denied.",
    )
    assert not about_the_same("The Taliban claimed victory.", "The bank denied losses.")


@pytest.mark.parametrize(
    ("question", "now"),
    [
        ("who leads the NRF?", True),
        ("who is the prime minister?", True),
        ("how many people are still missing?", True),
        ("what is the latest on the truce?", True),
        ("who was the prime minister?", False),
        ("who won the match?", False),
        ("when did it open?", False),
        ("who is the man who had a stroke in 1999?", False),
    ],
)
def test_timely(question: str, now: bool) -> None:
    assert timely(question) is now


@pytest.mark.parametrize(
    ("question", "answer", "may"),
    [
        ("who leads the NRF?", "former Afghan security forces and local militias", False),
        ("who leads the NRF?", "Ahmad Massoud", True),
        ("Who is the spokesman of the NRF?", "Fahim Dashti, a journalist", True),
        ("Who's the president?", "Mr Kirchner", True),
        ("Who heads the union?", "Gordon of Khartoum", True),
        ("Who is the captain?", "Özil", True),
        ("Who is the captain?", "“Ömer” the elder", True),
        ("Who led the march?", "students", True),
        ("Who is the current mayor?", "its founder", False),
        ("Who proposed the settlement?", "religious clerics", True),
        ("What does the NRF lead?", "local militias", True),
        ("What is the name of the general?", "13 bodyguards", False),
        ("what's his full name", "Abdul Wudod Zara", True),
        ("What is the name of his phone?", "the new iPhone", True),
        ("What does the name mean?", "five lions", True),
        ("Who is Tony Blair's chancellor?", "Westminster legend", False),
        ("Who is Tony Blair's chancellor?", "Gordon Brown", True),
        ("who is the NRF’s spokesman", "a former journalist", False),
        ("Who is the prime minister of India?", "the head of government", False),
        ("Who was in the minister's office?", "two guards", True),
        ("Who leads the NRF (National Front)?", "Taliban stopped, the National Front", False),
        ("Who leads the NRF (National Front)?", "Massoud of the National Front", True),
        ("Who is the chief of WADA?", "a doping agency", False),
        ("Who was the lawyer of the sprinter?", "Gregory Ioannidis", True),
    ],
)
def test_who_asks_for_a_name_is_given_one(question: str, answer: str, may: bool) -> None:
    assert may_name(question, answer) is may


def test_a_number_in_a_range_is_at_odds_with_none() -> None:
    told = "between 150,000 and 200,000"
    for other in ("200,000", "180,000 people", "150,000 to 200,000"):
        assert not differ("How many people live there?", told, other)
        assert not differ("How many people live there?", f"{other} people", f"{told} people")
    assert differ("How many people live there?", told, "90,000")
