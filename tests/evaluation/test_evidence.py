import pytest

from evaluation.evidence import contains, holds, is_evidence, overlaps

EVIDENCE = "Between 150,000 and 200,000 people live in Panjshir, a steep mountain valley."


@pytest.mark.parametrize(
    ("gold", "evidence"),
    [
        ("Fahim Dashti", False),
        ("transforming mobility for millions of people.”", True),
        ("a word more than five but no stop", False),
        ("one two three four five six seven eight nine ten eleven twelve", True),
        ("Smith Jr.", False),
    ],
)
def test_a_sentence_is_evidence_and_a_name_is_not(gold: str, evidence: bool) -> None:
    assert is_evidence(gold) == evidence


def test_a_short_answer_must_stand_there_in_whole_words() -> None:
    assert contains("He said “13” bodyguards were killed.", "13")
    assert not contains("In 1313 nobody was killed.", "13")
    assert not contains("killed were bodyguards", "bodyguards were killed")
    assert contains("It cost $.", "$") and not contains("It cost nothing.", "$")


def test_evidence_counts_from_half_of_the_shorter() -> None:
    words = EVIDENCE.split()
    assert overlaps(" ".join(words[:7]) + " and so on and on and on and on and on", EVIDENCE)
    assert not overlaps(" ".join(words[:4]) + " and so on and on and on and on and on", EVIDENCE)
    assert overlaps("live in Panjshir", EVIDENCE)
    assert not overlaps("", EVIDENCE)


def test_any_gold_will_do() -> None:
    assert holds("Some 200,000 people live there.", ["nobody", "200,000"])
    assert holds(EVIDENCE, ["nobody", EVIDENCE]) and not holds("No.", ["nobody", EVIDENCE])
    assert not holds(EVIDENCE, [])
