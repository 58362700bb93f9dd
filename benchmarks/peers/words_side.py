"""rank_bm25 and bm25s, each in its own environment, over words that pullquote split.

python -m benchmarks.peers.words_side rank_bm25|bm25s
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.wire import serve

BEST = 10


class RankBM25:
    """``BM25Okapi`` with its own constants."""

    def load(self, archive: str) -> int:
        self._index: Any = importlib.import_module("rank_bm25").BM25Okapi(_words(archive))
        return int(self._index.corpus_size)

    def find(self, words: list[str]) -> list[int]:
        """The ten best keys that hold a word; equal scores in order of key."""
        scores = self._index.get_scores(words)
        best = np.argsort(-scores, kind="stable")[:BEST]
        return [int(key) for key in best if scores[key] > 0]


class BM25S:
    """bm25s with its defaults, by numpy."""

    def load(self, archive: str) -> int:
        corpus = _words(archive)
        self._index: Any = importlib.import_module("bm25s").BM25()
        self._index.index(corpus, show_progress=False)
        return len(corpus)

    def find(self, words: list[str]) -> list[int]:
        """The ten best keys that hold a word."""
        known = [word for word in words if word in self._index.vocab_dict]
        found, scores = self._index.retrieve([known], k=BEST, show_progress=False)
        return [int(key) for key, score in zip(found[0], scores[0], strict=True) if score > 0]


def _words(archive: str) -> list[list[str]]:
    """The words of each passage."""
    with (Path(archive) / "words.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    side = RankBM25() if sys.argv[1] == "rank_bm25" else BM25S()
    serve({"load": side.load, "find": side.find})
