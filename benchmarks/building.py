"""How fast an index is built, against sentence-transformers embedding the same passages.

    python -m benchmarks.building ../shared/data --articles 60

Each round builds a whole index (reading, cleaning, splitting, embedding, writing, checking) from
the same articles, and then embeds its passages with `SentenceTransformer.encode` as its
documentation shows it; both may use every core. Medians of the rounds, in passages a second, and in
passages per second of one core, which bears other work on the machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from sentence_transformers import SentenceTransformer

from index.articles.passages import embedding_text
from index.build import build
from index.folder.folder_store import FolderStore
from index.models.encoder import DEFAULT_MODEL, find_model
from index.models.fast_encoder import FastEncoder
from index.models.graph_runner import cache_folder

CORPUS = "bbc"
Rate = tuple[float, float]
"""Passages a second, and a second of one core."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    folder, _ = find_model(DEFAULT_MODEL)
    theirs = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    ours = FastEncoder(cache_folder(), print)
    rates: dict[str, list[Rate]] = {"pullquote index build": [], "SentenceTransformer.encode": []}
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "articles.jsonl"
        _write(source, options.data / "corpus" / f"{CORPUS}.jsonl.gz", options.articles)
        for number in range(options.rounds):
            store = FolderStore(Path(name) / str(number))
            texts = _timed(rates["pullquote index build"], partial(_build, source, store, ours))
            _timed(rates["SentenceTransformer.encode"], partial(_encode, theirs, texts))
    print(f"{len(texts)} passages of {CORPUS}, {options.rounds} rounds\n")
    print("| | passages / s | passages / core-second |\n|---|---|---|")
    medians = {}
    for name, found in rates.items():
        medians[name] = [statistics.median(each) for each in zip(*found, strict=True)]
        print(f"| {name} | {medians[name][0]:.1f} | {medians[name][1]:.1f} |")
    ratios = [one / other for one, other in zip(*medians.values(), strict=True)]
    print(f"| ratio | {ratios[0]:.2f} | {ratios[1]:.2f} |")


def _build(source: Path, store: FolderStore, encoder: FastEncoder) -> Sequence[str]:
    report = build([source], store, lambda: encoder)
    with_passages = store.open_current().passages(range(report.passages))
    return [embedding_text(passage) for passage in with_passages]


def _encode(model: SentenceTransformer, texts: Sequence[str]) -> Sequence[str]:
    model.encode(list(texts), normalize_embeddings=True)
    return texts


def _timed(rates: list[Rate], work: Callable[[], Sequence[str]]) -> Sequence[str]:
    wall, core = time.perf_counter(), time.process_time()
    texts = work()
    count = len(texts)
    rates.append((count / (time.perf_counter() - wall), count / (time.process_time() - core)))
    return texts


def _write(file: Path, corpus: Path, articles: int) -> None:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines, file.open("w") as out:
        for line, _ in zip(lines, range(articles), strict=False):
            out.write(json.dumps(json.loads(line)) + "\n")


if __name__ == "__main__":
    main()
