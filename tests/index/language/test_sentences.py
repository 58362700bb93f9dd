"""Bounds that news needs. The rows are printed with plain sentencex's score by the benchmark."""

import pytest

from index.language.sentences import sentence_bounds
from tests.index.language.sentence_pairs import ROWS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:30])
def test_sentences(row: list[str]) -> None:
    text = " ".join(row)
    assert [text[a:b] for a, b in sentence_bounds(text)] == row


def test_a_line_break_ends_a_sentence() -> None:
    text = "MARKETS\n- shares up\n- bonds down"
    assert [text[a:b] for a, b in sentence_bounds(text)] == text.split("\n")
