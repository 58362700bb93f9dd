"""The reader that ships with pullquote, as a graph of 8-bit products: without torch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.models.encoder import DEFAULT_MODEL, find_model
from index.models.graph_runner import OnnxModel, Say, cached_graph, parallel_map
from index.models.word_pieces import plain_tokenizer
from retrieval.network.reader_weights import WrongWeightsError, adapter_sha256, reader_weights
from retrieval.network.rows import Row, padded
from retrieval.network.shipped import FOLDER, read_passages
from retrieval.reading.span_reader import Logits


class OnnxSpanModel:
    """Base and adapter, checked and merged when the graph was made; kept in ``cache``.

    Each window is a row of its own, so that a passage's logits do not depend on others. Usable
    from several threads. Raises ModelError.
    """

    def __init__(self, cache: Path, say: Say, folder: Path = FOLDER) -> None:
        base, weights = find_model(DEFAULT_MODEL)

        def graph() -> bytes:
            from index.models.bert_graph import span_graph

            return span_graph(reader_weights(base / "model.safetensors", folder))

        try:
            name = f"reader-{adapter_sha256(folder, weights)[:16]}"
            self._model = OnnxModel(cached_graph(cache, name, graph, say))
            self._tokenizer = plain_tokenizer(base)
        except (WrongWeightsError, OSError, ValueError, KeyError) as error:
            raise ModelError(f"The reader in {folder} cannot be loaded: {error}") from error

    def logits(
        self, question: str, texts: Sequence[str], titles: Sequence[str] = ()
    ) -> list[Logits]:
        told = titles or [""] * len(texts)
        return read_passages(self._tokenizer, question, texts, told, self._forward)

    def _forward(self, rows: Sequence[Row]) -> Iterable[tuple[Row, NDArray[np.float32]]]:
        return zip(rows, parallel_map(self._read, rows), strict=True)

    def _read(self, row: Row) -> NDArray[np.float32]:
        made = padded((row,), row.size)
        logits: NDArray[np.float32] = self._model.run(made.ids, made.kinds)[0]
        return logits
