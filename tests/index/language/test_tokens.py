"""The words of a sentence, and its runs that are names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.tokens import names_of, tokens_of

NAMES = {
    "Then Gen. Abdul Wudod Zara of the NRF left.": ["Gen. Abdul Wudod Zara", "NRF"],
    "The chairman, Sen. John McCain, left.": ["Sen. John McCain"],
    "Mr Smith met Ursula von der Leyen.": ["Smith", "Ursula von der Leyen"],
    "The AT&T chief Ann Lind spoke.": ["AT&T", "Ann Lind"],
    "Oslo's mayor Jo Birk agreed.": ["Oslo's", "Jo Birk"],
    "Our President, Evo Morales, left.": ["Evo Morales"],
    "They left.": [],
}


@pytest.mark.parametrize(("sentence", "names"), NAMES.items())
def test_names(sentence: str, names: list[str]) -> None:
    tokens = tokens_of(sentence)
    found = names_of(tokens, [token.low for token in tokens])
    assert [sentence[tokens[a].start : tokens[b - 1].end] for a, b in found] == names


@given(st.text(max_size=80))
def test_every_mark_is_in_one_token(text: str) -> None:
    tokens = tokens_of(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert "".join(token.text for token in tokens) == "".join(text.split())
