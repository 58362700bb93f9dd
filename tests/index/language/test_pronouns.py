"""Names that a quote means."""

from __future__ import annotations

import pytest

from index.language.pronouns import REACH, leans, meant

NAMES = {"laura", "massoud"}
REFERRING = {
    "She hates it.": True,
    "Theirs was lost.": True,
    "We left.": True,
    "I left.": True,
    "It fell.": True,
    "He told us.": True,
    "“Shops pay little.”": True,
    "The US economy grew, IT most.": False,
    "Part i of the law failed.": False,
    "Shops pay little.": False,
}


@pytest.mark.parametrize(("quote", "refers"), REFERRING.items())
def test_what_refers_to_who_was_named(quote: str, refers: bool) -> None:
    assert meant(NAMES, quote, "Laura shops. ") == ({"laura"} if refers else set())


def test_a_pronoun_or_direct_speech_means_who_was_named_before() -> None:
    told = "Laura shops for a living. "
    assert meant(NAMES, "She hates it now.", told) == {"laura"}
    assert meant(NAMES, "“It pains me,” she said.", told) == {"laura"}
    assert meant(NAMES, "“Shops pay little.”", told) == {"laura"}
    assert meant(NAMES, "Shops pay little.", told) == set()
    assert meant(set(), "She hates it now.", told) == set()


@pytest.mark.parametrize(
    ("sentence", "so"),
    [
        ("He left.", True),
        ("“Their shops pay little.”", True),
        ("Such shops pay little.", True),
        ("The two left.", True),
        ("Itself it is nothing.", False),
        ("The shops pay little.", False),
        ("Theresa left.", False),
    ],
)
def test_a_sentence_that_leans_on_the_one_before(sentence: str, so: bool) -> None:
    assert leans(sentence) is so


def test_only_what_stands_shortly_before() -> None:
    far = "Laura shops. " + "It rained all day. " * (REACH // 19 + 1)
    assert meant(NAMES, "She hates it.", far) == set()
    assert meant(NAMES, "She hates it.", "Massoud said so. " * 100) == {"massoud"}


def test_a_word_that_the_reach_cuts_is_none() -> None:
    cut = "Anna" + "laura" + " " * (REACH - 5)
    assert len(cut) > REACH and meant(NAMES, "She hates it.", cut) == set()


def test_a_country_in_capitals_is_no_pronoun() -> None:
    assert meant(NAMES, "The US economy grew, IT most.", "Laura shops. ") == set()
    assert meant(NAMES, "He told us, and it rained.", "Laura shops. ") == {"laura"}


def test_who_he_is_is_told_up_to_four_hundred_letters_before() -> None:
    def before(letters: int) -> str:
        return "Anna Laura " + ("it rained " * 60)[: letters - 6]

    assert meant(NAMES, "She hates it.", before(396)) == {"laura"}
    assert meant(NAMES, "She hates it.", before(405)) == set()
