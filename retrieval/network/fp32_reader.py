"""The reader that ships with pullquote, by torch in fp32: the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.models.encoder import DEFAULT_MODEL, find_model
from index.models.importing import importing
from index.models.word_pieces import plain_tokenizer
from retrieval.network.reader_weights import WrongWeightsError
from retrieval.network.rows import Row, batches
from retrieval.network.shipped import FOLDER, read_passages
from retrieval.reading.span_reader import Logits


class AdapterModel:
    """Base and adapter, checked and merged. Raises ModelError."""

    def __init__(self, folder: Path = FOLDER) -> None:
        base, _ = find_model(DEFAULT_MODEL)
        with importing("torch"):
            import torch

            from retrieval.network.span_network import load_reader
        try:
            self._network = load_reader(base / "model.safetensors", folder)
            self._tokenizer = plain_tokenizer(base)
        except (WrongWeightsError, OSError, ValueError, KeyError) as error:
            raise ModelError(f"The reader in {folder} cannot be loaded: {error}") from error
        self._torch = torch

    def logits(
        self, question: str, texts: Sequence[str], titles: Sequence[str] = ()
    ) -> list[Logits]:
        told = titles or [""] * len(texts)
        return read_passages(self._tokenizer, question, texts, told, self._forward)

    def _forward(self, rows: Sequence[Row]) -> Iterator[tuple[Row, NDArray[np.float32]]]:
        for batch in batches(rows):
            tensors = map(self._torch.from_numpy, (batch.ids, batch.kinds, batch.real))
            with self._torch.inference_mode():
                said: NDArray[np.float32] = self._network(*tensors).numpy()
            yield from zip(batch.rows, said, strict=True)
