"""The default model as a graph of 8-bit products: half the time of fp32, and no torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.model import EncoderCard
from index.models.encoder import DEFAULT_MODEL, find_model
from index.models.graph_runner import VERSION, OnnxModel, Say, cached_graph, parallel_map
from index.models.word_pieces import plain_tokenizer

RUNTIME = f"int8.{VERSION}"
_DIM = 384
_LONGEST = 256  # word pieces of a text that the model reads, as sentence-transformers sets it


class FastEncoder:
    """all-MiniLM-L6-v2 without torch. Each text is a row of its own: equal texts give equal rows.

    The graph is kept in ``cache`` and made there the first time, which ``say`` is told. ``lazy``
    puts that off until something is to be encoded. Usable from several threads. Raises ModelError.
    """

    def __init__(self, cache: Path, say: Say, lazy: bool = False) -> None:
        self._folder, weights = find_model(DEFAULT_MODEL)
        self._cache, self._say = cache, say
        self.card = EncoderCard(DEFAULT_MODEL, weights, _DIM, RUNTIME)
        self._tokenizer = plain_tokenizer(self._folder)
        if not lazy:
            _ = self._model

    def encode(
        self, texts: Sequence[str], done: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        rows = np.empty((len(texts), _DIM), np.float32)
        _ = self._model  # loaded by one thread
        for number, row in enumerate(parallel_map(self._row, texts)):
            rows[number] = row
            if done:
                done(1)
        return rows

    def _row(self, text: str) -> NDArray[np.float32]:
        pieces = self._tokenizer.encode(text).ids
        if len(pieces) > _LONGEST:
            pieces[_LONGEST - 1 :] = pieces[-1:]  # the last one ends every row
        ids = np.array([pieces], np.int64)
        row: NDArray[np.float32] = self._model.run(ids, np.zeros_like(ids))[0]
        return row

    @cached_property
    def _model(self) -> OnnxModel:
        name = f"encoder-{self.card.weights[:16]}"
        return OnnxModel(cached_graph(self._cache, name, self._graph, self._say))

    def _graph(self) -> bytes:
        from index.models.bert_graph import sentence_graph
        from index.models.weights import read_bert

        return sentence_graph(read_bert(self._folder / "model.safetensors"))
