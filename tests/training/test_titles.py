"""Titles before the passages that are trained on: all of a question's, or none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.training.test_smoke import questions, tokenizer
from training.batches import Mixture, Stream
from training.data import Item, build_items, told_title
from training.rows import CLS, SEP, TrainingRow


def _groups(titles: float, known: bool) -> list[tuple[Item, list[TrainingRow]]]:
    """Many groups of rows, of questions whose negatives have a title or not."""
    rows = questions()
    if known:
        rows += [
            replace(row, id=f"n{row.id}", context=row.hard_negative, answers=(), title="Oslo")
            for row in rows
            if row.hard_negative
        ]
    items, passages, texts = build_items(rows, tokenizer())
    mixture = Mixture(1.0, 1.0, titles, 0.0, 0.0)
    stream = Stream(items, passages, texts, tokenizer(), 1, 160, mixture)
    random = np.random.default_rng(1)
    return [(item, stream._group(item, random)) for item in items for _ in range(20)]


def _begins_with_a_title(row: TrainingRow) -> bool:
    return bool(tokenizer().decode(row.passage[:2].tolist()).endswith(" ."))


@pytest.mark.parametrize("known", [True, False])
def test_all_passages_of_a_question_have_one_or_none(known: bool) -> None:
    titled = []
    for _, rows in _groups(0.5, known):
        first, *rest = map(_begins_with_a_title, rows)
        assert all(one is first for one in rest)
        titled.append((first, len(rows)))
    assert {first for first, rows in titled if rows == 1} == {True, False}
    assert {first for first, rows in titled if rows == 2} == ({True, False} if known else {False})


def test_the_span_is_where_it_was() -> None:
    for titles in (0.0, 1.0):
        for item, (row, *_) in _groups(titles, True):
            if row.last:
                pieces = np.concatenate([[CLS], row.question, [SEP], row.passage, [SEP]])
                said = tokenizer().decode(pieces[row.first : row.last + 1].tolist())
                assert said in {answer.lower() for answer in item.answers}


def test_a_mere_key_is_no_title() -> None:
    row = replace(questions()[0], title="New_York_City", source="squad2_train")
    assert told_title(row) == "New York City"
    assert told_title(replace(row, source="squadshifts_reddit")) == ""
