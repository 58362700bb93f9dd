"""What an archive costs as it grows to a million passages: time, memory, recall, as curves.

    python -m benchmarks.growth ../shared/data --sizes 1000 10000 100000 --out docs/performance

**Synthetic.** Texts are sentences of real articles in new orders. Vectors are simulated from real
ones: each is a mixture of two of --real embedded passages, with noise, since embedding a million
passages would take hours; questions are passages' vectors with more noise, and their first words.
Reading, cleaning and splitting articles are not in the times; words, vectors, writing and checking
are. Each index is opened by a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.memory import article_lines
from index.folder.dense import VECTORS, VectorFile
from index.folder.folder_store import FolderStore
from index.language.words import words
from index.model import Article, EncoderCard, Manifest, Passage, Query, Reference
from index.models.fast_encoder import FastEncoder
from index.models.graph_runner import cache_folder
from index.store import new_generation_id

DIM, DEPTH, BEST, QUESTIONS = 384, 100, 10, 200
PASSAGES_AN_ARTICLE, SENTENCES = 10, 5
Vectors = NDArray[np.float32]


class MixedEncoder:
    """A text's vector: two real ones that its words choose, mixed, with noise."""

    def __init__(self, real: Vectors) -> None:
        self._real = real
        self.card = EncoderCard("mixed", "00" * 32, DIM, "simulated")

    def encode(
        self, texts: Sequence[str], done: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        source = np.random.default_rng([hash(text) & 0xFFFFFFFF for text in texts[:1]])
        pairs = source.integers(0, len(self._real), (2, len(texts)))
        share = source.uniform(0.3, 1, (len(texts), 1)).astype(np.float32)
        rows = share * self._real[pairs[0]] + (1 - share) * self._real[pairs[1]]
        return moved(rows, 0.02, source)


def moved(rows: Vectors, noise: float, source: np.random.Generator) -> Vectors:
    """Unit rows near ``rows``."""
    near = rows + noise * source.standard_normal(rows.shape).astype(np.float32)
    unit: Vectors = near / np.linalg.norm(near, axis=1, keepdims=True)
    return unit.astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--real", type=int, default=1000, help="passages that are embedded")
    parser.add_argument("--out", type=Path, help="folder for growth.json and growth.svg")
    parser.add_argument("--opened", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.opened:
        print(json.dumps(_ask(FolderStore(options.opened))))
        return
    sentences = _sentences(options.data)
    real = _real(sentences, options.real)
    points = []
    names = ("passages", "build_s", "update_s", "open_s", "p50_ms", "p95_ms", "recall", "memory_mb",
             "mapped_mb", "kind")  # fmt: skip
    print("| " + " | ".join(names) + " |\n" + "|---" * len(names) + "|")
    for size in options.sizes:
        points.append(_measure(options.data, sentences, MixedEncoder(real), size))
        print("| " + " | ".join(str(points[-1][name]) for name in names) + " |", flush=True)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "growth.json").write_text(json.dumps(points, indent=1) + "\n")
        _draw(points, options.out / "growth.svg")


def _measure(data: Path, sentences: list[str], encoder: MixedEncoder, size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        store = FolderStore(Path(folder))
        built = _publish(store, sentences, encoder, size)
        updated = _publish(store, sentences, encoder, size + size // 100)
        command = [sys.executable, "-m", "benchmarks.growth", str(data), "--opened", folder]
        for _ in range(2):  # the second time, the files were checked before
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return {"passages": size, "build_s": built, "update_s": updated, **json.loads(said)}


def _publish(store: FolderStore, sentences: list[str], encoder: MixedEncoder, size: int) -> float:
    """Seconds of one core to write and publish an index of the first ``size`` passages."""
    begun = time.process_time()
    current, generation = store.current(), new_generation_id()
    draft = store.draft(generation, current, {})
    for number in range(size // PASSAGES_AN_ARTICLE):
        name = str(number).encode()
        if made := draft.before.find(name):
            draft.keep(str(number), name, made)
        else:
            article, passages = _article(number, sentences, draft.passages)
            draft.add(article, name, passages, b"")
    alone = range(draft.articles)
    draft.group(lambda signatures, published, article: (alone, alone))
    draft.embed(encoder, lambda more, total: None)
    manifest = Manifest(generation, "2026-01-01", encoder.card, {}, {}, draft.content, (), 0, 0, {})
    store.publish(draft, manifest)
    store.collect(1)
    return round(time.process_time() - begun, 1)


def _article(number: int, sentences: list[str], first_key: int) -> tuple[Article, list[Passage]]:
    reference, source = Reference(str(number), ""), random.Random(number)
    texts = [" ".join(source.choices(sentences, k=SENTENCES)) for _ in range(PASSAGES_AN_ARTICLE)]
    passages, start = [], 0
    for key, text in enumerate(texts, first_key):
        passages.append(Passage(key, reference, start, text, ((0, len(text)),)))
        start += len(text) + 1
    return Article(reference, "\n".join(texts)), passages


def _ask(store: FolderStore) -> dict[str, Any]:
    """Open the index, ask, and say what it took. Core-seconds, which bear other work."""
    begun = time.process_time()
    generation = store.open_current()
    opened = time.process_time() - begun
    rows, source = generation.known_vectors().rows, np.random.default_rng(7)
    keys = source.choice(len(rows), QUESTIONS, replace=False)
    asked = VectorFile(generation.folder / VECTORS, *rows.shape).rows(np.sort(keys))
    questions = moved(asked, 0.02, source)
    times, found = [], []
    for key, question in zip(np.sort(keys), questions, strict=True):
        text = " ".join(generation.passages([int(key)])[0].text.split()[:8])
        begun = time.process_time()
        scored = generation.search(Query(tuple(words(text)), question, DEPTH))
        near = sorted(scored, key=lambda one: -(one.cosine or 0.0))[:BEST]
        generation.passages([one.key for one in near])
        times.append(time.process_time() - begun)
        found.append({one.key for one in near})
    memory, mapped = _resident("VmRSS"), _resident("RssFile")
    exact = _exact(rows, questions)
    hits = sum(len(ours & best) for ours, best in zip(found, exact, strict=True))
    median, slow = np.percentile(np.array(times) * 1000, [50, 95])
    return {"open_s": round(opened, 2), "p50_ms": round(float(median), 1),
            "p95_ms": round(float(slow), 1), "recall": round(hits / BEST / QUESTIONS, 4),
            "memory_mb": memory, "mapped_mb": mapped,
            "kind": generation.manifest.dense["kind"]}  # fmt: skip


def _resident(kind: str) -> int:
    """Resident memory of this process, MB; of kind RssFile: of mapped files, which the system may
    take back."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(kind)) // 1000


def _exact(rows: Vectors, questions: Vectors) -> list[set[int]]:
    """The true best keys of each question, a block of passages at a time."""
    keys = np.empty((len(questions), 0), np.int64)
    scores = np.empty((len(questions), 0), np.float32)
    for start in range(0, len(rows), 50_000):
        block = questions @ rows[start : start + 50_000].T
        scores = np.concatenate([scores, block], axis=1)
        numbers = np.arange(start, start + block.shape[1])
        keys = np.concatenate([keys, np.broadcast_to(numbers, block.shape)], axis=1)
        best = np.argpartition(-scores, BEST, axis=1)[:, :BEST]
        keys = np.take_along_axis(keys, best, axis=1)
        scores = np.take_along_axis(scores, best, axis=1)
    return [set(row.tolist()) for row in keys]


def _sentences(data: Path) -> list[str]:
    texts = [json.loads(line)["text"] for line in article_lines(data / "corpus")]
    return [f"{s}." for text in texts for s in text.split(". ") if 30 < len(s) < 200]


def _real(sentences: list[str], count: int) -> Vectors:
    encoder, source = FastEncoder(cache_folder(), print), random.Random(2)
    starts = [source.randrange(len(sentences) - SENTENCES) for _ in range(count)]
    return encoder.encode([" ".join(sentences[start : start + SENTENCES]) for start in starts])


def _draw(points: list[dict[str, Any]], file: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    shown = (("p50_ms", "retrieval p50, ms"), ("open_s", "opening, s"), ("memory_mb", "memory, MB"),
             ("build_s", "build, s of one core"))  # fmt: skip
    figure, axes = pyplot.subplots(1, len(shown), figsize=(14, 3.2), layout="constrained")
    sizes = [point["passages"] for point in points]
    for axis, (name, title) in zip(axes, shown, strict=True):
        axis.loglog(sizes, [max(point[name], 0.01) for point in points], "o-")
        if name == "build_s":
            axis.loglog(
                sizes, [max(p["update_s"], 0.01) for p in points], "s--", label="adding 1 %"
            )
            axis.legend()
        axis.set(title=title, xlabel="passages")
        axis.grid(alpha=0.3)
    figure.savefig(file)


if __name__ == "__main__":
    main()
