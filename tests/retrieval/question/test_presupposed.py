"""What a question takes for granted."""

from __future__ import annotations

import pytest

from index.language.words import words
from retrieval.question.presupposed import unheard_of

HELD = {stem: 3 for stem in words("power Kabul masks tigers doctors")}


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("Why is there a power outage in Kabul?", "outage"),
        ("why was there an outage", "outage"),
        ("Where are there any unicorns near Kabul?", "unicorns"),
        ("Are there any unicorns near Kabul?", None),
        ("Why are there so few surgical masks?", None),
        ("Why is there power in Kabul?", None),
        ("How many tigers are there?", None),
        ("How many tigers are there in Nepal?", None),
        ("Why is there?", None),
        ("Who caused the outage?", None),
    ],
)
def test_a_thing_that_no_passage_mentions(question: str, thing: str | None) -> None:
    assert unheard_of(question, lambda word: HELD.get(word, 0)) == thing
