import pytest

from index.sentences import sentence_bounds

ONE = [
    "The U.S. said Mr. Smith left on Jan. 5.",
    "He met Gen. Abdul Wudod Zara and Dr. Jane Roe.",
    "Pollution rose by approx. 40 per cent.",
    "The match ended 2-1 … to nobody’s surprise.",
    "He lives at No. 10 Downing Street.",
    "J. R. R. Tolkien wrote it.",
    "Shares fell 3.5% to $1.13bn.",
    "It starts at 5 p.m. Tuesday.",
]
TWO = [
    ("He left.", "She stayed."),
    ("“I am here.”", "Nobody answered."),
    ("It was a “test.”", "Really?"),
    ("Prices rose 5%.", "The bank waited."),
    ("Who leads the NRF?", "Nobody said."),
    ("It grew in the U.S.", "The rest of the world waited."),
]


@pytest.mark.parametrize("sentence", ONE)
def test_one_sentence(sentence: str) -> None:
    assert [sentence[a:b] for a, b in sentence_bounds(sentence)] == [sentence]


@pytest.mark.parametrize("pair", TWO)
def test_two_sentences(pair: tuple[str, str]) -> None:
    text = " ".join(pair)
    assert tuple(text[a:b] for a, b in sentence_bounds(text)) == pair
