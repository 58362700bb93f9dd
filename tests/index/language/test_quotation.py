"""Marks of quotation, paired."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.quotation import evened
from index.language.sentences import sentence_bounds

MARKS = '"“”„'


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ('"Yes," he said.', "“Yes,” he said."),
        ('“Yes", he said.', "“Yes”, he said."),
        ('It is so. "', "It is so.  "),
        ("“To the next paragraph.", " To the next paragraph."),
        ('"One. "Two," he said.', " One. “Two,” he said."),
        ("„Ja.“ “No.”", "“Ja.” “No.”"),
        ('("Yes") and \'"No"\'', "(“Yes”) and '“No”'"),
        ('7" long', "7  long"),
        ("\"I left. I said 'no'\", she said.", "“I left. I said 'no'”, she said."),
        ('"I want—", she said.', "“I want—”, she said."),
    ],
)
def test_pairs(line: str, seen: str) -> None:
    assert evened(line) == seen


texts = st.text(alphabet=f"{MARKS}aB. ,'—\n1", max_size=60)


@given(texts)
def test_only_marks_change_and_quotations_never_nest(line: str) -> None:
    seen = evened(line)
    assert len(seen) == len(line)
    assert all(a == b for a, b in zip(line, seen, strict=True) if a not in MARKS)
    marks = [mark for mark in seen if mark in MARKS]
    assert marks == ["“", "”"] * (len(marks) // 2)


@given(texts)
def test_every_character_is_in_one_sentence(text: str) -> None:
    bounds = sentence_bounds(text)
    assert all(a < b for a, b in bounds)
    assert all(one[1] <= two[0] for one, two in pairwise(bounds))
    assert all(not text[at].isspace() for a, b in bounds for at in (a, b - 1))
    inside = {at for a, b in bounds for at in range(a, b)}
    assert all(at in inside for at, one in enumerate(text) if not one.isspace())
