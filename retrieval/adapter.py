"""The reader that ships with pullquote: an adapter over the very weights that embed passages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from index.encoder import DEFAULT_MODEL, find_model
from index.errors import ModelError
from retrieval.confidence import Calibration
from retrieval.decode import Window
from retrieval.rows import batches, rows_of
from retrieval.span_reader import Logits

FOLDER = Path(str(resources.files("retrieval") / "weights"))
_CLS, _SEP = 101, 102  # of BERT's English vocabulary


class AdapterModel:
    """Base and adapter, checked and merged. Raises ModelError."""

    def __init__(self, folder: Path = FOLDER) -> None:
        base, _ = find_model(DEFAULT_MODEL)
        try:
            import torch

            from retrieval.span_network import WrongWeightsError, load_reader
        except ImportError as error:
            raise ModelError(f"torch cannot be imported ({error}); run: make setup") from error
        try:
            self._network = load_reader(base / "model.safetensors", folder)
            self._tokenizer = plain_tokenizer(base)
        except (WrongWeightsError, OSError, ValueError, KeyError) as error:
            raise ModelError(f"The reader in {folder} cannot be loaded: {error}") from error
        self._torch = torch

    def logits(self, question: str, texts: Sequence[str]) -> list[Logits]:
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids
        encoded = [self._tokenizer.encode(text, add_special_tokens=False) for text in texts]
        windows: list[list[Window]] = [[] for _ in texts]
        rows = rows_of(asked, [one.ids for one in encoded])
        for batch in batches(rows, _CLS, _SEP):
            for row, said in zip(batch.rows, self._forward(batch), strict=True):
                inner = said[row.first : row.first + len(row.pieces)]
                null = float(said[0].sum())
                windows[row.passage].append(Window(row.begin, inner[:, 0], inner[:, 1], null))
        return [
            Logits(tuple(found), *_edges(one)) for found, one in zip(windows, encoded, strict=True)
        ]

    def _forward(self, batch: Any) -> Any:
        tensors = map(self._torch.from_numpy, (batch.ids, batch.kinds, batch.real))
        with self._torch.inference_mode():
            return self._network(*tensors).numpy()


def calibration(folder: Path = FOLDER) -> Calibration:
    """What turns the reader's logits into a probability. Raises ModelError."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return Calibration.from_manifest(manifest)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The reader's manifest in {folder} cannot be read: {error}") from error


def plain_tokenizer(base: Path) -> Tokenizer:
    """The base's tokenizer, which cuts nothing off and pads nothing."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _edges(encoding: Any) -> tuple[Any, Any]:
    offsets = np.asarray(encoding.offsets, np.int32).reshape(-1, 2)
    return offsets[:, 0], offsets[:, 1]
