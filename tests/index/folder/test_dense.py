"""Every kind of dense index gives the same, exact cosines."""

import errno
import os
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.errors import DamagedError
from index.folder import dense
from index.folder.dense import VectorFile, Vectors


def _unit(count: int, dim: int = 32, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _written(rows: NDArray[np.float32], folder: Path) -> dense.DenseIndex:
    rows.tofile(folder / dense.VECTORS)
    chosen = dense.write(rows, folder)
    return dense.DenseIndex(folder, len(rows), rows.shape[1], chosen)


@pytest.mark.parametrize("kind", ["flat-fp16", "ivf-sq8"])
def test_cosines_are_exact_and_sorted(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "ivf-sq8":
        monkeypatch.setattr(dense, "FLAT_UNTIL", 100)
    rows = _unit(3000)
    assert dense.plan(len(rows))["kind"] == kind
    index = _written(rows, tmp_path)
    for query in _unit(20, seed=1):
        expected = rows @ query
        keys, cosines = index.search(query, 10)
        np.testing.assert_allclose(cosines, expected[keys], atol=1e-6)
        assert (np.diff(cosines) <= 0).all()
        best = np.argsort(-expected)[:10]
        assert len(set(best) & set(keys.tolist())) >= (10 if kind == "flat-fp16" else 5)


@pytest.mark.parametrize("few", [0, 5000])
@pytest.mark.parametrize("kind", ["flat-fp16", "ivf-sq8"])
def test_only_the_keys_that_may_be_found_are(
    tmp_path: Path, kind: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_FEW", few)  # compared exactly, or by faiss with a selector
    if kind == "ivf-sq8":
        monkeypatch.setattr(dense, "FLAT_UNTIL", 100)
    rows = _unit(3000)
    index = _written(rows, tmp_path)
    among = np.arange(0, 3000, 7)
    for query in _unit(20, seed=1):
        keys, cosines = index.search(query, 10, among)
        assert len(keys) and set(keys.tolist()) <= set(among.tolist())
        np.testing.assert_allclose(cosines, rows[keys] @ query, atol=1e-6)
        if few or kind == "flat-fp16":
            assert keys.tolist() == among[np.argsort(-(rows[among] @ query))[:10]].tolist()
    assert len(index.search(rows[0], 10, np.empty(0, np.int64))[0]) == 0


def test_fewer_passages_than_wanted(tmp_path: Path) -> None:
    index = _written(_unit(3), tmp_path)
    keys, cosines = index.search(_unit(1)[0], 100)
    assert len(keys) == len(cosines) == 3


def test_a_file_that_is_not_an_index(tmp_path: Path) -> None:
    rows = _unit(3)
    _written(rows, tmp_path)
    (tmp_path / dense.FILE).write_bytes(b"noise")
    with pytest.raises(DamagedError, match=r"dense\.faiss"):
        dense.DenseIndex(tmp_path, 3, 32, {"kind": "flat-fp16"})
    with pytest.raises(DamagedError, match=r"vectors\.f32"):
        dense.DenseIndex(tmp_path, 30, 32, {"kind": "flat-fp16"})


def test_the_plan_grows_with_the_archive() -> None:
    assert dense.plan(dense.FLAT_UNTIL) == {"kind": "flat-fp16"}
    assert dense.plan(200_000) == {"kind": "ivf-sq8", "lists": 2048, "probed": 256}
    assert dense.plan(1_000_000)["lists"] == 4096


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> tuple[VectorFile, Vectors]:
    file, rows = tmp_path_factory.mktemp("vectors") / dense.VECTORS, _unit(3000)
    rows.tofile(file)
    return VectorFile(file, *rows.shape), rows


@given(st.lists(st.integers(0, 2999), max_size=40))
def test_rows_are_read_where_they_lie(vectors: tuple[VectorFile, Vectors], keys: list[int]) -> None:
    file, rows = vectors
    for wanted in (np.array(keys, np.int64), np.unique(np.array(keys, np.int64))):
        np.testing.assert_array_equal(file.rows(wanted), rows[wanted])


def test_a_failing_disk_is_said_to_be_damage(
    vectors: tuple[VectorFile, Vectors], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*of: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "preadv", failing)
    with pytest.raises(DamagedError, match="cannot be read"):
        vectors[0].rows(np.array([1]))


def test_a_run_of_rows_is_one_read(
    vectors: tuple[VectorFile, Vectors], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, rows = vectors
    places, preadv = [], os.preadv

    def noted(descriptor: int, parts: list[memoryview], place: int) -> int:
        places.append(place)
        return preadv(descriptor, parts, place)

    monkeypatch.setattr(os, "preadv", noted)
    keys = np.array([5, 6, 7, 8, 100, 101, 3])
    np.testing.assert_array_equal(file.rows(keys), rows[keys])
    assert [place // rows[0].nbytes for place in places] == [5, 100, 3]


def test_a_file_that_lost_its_end_is_said_to_be_damaged(tmp_path: Path) -> None:
    path, rows = tmp_path / dense.VECTORS, _unit(10)
    rows.tofile(path)
    file = VectorFile(path, *rows.shape)
    os.truncate(path, rows[:9].nbytes)
    assert file.rows(np.array([8])).shape == (1, rows.shape[1])
    with pytest.raises(DamagedError, match="lost its end"):
        file.rows(np.array([9]))
    with pytest.raises(DamagedError, match="rebuild"):
        VectorFile(path, *rows.shape)
    with pytest.raises(DamagedError, match="rebuild"):
        VectorFile(tmp_path / "nothing", *rows.shape)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="tells memory by file on Linux")
def test_no_row_stays_in_memory(tmp_path: Path) -> None:
    rows = _unit(100_000)  # 13 MB
    index = _written(rows, tmp_path)
    for start in range(0, 100_000, 100):
        index.cosines(rows[0], np.arange(start, start + 100))
    assert dense.VECTORS not in Path("/proc/self/smaps").read_text()


def test_a_question_takes_one_thread_and_building_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_THREADS", 2)
    index = _written(_unit(1000), tmp_path)
    assert faiss.omp_get_max_threads() == 2
    index.search(_unit(1)[0], 3)
    assert faiss.omp_get_max_threads() == 1
