"""Questions that lean on the ones before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.names import mentions
from retrieval.answer import Abstention, Answer, Claim, Quote, Searched
from retrieval.question.followup import Turn, stand_alone, turn_of
from tests.retrieval.deciding.test_decide import PASSAGE

NRF = Turn("who leads the NRF?", "Ahmad Massoud")
FIRE = Turn("How many people died in the fire in Madrid in 2004?", "12")
AIRLINE = Turn("who bought the airline?", "Richard Branson")
RESULTS = Turn("when did Time Warner publish its results?", "on Friday")
CRANE = Turn("How many people were killed in the Mecca crane collapse?", "107")
CUP = Turn("who did Southampton draw in the FA Cup?", "Brentford")
JOBS = Turn("How many jobs did US firms add in January?", "146,000")
BANK = Turn("which bank is paying the victims?", "Riggs Bank")
LOWER = Turn("who leads the nrf?")
SPOKESMAN = Turn("who is the spokesman of the NRF?", "Fahim Dashti")
DATED = Turn("In 2006, did it rain in Connecticut?")
UNSAID = Turn("Who is the chief executive of Apple?")


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (NRF, "and who is their spokesman?", "who is the NRF’s spokesman?"),
        (NRF, "how old is he?", "how old is Ahmad Massoud?"),
        (NRF, "what did he say about it?", "what did Ahmad Massoud say about the NRF?"),
        (NRF, "and the Taliban?", "who leads the Taliban?"),
        (NRF, "what about Spain?", "who leads Spain?"),
        (NRF, "is there a spokesman?", "is there a spokesman (the NRF)?"),
        (CRANE, "how many were hurt?", "how many were hurt (the Mecca crane collapse)?"),
        (CRANE, "why did it fall?", "why did the Mecca crane collapse fall?"),
        (CUP, "and Chelsea?", "who did Chelsea draw in the FA Cup?"),
        (JOBS, "and in December?", "How many jobs did US firms add in December?"),
        (BANK, "how much?", "How much Riggs Bank is paying the victims?"),
        (LOWER, "and who is their spokesman?", "who is the nrf’s spokesman?"),
        (FIRE, "and in 2003?", "How many people died in the fire in Madrid in 2003?"),
        (FIRE, "what about Lisbon?", "How many people died in the fire in Lisbon in 2004?"),
        (FIRE, "how did it start?", "how did the fire in Madrid start?"),
        (FIRE, "what did the mayor say there?", "what did the mayor say in Madrid?"),
        (AIRLINE, "when?", "When Richard Branson bought the airline?"),
        (AIRLINE, "when was that?", "When Richard Branson bought the airline?"),
        (AIRLINE, "why did he buy it?", "why did Richard Branson buy the airline?"),
        (SPOKESMAN, "and who leads them?", "who leads the NRF?"),
        (SPOKESMAN, "how old is he?", "how old is Fahim Dashti?"),
        (SPOKESMAN, "what did they want for her?", "what did the NRF want for Fahim Dashti?"),
        (DATED, "what had he said?", "what had he said (Connecticut)?"),
        (UNSAID, "how old is he?", "how old is the chief executive of Apple?"),
        (UNSAID, "what does it sell?", "what does Apple sell?"),
        (RESULTS, "why?", "Why did Time Warner publish its results?"),
        (RESULTS, "how much did it make in 2003?", "how much did Time Warner make in 2003?"),
        (RESULTS, "who runs the company?", "who runs the company (Time Warner)?"),
    ],
)
def test_what_is_left_out_is_put_in(before: Turn, question: str, whole: str) -> None:
    assert stand_alone(question, [before]) == whole


@pytest.mark.parametrize(
    "question",
    [
        "how many people live in Panjshir?",
        "who won the World Cup in 2018?",
        "is there a truce in Kabul?",
        "what did the Taliban claim about Bazarak?",
        "why did the power fail in Kabul?",
        "When did Canada scrap its $1,000 note?",
        "How old is Louise Haggerty, who said she saw two guards?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert stand_alone(question, [NRF, FIRE]) == question


def test_without_a_history_nothing_changes() -> None:
    assert stand_alone("why?", []) == "why?"


def test_an_older_turn_helps_when_the_last_names_nothing() -> None:
    turns = [NRF, Turn("what happened next?")]
    assert stand_alone("who is their spokesman?", turns) == "who is the NRF’s spokesman?"


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_any_conversation_gives_a_question(question: str, before: str, answer: str) -> None:
    assert isinstance(stand_alone(question, [Turn(before, answer)]), str)


@given(st.text(max_size=120))
def test_a_mention_stands_where_it_says(text: str) -> None:
    for mention in mentions(text):
        assert text[mention.start :].startswith(mention.text)


def test_a_turn_remembers_what_was_searched_and_answered() -> None:
    quote = Quote.cut(PASSAGE, 0, 24, (0, 3))
    searched = Searched("who is the NRF’s spokesman?", "follow-up")
    reply = Answer("and theirs?", (Claim("One", 0.9, (quote,)),), "hybrid", "g", searched=searched)
    assert turn_of(reply) == Turn("who is the NRF’s spokesman?", "One", quote.text, "a")
    assert turn_of(Abstention("why?", "no", (), "hybrid", "g")) == Turn("why?")
    filtered = Abstention('who spoke since:2030 title:"a b"?', "no", (), "hybrid", "g")
    assert turn_of(filtered) == Turn("who spoke ?")
