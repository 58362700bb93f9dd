from hypothesis import given

from index.language.words import words
from tests.generated import texts


def test_forms_that_must_meet() -> None:
    for one, other in [
        ("leader", "leaders"),
        ("U.S.", "US"),
        ("NRF's", "nrf"),
        ("NRF’s", "NRF"),
        ("Ségolène", "segolene"),
        ("1,000", "1000"),
        ("killed", "kill"),
    ]:
        assert words(one) == words(other) != []


def test_function_words_are_left_out() -> None:
    assert words("What is the of and it?") == []


def test_the_organisation_is_not_the_question_word() -> None:
    assert words("who leads the WHO") == ["lead", "who"]


def test_numbers_keep_their_decimals() -> None:
    assert words("3.5 and 35") == ["3.5", "35"]


@given(texts)
def test_words_are_words(text: str) -> None:
    found = words(text)
    assert all(word and not word.isspace() for word in found)
    assert words(text.upper()) is not None


def test_a_stem_keeps_apart_what_means_something_else() -> None:
    """The English stemmer; Porter's first one throws these together."""
    assert words("generous") != words("generate")
    assert words("news") != words("new")
