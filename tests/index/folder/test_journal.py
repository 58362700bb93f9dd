from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folder.journal import Journal
from index.model import EncoderCard

CARD = EncoderCard("test", "ab" * 32, 8)
SIZE = 16 + 4 + 4 * 8


def _filled(folder: Path, count: int) -> tuple[Journal, list[bytes], np.ndarray]:
    journal = Journal(folder, CARD)
    digests = [bytes([n]) * 16 for n in range(count)]
    rows = np.random.default_rng(0).standard_normal((count, 8)).astype(np.float32)
    journal.append(digests, rows)
    return journal, digests, rows


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    journal, digests, rows = _filled(tmp_path, 5)
    journal.append([b"x" * 16], rows[:1])
    found = Journal(tmp_path, CARD).load()
    assert list(found.keys) == [*digests, b"x" * 16]
    np.testing.assert_array_equal(found.rows[[found.keys[d] for d in digests]], rows)
    journal.remove()
    assert journal.load().keys == {}


@given(st.integers(0, 5 * SIZE - 1), st.booleans())
def test_damage_costs_one_record(
    tmp_path_factory: pytest.TempPathFactory, at: int, cut: bool
) -> None:
    journal, digests, rows = _filled(tmp_path_factory.mktemp("journal"), 5)
    file = next(journal._file.parent.iterdir())
    data = bytearray(file.read_bytes())
    if cut:
        del data[at:]
    else:
        data[at] ^= 0xFF
    file.write_bytes(data)
    found = journal.load()
    whole = at // SIZE
    expected = digests[:whole] if cut else [d for n, d in enumerate(digests) if n != whole]
    assert list(found.keys) == expected
    for digest, number in found.keys.items():
        np.testing.assert_array_equal(found.rows[number], rows[digests.index(digest)])
    journal.append([b"y" * 16], rows[:1])  # after half a record, a whole one is found again
    assert b"y" * 16 in journal.load().keys
