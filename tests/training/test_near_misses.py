"""Questions that their passage nearly answers."""

from __future__ import annotations

import numpy as np

from tests.training.test_smoke import questions, tokenizer
from training.batches import Mixture, Stream
from training.data import build_items
from training.near_misses import near_miss, nouns_of

VALLEY = (
    "Some 150,000 people live in the valley of Panjshir, which lies north of Kabul. It was held by "
    "Ahmad Massoud in 1996. The Taliban came back in 2001."
)
NOUNS = ("language", "people", "valley", "mayor")


def edits(question: str, answers: tuple[str, ...], nouns: tuple[str, ...] = NOUNS) -> set[str]:
    """All that come up in many draws."""
    random = np.random.default_rng(5)
    made = (near_miss(question, VALLEY, answers, nouns, random) for _ in range(300))
    return {one for one in made if one is not None}


def test_another_place_of_the_passage_is_asked_about() -> None:
    made = edits("What is the population of Panjshir?", ("150,000",))
    assert "What is the population of Kabul?" in made
    assert not any("Taliban" in one for one in made), "a place stands for a place where one can"


def test_another_noun_is_one_that_the_passage_lacks() -> None:
    made = edits("What is the population of Panjshir?", ("150,000",))
    asked = {one for one in made if "Panjshir" in one}
    nouns = {one.split()[3] for one in asked}
    assert nouns == {"language", "mayor"}


def test_another_year_of_the_passage_but_not_the_answer() -> None:
    assert edits("Who held it in 1996?", ("Ahmad Massoud",), ()) == {"Who held it in 2001?"}
    assert edits("Who held it in 1996?", ("2001",), ()) == set()


def test_no_name_of_an_answer_is_put_in() -> None:
    made = edits("Who held it before the Taliban?", ("Ahmad Massoud",), ())
    assert made, "another name stands there"
    assert not any("Massoud" in one or "Ahmad" in one for one in made)


def test_a_possessive_stays_one() -> None:
    made = edits("Who holds Panjshir's capital?", ("nobody",), ())
    assert made
    assert all("'s capital?" in one for one in made)


def test_a_question_without_any_of_these_is_left_alone() -> None:
    assert edits("why did they fight?", ("honour",)) == set()


def test_nouns_are_those_that_are_asked_for() -> None:
    asked = ["What year did it end?", "Who wrote the song of it?", "What kind of song was it?"]
    assert nouns_of(asked) == ["year", "song"]


def test_edited_questions_are_shown_as_not_answered() -> None:
    items, passages, texts = build_items(questions(), tokenizer())
    mixture = Mixture(0.0, 1.0, 0.0, edited=1.0, near=1.0)
    stream = Stream(items, passages, texts, tokenizer(), 1, 160, mixture)
    random = np.random.default_rng(1)
    shown = [stream._group(item, random) for item in items for _ in range(5)]
    assert all(len(rows) == 1 and rows[0].last == 0 for rows in shown)
