"""What a sentence grants, tells of whom, counts and dates: tables of questions and sentences.

Each row asks whether an answer in a sentence may stand; where another slice of the sentence answers
better, that one is named.
"""

import pytest

from retrieval.deciding.fitting import fitted
from retrieval.question.asked import Question
from tests.retrieval.deciding.test_decide import span

# question, sentence, what was read as the answer, and what comes of it ("" for nothing)
ROWS = [
    # what is denied is not granted
    ("Why did Tarn sell the boat?", "Lund sold the boat; Tarn did not.", "not", ""),
    ("Why did Tarn sell the boat?", "Tarn did not sell the boat, as it floats.", "it floats", ""),
    ("Why did Tarn sell it?", "Tarn did not say why it had to go to pay debts.", "pay debts",
     "pay debts"),
    ("Did Tarn sell the boat?", "Tarn did not sell the boat.", "did not sell", "did not sell"),
    # the event is no reason for itself
    ("Why did Tarn open the dam?", "Tarn opened the dam above Lund on Friday.", "above Lund", ""),
    ("Why did Tarn open the dam?", "Tarn opened the dam to save Lund.", "save Lund", "save Lund"),
    # who does it, and to whom it is done
    ("Who sold the mill?", "The mill was sold to Per Falk.", "Per Falk", ""),
    ("Who sold the mill?", "The mill was sold by Per Falk.", "Per Falk", "Per Falk"),
    ("Who beat Tarn?", "Lund beat Tarn in the rain.", "Lund", "Lund"),
    ("Who opposes the dam?", "Ann Lind called the dam needless.", "Ann Lind", ""),
    ("Who opposes the dam?", "Ann Lind spoke against the dam.", "Ann Lind", "Ann Lind"),
    # whose words
    ("What did Ann Lind say?", "The dam leaks, Per Falk said.", "The dam leaks", ""),
    ("What did Ann Lind say?", "The dam leaks, Ann Lind said.", "The dam leaks", "The dam leaks"),
    ("What did Ann Lind say about the pool?", "The dam leaks, Ann Lind said.", "The dam", ""),
    ("What did Ann Lind say?", "It leaks, she said.", "It leaks", ""),
    ("What does carbon dating tell us?", "It puts the bones at 900 years, Per Falk said.",
     "900 years", "900 years"),
    # who somebody is
    ("Who is Ann Lind?", "Per Falk beat his rival Ann Lind.", "Per Falk", "his rival"),
    ("Who is Ann Lind?", "Ann Lind, the mayor of Tarn, spoke.", "Tarn", "the mayor of Tarn"),
    ("Who is Ann Lind?", "Per Falk met Ann Lind.", "Per Falk", ""),
    # how many of what
    ("How many died?", "Nine were hurt and three died.", "Nine", "three"),
    ("How many died?", "Nine were hurt; nobody died.", "Nine", "nobody"),
    ("How many died?", "Nine were hurt in Tarn.", "Nine", ""),
    ("How many boats sank?", "Boats sank in Tarn.", "Boats", ""),
    ("How many towns signed?", "Tarn, Lund and Oss signed.", "Lund", "Tarn, Lund and Oss"),
    ("How many people are undecided?", "Of 90 people 40 chose Oss, and the rest are undecided.",
     "90", ""),
    ("How much is missing?", "About $2m is missing.", "2m", "About $2m"),
    # when
    ("When was the pool opened?", "The pool was opened illegally in 2016.", "illegally", "2016"),
    ("When was the pool opened?", "The pool was opened illegally.", "illegally", ""),
    ("When may it open?", "It may open once it is dry.", "once it is dry", "once it is dry"),
    ("Who won in 2010?", "Ann Lind won in 2022.", "Ann Lind", ""),
    ("Who won in 2010?", "Ann Lind won in May 2010.", "Ann Lind", "Ann Lind"),
    ("Who has won since 2010?", "Ann Lind won in 2022.", "Ann Lind", "Ann Lind"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "sentence", "read", "comes"), ROWS)
def test_what_comes_of_an_answer(question: str, sentence: str, read: str, comes: str) -> None:
    found = fitted(Question.alone(question), span(sentence, read, "daily", 0.9))
    assert (found.text if found else "") == comes


def test_the_event_told_again_is_less_likely_its_reason() -> None:
    asked = Question.alone("Why did Tarn open the dam?")
    again = span("Tarn opened the dam on a Friday.", "a Friday", "daily", 0.9)
    reason = span("Tarn opened the dam after a flood.", "a flood", "daily", 0.9)
    less, full = fitted(asked, again), fitted(asked, reason)
    assert less and full and 0 < less.score < full.score == reason.score


def test_what_is_not_dated_counts_less_where_the_time_asked_for_is_nowhere() -> None:
    asked = Question.alone("Who won in 2010?")
    told = span("Ann Lind won in Tarn.", "Ann Lind", "daily", 0.9)
    undated, held = fitted(asked, told), fitted(asked, told, {"2010"})
    assert undated and held and undated.score < held.score == told.score
    for published, stands in (("2022-03-01", False), ("2010-03-01", True)):
        dated = span("Ann Lind won in Tarn.", "Ann Lind", "daily", 0.9, published)
        assert bool(fitted(asked, dated)) is stands
