"""What every form of the reader that ships with pullquote shares: its files, its rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from retrieval.network.rows import Row, heading, rows_of
from retrieval.reading.confidence import Calibration
from retrieval.reading.decode import Window
from retrieval.reading.span_reader import Logits

FOLDER = Path(str(resources.files("retrieval") / "weights"))

Forward = Callable[[Sequence[Row]], Iterable[tuple[Row, NDArray[np.float32]]]]
"""Rows to (row, logits of shape (at least its size, 2)), in any order."""


def read_passages(
    tokenizer: Any, question: str, texts: Sequence[str], titles: Sequence[str], forward: Forward
) -> list[Logits]:
    """Cut question and passages into rows, and put together what ``forward`` says of them."""
    asked = tokenizer.encode(question, add_special_tokens=False).ids
    encoded = [tokenizer.encode(text, add_special_tokens=False) for text in texts]
    told = [tokenizer.encode(heading(one), add_special_tokens=False).ids for one in titles]
    windows: list[list[Window]] = [[] for _ in texts]
    for row, said in forward(rows_of(asked, told, [one.ids for one in encoded])):
        inner = said[row.first : row.first + len(row.pieces)]
        null = float(said[0].sum())
        windows[row.passage].append(Window(row.begin, inner[:, 0], inner[:, 1], null))
    return [Logits(tuple(found), *_edges(one)) for found, one in zip(windows, encoded, strict=True)]


def _edges(encoding: Any) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    offsets = np.asarray(encoding.offsets, np.int32).reshape(-1, 2)
    return offsets[:, 0], offsets[:, 1]


def calibration(folder: Path = FOLDER) -> Calibration:
    """What turns the reader's logits into a probability. Raises ModelError."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return Calibration.from_manifest(manifest)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The reader's manifest in {folder} cannot be read: {error}") from error
