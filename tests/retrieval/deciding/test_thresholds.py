"""Where the lines between a hint, a claim, a rival and an echo are drawn, in figures of their own:
a test that borrows them from the code cannot see them move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.answer import Abstention, Answer, Reply
from retrieval.deciding.decide import DEFAULT_THRESHOLD, NOT_OUTRIGHT, NOT_SAID, decide
from retrieval.question.asked import Question
from tests.retrieval.deciding.test_decide import NOTHING, STAMP, span

TOLL = Question.alone("how many people died in the fire?")
TWELVE = span("Twelve people died in the Madrid fire.", "Twelve", "daily", 0.8)
FIFTEEN = span("The fire in Madrid killed 15 people, who died at once.", "15", "herald", 0.8)
CARS = span("The Madrid fire burnt 300 cars.", "300 cars", "post", 0.8)
ALSO = span("In the Madrid fire twelve people died on Monday.", "twelve", "times", 0.8)


def claims(reply: Reply) -> list[str]:
    assert isinstance(reply, Answer)
    return [claim.text for claim in reply.claims]


@pytest.mark.parametrize(("score", "answers"), [(0.26, True), (0.24, False)])
def test_a_claim_is_at_least_one_in_four_likely(score: float, answers: bool) -> None:
    reply = decide(TOLL, [replace(TWELVE, score=score)], DEFAULT_THRESHOLD, NOTHING, STAMP)
    assert isinstance(reply, Answer) is answers


@pytest.mark.parametrize(("score", "reason"), [(0.06, NOT_OUTRIGHT), (0.04, NOT_SAID)])
def test_one_in_twenty_bears_on_the_question(score: float, reason: str) -> None:
    reply = decide(TOLL, [replace(TWELVE, score=score)], 0.25, NOTHING, STAMP)
    assert isinstance(reply, Abstention) and reply.reason == reason


@pytest.mark.parametrize(("share", "shown"), [(0.52, 2), (0.48, 1)])
def test_a_further_claim_is_half_as_likely_as_the_first(share: float, shown: int) -> None:
    reply = decide(TOLL, [TWELVE, replace(CARS, score=0.8 * share)], 0.1, NOTHING, STAMP)
    assert len(claims(reply)) == shown


@pytest.mark.parametrize(("share", "disputed"), [(0.27, True), (0.23, False)])
def test_another_number_is_against_it_from_a_quarter_on(share: float, disputed: bool) -> None:
    reply = decide(TOLL, [TWELVE, replace(FIFTEEN, score=0.8 * share)], 0.1, NOTHING, STAMP)
    assert isinstance(reply, Answer) and reply.disputed is disputed


@pytest.mark.parametrize(("share", "quotes"), [(0.06, 2), (0.04, 1)])
def test_a_twentieth_is_enough_to_say_it_too(share: float, quotes: int) -> None:
    reply = decide(TOLL, [TWELVE, replace(ALSO, score=0.8 * share)], 0.25, NOTHING, STAMP)
    assert isinstance(reply, Answer) and len(reply.claims[0].quotes) == quotes
