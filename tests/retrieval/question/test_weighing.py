import pytest

from retrieval.question.weighing import FEATURES, Weighed, features


def _ask(text: str, **frequency: int) -> Weighed:
    return Weighed.by_frequency(text, lambda word: frequency.get(word, 0), 100)


@pytest.mark.parametrize(
    ("question", "sentence", "kind"),
    [
        ("When did he leave?", "He left on Monday.", 1),
        ("When did he leave?", "He left in anger.", -1),
        ("how many died", "At least 13 died.", 1),
        ("how many died", "They died.", -1),
        ("Who spoke?", "The spokesman Fahim Dashti did.", 1),
        ("Who is Dashti?", "It was Dashti.", -1),
        ("Who spoke?", "He did.", -1),
        ("What happened?", "He left.", 0),
    ],
)
def test_the_kind_of_answer(question: str, sentence: str, kind: float) -> None:
    assert _ask(question).kind(sentence) == kind


def test_a_rare_word_covers_more_than_a_common_one() -> None:
    question = _ask("Taliban spokesman", taliban=90, spokesman=2)
    assert question.covered(["spokesman"]) > 0.5 > question.covered(["taliban"])
    assert question.covered(["taliban", "spokesman"]) == pytest.approx(1)
    assert _ask("of the").covered(["of"]) == 0


def test_an_abbreviation_is_covered_by_its_meaning() -> None:
    forms = {"wada": frozenset({"world", "agenc"})}
    question = Weighed.by_frequency("Who leads WADA?", lambda _: 1, 10, forms)
    assert question.covered(["lead", "world", "agenc"]) == 1
    assert question.covered(["lead", "world"]) == question.covered(["lead"]) == 0.5
    assert question.covered(["lead", "wada"]) == 1


def test_names_that_are_missing_and_the_rarest_word_that_is_not() -> None:
    forms = {"wada": frozenset({"world", "agenc"})}
    names = frozenset({"wada", "bari"})
    frequency = {"lead": 50, "wada": 9, "bari": 1}
    question = Weighed.by_frequency(
        "Who leads WADA in Bari?", frequency.__getitem__, 100, forms, names
    )
    assert question.unnamed(set()) == question.unnamed({"lead", "world"}) == 2
    assert question.unnamed({"wada"}) == question.unnamed({"world", "agenc"}) == 1
    assert question.unnamed({"wada", "bari"}) == 0
    assert question.missing({"world", "lead"}) == 2 and question.missing({"wada", "lead"}) == 1
    assert question.rarest({"bari", "wada", "lead"}) == 1.0
    assert 0 == question.rarest(set()) < question.rarest({"lead"}) < question.rarest({"wada"}) < 1


def test_features_stand_in_their_order() -> None:
    question = _ask("who leads the NRF")
    found = features(question, "Massoud leads the NRF.", ["nrf"], (0.7, 0.4))
    assert len(found) == len(FEATURES)
    assert found[0] == 1 and found[1] < 1 and found[-2:] == (0.7, 0.4)
