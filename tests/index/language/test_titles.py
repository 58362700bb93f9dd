"""Titles before names."""

import pytest

from index.language.names import mentions
from index.language.sentences import sentence_bounds
from index.language.titles import ABBREVIATED, TITLES


@pytest.mark.parametrize("title", sorted(TITLES))
def test_whom_a_title_names_is_a_person(title: str) -> None:
    name = f"{title.title()} Lind"
    (found,) = mentions(f"When did {name} leave?")
    assert (found.text, found.kind) == (name, "person")


@pytest.mark.parametrize("title", sorted(ABBREVIATED))
def test_the_stop_of_a_title_ends_no_sentence(title: str) -> None:
    assert len(sentence_bounds(f"Then {title.capitalize()}. Lind left. He went home.")) == 2


@pytest.mark.parametrize("name", ["King", "Major", "Pope"])
def test_a_surname_is_no_title(name: str) -> None:
    assert name.lower() not in TITLES
