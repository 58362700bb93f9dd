"""Numbers as values: a table of sentences, and laws of comparing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.quantities import quantities
from index.language.quantity import Quantity

# sentence: what is read in it, as "slice = value unit hedge fate"
FOUND = {
    "Twenty-one divers were saved.": ["Twenty-one = 21"],
    "21 divers were saved.": ["21 = 21"],
    "A fund paid $1.2bn for the yard.": ["$1.2bn = 1200000000 dollar"],
    "It paid 1.2 billion dollars.": ["1.2 billion dollars = 1200000000 dollar"],
    "The tank holds 4,500,000 litres.": ["4,500,000 = 4500000"],
    "The tank holds 4.5 million litres.": ["4.5 million = 4500000"],
    "The tank holds 4.500.000 litres.": ["4.500.000 = 4500000"],
    "It costs HK$50 million.": ["HK$50 million = 50000000 hong kong dollar"],
    "It costs 50 million US dollars.": ["50 million US dollars = 50000000 us dollar"],
    "Up to 40 people applied.": ["Up to 40 = 40 most"],
    "About $2m is missing.": ["About $2m = 2000000 dollar about"],
    "More than a dozen boats sailed.": ["More than a dozen = 12 least"],
    "Two hundred and forty people voted.": ["Two hundred and forty = 240"],
    "It took 3½ hours.": ["3½ = 3.5"],
    "Rates are 10 pct, or 12 per cent.": ["10 pct = 10 %", "12 per cent = 12 %"],
    "Between 10 and 20 boats sailed.": ["Between 10 and 20 = 10–20"],
    "Nine people died and 22 others were injured.": ["Nine = 9 dead", "22 = 22 hurt"],
    "The blast killed 31, wounding 8.": ["31 = 31 dead", "8 = 8 hurt"],
    "The toll has risen to 240.": ["240 = 240 dead"],
    "Three were hurt; nobody died.": ["Three = 3 hurt", "nobody = 0 dead"],
    # no quantities
    "On 31 August 2011 at 9.30pm it closed.": [],
    "Rovers won 6-0 in 2015.": [],
    "On Aug. 31 it closed.": [],
    "Nobody knows the Boeing 747.": [],
}


def _shown(sentence: str) -> list[str]:
    shown = []
    for one in quantities(sentence):
        value = f"{one.value:.10g}" + (f"–{one.upto:.10g}" if one.upto is not None else "")
        said = [value, one.unit, one.hedge, one.fate]
        shown.append(f"{sentence[one.start : one.end]} = {' '.join(filter(None, said))}")
    return shown


@pytest.mark.parametrize(("sentence", "found"), FOUND.items())
def test_the_quantities_of_a_sentence(sentence: str, found: list[str]) -> None:
    assert _shown(sentence) == found


def _only(text: str) -> Quantity:
    (found,) = quantities(f"There were {text} there.")
    return found


@pytest.mark.parametrize(
    ("one", "other", "equal", "excludes"),
    [
        ("21 divers", "twenty-one divers", True, False),
        ("$1.2bn", "1.2 billion dollars", True, False),
        ("£5m", "$5m", False, False),
        ("at least 30 boats", "35 boats", False, False),
        ("at least 30 boats", "20 boats", False, True),
        ("up to 40 boats", "55 boats", False, True),
        ("about 100 boats", "104 boats", False, False),
        ("12 boats", "15 boats", False, True),
    ],
)
def test_values_are_compared_and_not_words(
    one: str, other: str, equal: bool, excludes: bool
) -> None:
    first, second = _only(one), _only(other)
    assert first.equals(second) is second.equals(first) is equal
    if not first.another_unit(second):
        assert first.excludes(second) is second.excludes(first) is excludes


@pytest.mark.parametrize(
    ("one", "other", "another"),
    [
        ("41 Britons", "3 Scots", True),
        ("12 people", "3 children", True),
        ("12 people", "15 miners", False),
        ("12 workers", "15 miners", False),
        ("12 boats", "15 houses", True),
        ("12 boats", "15%", True),
        ("12 boats", "15", False),
    ],
)
def test_what_is_counted(one: str, other: str, another: bool) -> None:
    assert _only(one).another_thing(_only(other)) is another


@given(st.text(alphabet="0123456789 .,-–$£%abmnt", max_size=60))
def test_quantities_stand_in_their_sentence_in_order(sentence: str) -> None:
    end = 0
    for one in quantities(sentence):
        assert end <= one.start < one.end <= len(sentence)
        end = one.end
        assert one.equals(one) and not one.excludes(one)
