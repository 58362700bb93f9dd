"""txtai's side: hybrid search with its own defaults. Runs in txtai's environment."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from txtai import Embeddings

from benchmarks.peers.wire import passages, searched, serve

BEST = 10


class Txtai:
    """``model`` is the folder of the embedding model."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._index: Embeddings | None = None

    def load(self, archive: str) -> int:
        """Take up an archive with its vectors; how many passages it has."""
        folder = Path(archive)
        rows = np.load(folder / "vectors.npy")
        texts = [searched(title, text) for _, title, text in passages(folder)]
        kept = dict(zip(texts, rows, strict=True))
        encoder = SentenceTransformer(self._model, device="cpu", local_files_only=True)

        def vectors(wanted: list[str]) -> NDArray[np.float32]:
            if all(text in kept for text in wanted):
                return np.stack([kept[text] for text in wanted])
            return encoder.encode(wanted, show_progress_bar=False)

        self._index = Embeddings(method="external", transform=vectors, hybrid=True)
        self._index.index(enumerate(texts))
        kept.clear()
        return len(texts)

    def find(self, question: str, threads: int) -> list[int]:
        """The keys of the ten best passages."""
        torch.set_num_threads(threads)
        assert self._index is not None
        return [int(key) for key, _ in self._index.search(question, BEST)]

    def build(self, archive: str, count: int) -> int:
        """Index the first ``count`` passages, embedding them."""
        chosen = list(passages(Path(archive)))[:count]
        made = Embeddings(path=self._model, hybrid=True)
        made.index((key, searched(title, text)) for key, title, text in chosen)
        found: int = made.count()
        return found


if __name__ == "__main__":
    side = Txtai(sys.argv[1])
    serve({"load": side.load, "find": side.find, "build": side.build})
