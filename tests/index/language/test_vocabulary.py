"""Abbreviations where a text explains them, and words as they are mostly written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.folding import fold
from index.language.vocabulary import VocabularyBuilder, definitions, long_form
from tests.generated import texts


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "Massoud said the National Resistance Front of Afghanistan (NRF), which includes",
            "NRF",
            "National Resistance Front of Afghanistan",
        ),
        ("a complaint to the Office of Fair Trading (OFT) in May", "OFT", "Office of Fair Trading"),
        ("talks at the WTO (World Trade Organisation) failed", "WTO", "World Trade Organisation"),
        ("the UN Environment Programme (UNEP) said", "UNEP", "UN Environment Programme"),
        ("researchers at Bell Labs; the central executive committee (CEC)", "CEC",
         "central executive committee"),
    ],
)  # fmt: skip
def test_definitions_are_found(text: str, short: str, long: str) -> None:
    assert list(definitions(text)) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "He was born in Kabul (Afghanistan) in 1989.",
        "The shares fell (AP) on Monday.",
        "She lost her seat (SNP) last year.",
        "The match (see below) was late; the team (UK) won.",
        "of the (OT)",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert list(definitions(text)) == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ségolène", "segolene"),
        ("NRF", "nrf"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Søren Ødegård", "soren odegard"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("Kavacık", "kavacik"),
        ("O’Brien", "o'brien"),
        ("Oʼ‘`´Brien", "o''''brien"),
        ("co\u00adop", "coop"),
    ],
)
def test_words_are_compared_without_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(f"{text} " * 50) == f"{folded} " * 50


@given(texts)
def test_characters_fold_one_by_one(text: str) -> None:
    assert fold(text) == "".join(map(fold, text)) == fold(fold(text))
    if text.isalpha() and text.isascii():
        assert fold(text) == text.lower()


@given(st.text(alphabet="ABab of(-)’é.", max_size=60))
def test_a_long_form_is_words_of_the_text_and_holds_the_letters(text: str) -> None:
    for short, long in definitions(text):
        assert long in " ".join(text.split())
        rest = iter(fold(long))
        assert all(letter in rest for letter in fold(short.rstrip("s")) if letter.isalnum())


def test_a_long_form_is_not_longer_than_the_letters_allow() -> None:
    assert long_form("AB", "a b c d e f g h i j") is None


def test_words_are_counted_by_passage_and_shown_as_mostly_written() -> None:
    builder = VocabularyBuilder()
    for text in ("Massoud spoke. Massoud’s men", "MASSOUD and Massoud", "massoud", "Panjshir"):
        builder.add(text)
    found = {word.folded: (word.shown, word.count) for word in builder.words()}
    assert found == {"massoud": ("Massoud", 4)}


def test_a_definition_that_many_texts_give_counts_so_often() -> None:
    builder = VocabularyBuilder()
    for text in ("the World Bank Group (WBG)", "World bank group (WBG)", "World Bank Group (WBG)"):
        builder.add(text)
    assert [(a.short, a.long, a.count) for a in builder.abbreviations()] == [
        ("WBG", "World Bank Group", 3)
    ]


passages = st.lists(
    st.sampled_from(
        ["Massoud", "massoud", "the World Bank Group (WBG)", "World bank group (WBG)", "Café",
         "cafe", "WTO (World Trade Organisation)", "said,", "ß", "Straße"]
    ),
    max_size=8,
).map(" ".join)  # fmt: skip


@given(st.lists(passages, max_size=6), st.lists(passages, max_size=6))
def test_what_is_taken_away_was_never_counted(gone: list[str], kept: list[str]) -> None:
    first = VocabularyBuilder()
    for text in [*gone, *kept[:3]]:
        first.add(text)
    grown, anew = VocabularyBuilder(json.loads(json.dumps(first.counts()))), VocabularyBuilder()
    for text in gone:
        grown.add(text, -1)
    for text in kept[3:]:
        grown.add(text)
    for text in kept:
        anew.add(text)
    assert json.dumps(grown.counts()) == json.dumps(anew.counts())
    assert list(grown.words()) == list(anew.words())
    assert list(grown.abbreviations()) == list(anew.abbreviations())
