"""Plain `SentenceTransformer.encode`, as its documentation shows it."""

from __future__ import annotations

import sys
from pathlib import Path

from sentence_transformers import SentenceTransformer

from benchmarks.peers.wire import passages, searched, serve


class Plain:
    """``model`` is the folder of the embedding model."""

    def __init__(self, model: str) -> None:
        self._model = SentenceTransformer(model, device="cpu", local_files_only=True)

    def build(self, archive: str, count: int) -> int:
        """Embed the first ``count`` passages."""
        chosen = list(passages(Path(archive)))[:count]
        return len(self._model.encode([searched(title, text) for _, title, text in chosen]))


if __name__ == "__main__":
    serve({"build": Plain(sys.argv[1]).build})
