from retrieval.agreement import differ
from retrieval.disputes import at_odds, denial
from retrieval.reader import Span
from tests.retrieval.test_decide import span

FRAUD = "Former Globocom boss Ann Lind was directly involved in the fraud, a court was told."
DENIED = "Former Globocom chief Ann Lind has denied claims that she knew of the false books."


def accused() -> Span:
    return span(FRAUD, "directly involved in the fraud", "daily", 0.8)


def test_what_is_asked_with_yes_or_no_is_denied_in_another_article() -> None:
    asked = "Did Ann Lind know about the fraud at Globocom?"
    other = span(DENIED, "false books", "herald", 0.2)
    found = denial(asked, accused(), [accused(), other])
    assert found is not None and found.passage is other.passage and found.text == DENIED


def test_a_denial_of_something_else_contests_nothing() -> None:
    other = span(DENIED, "false books", "herald", 0.2)
    assert denial("What was Ann Lind involved in?", accused(), [accused(), other]) is None
    sailing = span("Ann Lind denied that she sailed.", "sailed", "herald", 0.2)
    assert denial("Did Ann Lind know about it?", accused(), [accused(), sailing]) is None


def test_counts_of_one_event_are_at_odds_though_a_quote_names_no_place() -> None:
    short = "Shells hit Zakho on Monday. Nine civilians were killed and 22 others injured."
    long = "Iran condemned the shelling of Zakho, which led to the injury of 31 civilians."
    one, other = span(short, "22", "daily", 0.8), span(long, "31", "herald", 0.5)
    assert at_odds("How many people were injured in Zakho?", one, other)
    assert not at_odds("How many people were injured in Mosul?", one, other)
    assert not at_odds("how many people were injured?", one, other)


def test_yes_and_no_differ() -> None:
    asked = "Were the remarks racist?"
    assert differ(asked, "racist remarks", "not racist") and differ(
        asked, "wasn't racist", "racist"
    )
    assert not differ(asked, "racist remarks", "racist comments")
    assert not differ(asked, "racist remarks", "not on Monday")
    assert not differ("What were the remarks?", "racist remarks", "not racist")
