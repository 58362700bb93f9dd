"""What an open index takes: memory, opening time and retrieval time at 200,000 passages.

    python -m benchmarks.memory ../shared/data --passages 200000

The texts are sentences of real articles in new orders; the vectors are real ones of a small sample
turned at random, since embedding so many would take hours. The index is opened in a process of its
own, without any model, and asked 200 questions.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.build import build
from index.folder.folder_store import FolderStore
from index.language.words import words
from index.model import EncoderCard, Query

DIM = 384
_CLUSTERS = 2000


class SimulatedEncoder:
    """Vectors in clusters, as topics are: a text's first words choose the cluster."""

    def __init__(self) -> None:
        self.card = EncoderCard("simulated", "00" * 32, DIM)
        rows = np.random.default_rng(0).standard_normal((_CLUSTERS, DIM)).astype(np.float32)
        self._centres = rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def encode(
        self, texts: Sequence[str], done: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        seeds = [hash(text) & 0xFFFFFFFF for text in texts]
        noise = np.random.default_rng(seeds[:1] or 0).standard_normal((len(texts), DIM))
        rows = self._centres[np.array(seeds) % _CLUSTERS] + 0.05 * noise.astype(np.float32)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit.astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--opened", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.opened:
        _open(options.opened)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        _write(source, options.data / "corpus", options.passages)
        store = FolderStore(Path(folder) / "index")
        begun = time.perf_counter()
        report = build([source], store, SimulatedEncoder)
        print(f"built {report.passages} passages in {time.perf_counter() - begun:.0f} s, "
              f"builder's peak {_peak():.0f} MB", flush=True)  # fmt: skip
        name = store.require_current()
        print(f"dense index: {store.manifest(name).dense}", flush=True)
        for _ in range(2):  # the second time, the files were checked before
            command = [sys.executable, "-m", "benchmarks.memory", str(options.data)]
            subprocess.run([*command, "--opened", str(store.root)], check=True)


def _open(root: Path) -> None:
    """Open the index in a fresh process, ask, and say what it took."""
    bare = _resident()
    begun = time.perf_counter()
    generation = FolderStore(root).open_current()
    opened = time.perf_counter() - begun
    encoder, source = SimulatedEncoder(), random.Random(3)
    times = []
    for _ in range(200):
        key = source.randrange(generation.manifest.passages)
        text = " ".join(generation.passages([key])[0].text.split()[:8])
        vector = encoder.encode([text])[0]
        begun = time.perf_counter()
        found = generation.search(Query(tuple(words(text)), vector, 100))
        generation.passages([one.key for one in found[:10]])
        times.append(time.perf_counter() - begun)
    median, slow = np.percentile(np.array(times) * 1000, [50, 95])
    print(
        f"opened in {opened:.2f} s; +{_resident() - bare:.0f} MB resident after 200 questions "
        f"({_resident():.0f} MB in all); retrieval p50 {median:.1f}, p95 {slow:.1f} ms"
    )


def _write(file: Path, corpus: Path, passages: int) -> None:
    texts = [json.loads(line)["text"] for line in article_lines(corpus)]
    sentences = [s for text in texts for s in text.split(". ") if len(s) > 30]
    source = random.Random(1)
    with file.open("w", encoding="utf-8") as lines:
        for number in range(passages // 15):
            chosen = source.choices(sentences, k=24)
            record = {"id": str(number), "text": ". ".join(chosen) + "."}
            lines.write(json.dumps(record) + "\n")


def article_lines(corpus: Path) -> Iterator[str]:
    for file in sorted(corpus.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from lines


def _resident() -> float:
    """Resident memory now, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()
