"""Small talk is answered, and questions are not taken for it."""

import pytest

from retrieval.question.courtesies import courtesy, leaves


@pytest.mark.parametrize(
    "said",
    ["Hello!", "hi", "Good morning.", "THANKS", "thx!!", "thank you very much", "ok", "lol :)",
     "help", "?", "Who are you?", "what’s your name", "whats your name?", "What can you do??"],
)  # fmt: skip
def test_small_talk_gets_a_line(said: str) -> None:
    assert courtesy(said)


@pytest.mark.parametrize(
    "asked",
    ["thanks to whom did Tarn win?", "help for farmers in Marl?", "who are you talking about?",
     "hello kitty film", "ok tedi cyclone when", "what can you do in Tarn?", "who made the dam?",
     "good morning Vietnam director", "", "no deal brexit"],
)  # fmt: skip
def test_a_question_is_none(asked: str) -> None:
    assert courtesy(asked) is None


def test_who_means_to_leave() -> None:
    assert all(map(leaves, ("quit", "Exit", ":q", "bye!")))
    assert not any(map(leaves, ("who quit?", "brexit", "q&a with whom?")))
