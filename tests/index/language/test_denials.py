"""What a sentence says of a claim."""

import pytest

from index.language.denials import denies, denies_this, says_no


def test_denials() -> None:
    assert denies("The NRF rejected this.") and denies("Officials denied that anyone had died.")
    assert denies("The report is false, he said.")
    assert not denies("The Taliban claimed to be in Bazarak.")
    assert denies_this("The NRF rejected this.") and denies_this("Oslo denied the reports.")
    assert not denies_this("The Taliban claimed to hold Bazarak, but the NRF rejected this.")
    assert not denies_this("The court rejected an appeal.")


@pytest.mark.parametrize(
    ("sentence", "denied", "no"),
    [
        ("She denied the charge.", True, True),
        ("She did not deny the charge.", False, False),
        ("He refused to rule out a strike.", False, False),
        ("They couldn't dismiss it.", False, False),
        ("It was not racist.", False, True),
        ("It wasn't racist.", False, True),
        ("It was not only racist but sexist.", False, False),
        ("It is no longer there.", False, True),
        ("No doubt it is there.", False, False),
        ("He denied that he had not paid.", True, True),
        ("It is there.", False, False),
    ],
)
def test_who_says_no(sentence: str, denied: bool, no: bool) -> None:
    assert denies(sentence) is denied and says_no(sentence) is no
