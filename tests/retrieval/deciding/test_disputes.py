"""Spans that are at odds, through what a reader is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.deciding.disputes import at_odds, denial
from retrieval.reading.reader import Span
from tests.retrieval.deciding.test_decide import answered, span

FRAUD = "Former Globocom boss Ann Lind was directly involved in the fraud, a court was told."
UNSAID = "Former Globocom chief Ann Lind has denied claims that she knew. The fraud cost millions."
DENIED = UNSAID.split(" The")[0]
ASKED = "Did Ann Lind know about the fraud at Globocom?"


def accused() -> Span:
    return span(FRAUD, "directly involved in the fraud", "daily", 0.8)


def contested(asked: str, first: Span, text: str) -> bool:
    """Whether an answer is shown as disputed beside an article that says ``text``."""
    return answered(asked, first, span(text, text.split()[-1], "herald", 0.1)).disputed


def test_what_is_asked_with_yes_or_no_is_denied_in_another_article() -> None:
    reply = answered(ASKED, accused(), span(UNSAID, "millions", "herald", 0.1))
    assert reply.disputed and reply.claims[1].quotes[0].text == DENIED


def test_another_question_is_contested_only_by_name() -> None:
    asked = "What was Ann Lind involved in?"
    assert not contested(asked, accused(), UNSAID)
    named = "Former Globocom boss Ann Lind denied that she was directly involved in the fraud."
    assert contested(asked, accused(), named)


@pytest.mark.parametrize(
    "text",
    [
        "Former Globocom boss Ann Lind did not deny that she knew of the fraud.",
        # Names alone: it is about something else.
        "Former Globocom boss Ann Lind denied that she had been offered a job.",
        # Too little of the question.
        "The former boss denied that she was directly told of the fraud in court.",
    ],
)
def test_what_is_no_denial_of_it(text: str) -> None:
    assert not contested(ASKED, accused(), text)


def test_two_who_say_no_are_not_at_odds() -> None:
    knew = "Former Globocom boss Ann Lind did not know of the fraud at Globocom, a court was told."
    assert not contested(ASKED, span(knew, "did not know of the fraud", "daily", 0.8), UNSAID)


def test_a_denial_that_was_asked_about_denies_nothing() -> None:
    dropped = "The court threw out the fraud case against Ann Lind on Monday."
    first = span(dropped, "threw out the fraud case", "daily", 0.8)
    asked = "Did the court dismiss the case against Ann Lind?"
    assert not contested(asked, first, "A court dismissed the fraud case against Ann Lind.")


def test_a_question_of_function_words_is_denied_by_nobody_elsewhere() -> None:
    other = span(UNSAID, "millions", "herald", 0.1)
    assert denial("Did he do it?", accused(), [accused(), other]) is None


def test_yes_and_no_are_two_claims() -> None:
    asked = "Were the minister's remarks racist?"
    yes = span("The remarks of the minister were racist, the court found.", "racist", "daily", 0.8)
    no = span("The remarks of the minister were not racist, she said.", "not racist", "herald", 0.6)
    reply = answered(asked, yes, no)
    assert reply.disputed and [claim.text for claim in reply.claims] == ["racist", "not racist"]
    assert all(claim.agreement is None for claim in reply.claims)
    thought = "The remarks of the minister were not thought to be racist, she said."
    same = answered(asked, no, span(thought, "racist", "post", 0.6))
    assert not same.disputed


def test_a_number_against_it_is_shown_beside_the_denial() -> None:
    reply = answered(
        "how many people died in the Madrid fire?",
        span("Twelve people died in the Madrid fire.", "Twelve", "daily", 0.8),
        span("The Madrid fire killed 15 people, who died at once.", "15", "herald", 0.7),
        span("The mayor denied that twelve people died in the Madrid fire.", "mayor", "post", 0.1),
    )
    assert [claim.text[:5] for claim in reply.claims] == ["Twelv", "The m", "15"]


SHORT = "Shells hit Zakho on Monday. Nine civilians were killed and 22 others injured."
LONG = "Iran condemned the shelling of Zakho, which led to the injury of 31 civilians."


def test_counts_of_one_event_are_at_odds_though_a_quote_names_no_place() -> None:
    one, other = span(SHORT, "22", "daily", 0.8), span(LONG, "31", "herald", 0.5)
    assert at_odds("How many people were injured in Zakho?", one, other)
    assert not at_odds("How many people were injured in Mosul?", one, other)
    assert not at_odds("how many people were injured?", one, other)


def test_the_questions_own_words_make_no_one_event_of_two() -> None:
    bus = "A bomb hit a bus in Kabul. Nine people were killed by the blast on a busy street."
    ward = "Gunmen came to a Kabul hospital. Thirty people were killed in the hours till dawn."
    bomb, siege = span(bus, "Nine", "daily", 0.8), span(ward, "Thirty", "herald", 0.7)
    assert not at_odds("How many people were killed in Kabul?", bomb, siege)


FIRE = "Twelve people died in the Madrid fire."
OTHER = "The fire in Madrid killed 15 people, who died."
days = st.dates(date(1987, 1, 1), date(2026, 12, 31))


def dated(one: str, other: str) -> bool:
    return at_odds(
        "how many people died in the fire?",
        span(FIRE, "Twelve", "daily", 0.8, one),
        span(OTHER, "15", "herald", 0.7, other),
    )


@given(days, st.integers(0, 400), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_coarse_dates_are_of_one_time_where_some_of_their_days_are(
    first: date, later: int, one: int, other: int
) -> None:
    second = first + timedelta(later)
    told = dated(str(first)[:one], str(second)[:other])
    assert told == dated(str(second)[:other], str(first)[:one])
    assert told or later > 30
    if one == other == 10:
        assert told == (later <= 30)


def test_years_that_only_touch_are_of_one_time() -> None:
    assert dated("2021", "2022-01-20") and not dated("2021", "2022-02-20")
    assert dated("2021-02", "2021-03-29") and not dated("2021-02", "2021-04-29")
    assert dated("2021-13", "2022-02-20"), "what is no date tells nothing"
