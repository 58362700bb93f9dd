"""What a daily build costs: an archive grows by 0.1 %, 1 % and 10 %, in one run.

    python -m benchmarks.incremental ../shared/data --passages 20000

Builds an index of about so many passages from real articles, then adds articles that it has never
seen, and prints each build's time as a share of the full build's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from pathlib import Path

from index.build import build
from index.folder.folder_store import FolderStore
from index.models.fast_encoder import FastEncoder
from index.models.graph_runner import cache_folder

CORPORA = ("guardian_onestop_adv", "wikinews_gum", "bbc", "worldwide_newswire", "reuters21578")
GROWTH = (0.001, 0.01, 0.1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--passages", type=int, default=20_000)
    options = parser.parse_args()
    articles = [line for name in CORPORA for line in _lines(options.data / "corpus", name)]
    with tempfile.TemporaryDirectory() as folder:
        source, store = Path(folder) / "in", FolderStore(Path(folder) / "index")
        source.mkdir()
        used = _write(source / "full.jsonl", articles, 0, options.passages)
        full, whole = _timed(source, store)
        print(f"full build: {whole} passages in {full:.1f} s", flush=True)
        print(
            "| growth | passages embedded | seconds | share of the full build |\n|---|---|---|---|"
        )
        for share in GROWTH:
            name = f"more-{share}.jsonl"
            used = _write(source / name, articles, used, int(whole * share))
            seconds, new = _timed(source, store)
            print(f"| {share:.1%} | {new} | {seconds:.1f} | {seconds / full:.1%} |", flush=True)


def _timed(source: Path, store: FolderStore) -> tuple[float, int]:
    """Seconds of a build with a fresh model, as a daily process would, and what it embedded."""
    begun = time.perf_counter()
    report = build([source], store, lambda: FastEncoder(cache_folder(), print, lazy=True))
    return time.perf_counter() - begun, report.embedded


def _write(file: Path, articles: list[str], start: int, passages: int) -> int:
    """Articles from ``start`` on until they make about so many passages; where it stopped."""
    words = 0
    with file.open("w", encoding="utf-8") as lines:
        while words < passages * 100 and start < len(articles):
            lines.write(articles[start])
            words += len(json.loads(articles[start])["text"].split())
            start += 1
    return start


def _lines(folder: Path, name: str) -> list[str]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return list(lines)


if __name__ == "__main__":
    main()
