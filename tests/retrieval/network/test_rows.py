import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.network.rows import LENGTH, QUESTION, TITLE, batches, heading, rows_of

pieces = st.lists(st.integers(1000, 30_000), max_size=700)


titled = st.tuples(st.lists(st.integers(1000, 30_000), max_size=40), pieces)


@given(st.lists(st.integers(1000, 30_000), max_size=50), st.lists(titled, max_size=4))
def test_rows_hold_every_piece_of_every_passage(
    question: list[int], passages: list[tuple[list[int], list[int]]]
) -> None:
    rows = rows_of(question, [title for title, _ in passages], [text for _, text in passages])
    for number, (title, passage) in enumerate(passages):
        seen: dict[int, int] = {}
        for row in (row for row in rows if row.passage == number):
            assert row.size <= LENGTH and row.question.tolist() == question[:QUESTION]
            assert row.title.tolist() == title[:TITLE]
            seen |= {row.begin + n: int(piece) for n, piece in enumerate(row.pieces)}
        assert [seen[n] for n in range(len(passage))] == passage


@given(st.lists(pieces, min_size=1, max_size=6))
def test_batches_pad_and_lose_nothing(passages: list[list[int]]) -> None:
    rows = rows_of([7, 8], [[9]] * len(passages), passages)
    found = []
    for batch in batches(rows):
        assert batch.ids.shape == batch.kinds.shape == batch.real.shape
        assert batch.ids.shape[1] % 32 == 0
        for row, ids, kinds, real in zip(
            batch.rows, batch.ids, batch.kinds, batch.real, strict=True
        ):
            assert ids[real].tolist() == [101, 7, 8, 102, 9, *row.pieces.tolist(), 102]
            assert np.flatnonzero(kinds)[:1].tolist() == [4] and ids[row.first - 1] == 9
            found.append(row)
    assert len(found) == len(rows)


def test_a_heading_is_a_sentence() -> None:
    assert [heading(title) for title in ("", "Calm returns", "Who won?")] == [
        "", "Calm returns.", "Who won?",
    ]  # fmt: skip
