"""Where comparing with every vector stops being fast enough: the rule of `index.folder.dense.plan`.

    python -m benchmarks.dense_index 50000 100000 150000 200000

Simulated vectors in clusters, 384 dimensions, one thread, 200 questions each: the median time of a
search for 100 candidates, recall@10 against exact search, and the size on disk, for both kinds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.memory import SimulatedEncoder
from index.folder import dense

QUESTIONS, DEPTH, BEST = 200, 100, 10
Vectors = NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="+")
    print("| passages | kind | p50 ms | p95 ms | recall@10 | MB |\n|---|---|---|---|---|---|")
    for size in parser.parse_args().sizes:
        rows = _rows(size)
        questions = _near(rows)
        exact = [set(np.argpartition(-(rows @ q), BEST)[:BEST].tolist()) for q in questions]
        for flat_until in (size, 0):
            dense.FLAT_UNTIL = flat_until
            print(f"| {size:,} | {_measure(rows, questions, exact)} |", flush=True)


def _measure(rows: Vectors, questions: Vectors, exact: list[set[int]]) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows.tofile(folder / dense.VECTORS)
        chosen = dense.write(rows, folder)
        index = dense.DenseIndex(folder, len(rows), rows.shape[1], chosen)
        times, found = [], 0
        for question, best in zip(questions, exact, strict=True):
            begun = time.perf_counter()
            keys = index.search(question, DEPTH)[0]
            times.append(time.perf_counter() - begun)
            found += len(best & set(keys[:BEST].tolist()))
        size = (folder / dense.FILE).stat().st_size / 1e6
    median, slow = np.percentile(np.array(times) * 1000, [50, 95])
    share = found / BEST / len(questions)
    return f"{chosen['kind']} | {median:.1f} | {slow:.1f} | {share:.3f} | {size:.0f}"


def _rows(count: int) -> Vectors:
    encoder = SimulatedEncoder()
    chunks = range(0, count, 10_000)
    return np.concatenate(
        [encoder.encode([f"{n}" for n in range(c, min(c + 10_000, count))]) for c in chunks]
    )


def _near(rows: Vectors) -> Vectors:
    """Questions: passages' vectors, moved."""
    source = np.random.default_rng(7)
    chosen = rows[source.choice(len(rows), QUESTIONS, replace=False)]
    moved = chosen + 0.04 * source.standard_normal(chosen.shape).astype(np.float32)
    unit: Vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return unit.astype(np.float32)


if __name__ == "__main__":
    main()
