"""Any extractive question-answering checkpoint, by path or hub id, through transformers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from index.errors import ModelError
from index.models.encoder import model_folder
from index.models.importing import importing
from retrieval.reading.confidence import Calibration, Chance
from retrieval.reading.decode import Window
from retrieval.reading.span_reader import Logits

LENGTH, STRIDE = 384, 128  # word pieces of a row, and shared by neighbouring windows
_BATCH = 4

# A checkpoint comes without a calibrator. Its margin over "not here" is a log-odds in spirit, and
# half of it is a cautious reading: such networks are too sure of themselves (Guo et al. 2017).
CALIBRATION = Calibration((Chance(0.0, {"margin": 0.5}),), {"margin": 1.0, "article": 4.0})


class CheckpointModel:
    """``AutoModelForQuestionAnswering`` with its tokenizer. Raises ModelError.

    ``name`` is a folder or a hub id; a hub id is taken from the local cache, and from the network
    only when ``download`` is true.
    """

    def __init__(self, name: str, download: bool = False) -> None:
        folder = model_folder(name, "reader", download)
        with importing("torch"):
            import torch
        with importing("transformers"):
            from transformers import AutoModelForQuestionAnswering, AutoTokenizer
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._network: Any = AutoModelForQuestionAnswering.from_pretrained(
                folder, local_files_only=True
            ).eval()
        except (ImportError, OSError, ValueError, RuntimeError, KeyError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelError(
                f"The reader {name!r} cannot be loaded ({reason}); check [reader] model."
            ) from error
        if not self._tokenizer.is_fast:
            raise ModelError(f"The reader {name!r} has no fast tokenizer, which gives offsets.")
        self._torch = torch

    def logits(
        self, question: str, texts: Sequence[str], titles: Sequence[str] = ()
    ) -> list[Logits]:
        """Without the titles: nobody taught it what they are."""
        return [self._read(question, text) for text in texts]

    def _read(self, question: str, text: str) -> Logits:
        rows = self._tokenizer(
            question, text, truncation="only_second", max_length=LENGTH, stride=STRIDE,
            return_overflowing_tokens=True, return_offsets_mapping=True, padding=True,
        )  # fmt: skip
        count = len(rows["input_ids"])
        starts: dict[int, int] = {}  # of each word piece of the passage, its end by its start
        parts: list[tuple[list[tuple[int, int]], Any, Any, float]] = []
        for first in range(0, count, _BATCH):
            chosen = slice(first, first + _BATCH)
            given = {
                name: self._torch.tensor(rows[name][chosen])
                for name in ("input_ids", "attention_mask", "token_type_ids")
                if name in rows
            }
            with self._torch.inference_mode():
                said = self._network(**given)
            for at in range(len(given["input_ids"])):
                inside = [n for n, kind in enumerate(rows.sequence_ids(first + at)) if kind == 1]
                edges = [tuple(rows["offset_mapping"][first + at][n]) for n in inside]
                start = said.start_logits[at].numpy().astype(np.float32)
                end = said.end_logits[at].numpy().astype(np.float32)
                parts.append((edges, start[inside], end[inside], float(start[0] + end[0])))
                starts.update(edges)
        ordered = sorted(starts)
        places = {start: number for number, start in enumerate(ordered)}
        windows = tuple(
            Window(places[edges[0][0]], start, end, null)
            for edges, start, end, null in parts
            if edges
        )
        ends = np.array([starts[start] for start in ordered], np.int32)
        return Logits(windows, np.array(ordered, np.int32), ends)
