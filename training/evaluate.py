"""Measure a reader: ``python -m training.evaluate --data FILE --base DIR --adapter DIR``.

Exact match and F1 are SQuAD's (`evaluation.squad`), taken on questions that have an answer, with
"not here" forbidden. AUROC asks how well the margin (best span minus "not here") tells answerable
questions from the others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from tokenizers import Tokenizer

from evaluation.metrics import auroc
from evaluation.squad import exact, f1
from retrieval.network.span_network import SpanNetwork, load_base, load_reader
from retrieval.reading.decode import DecodedSpan, Window, decode, window_begins
from training.batches import QUESTION_PIECES
from training.data import Pieces, SpanQuestion, load_tokenizer, read_questions, tokenise
from training.rows import TrainingRow, collate

LENGTH: Final = 288  # word pieces of a row; longer passages are read in windows
STRIDE: Final = 128


@dataclass(frozen=True, slots=True)
class ReaderRun:
    """A question with the spans that the reader found in one passage, best first."""

    question: SpanQuestion
    spans: list[DecodedSpan]
    text: str  # the passage's

    @property
    def best(self) -> str:
        """The text of the best span."""
        return self.text[self.spans[0].start : self.spans[0].end] if self.spans else ""

    @property
    def margin(self) -> float:
        """Best span minus "not here", in logits."""
        return self.spans[0].margin if self.spans else -np.inf


def rows_of(question: Pieces, passage: Pieces) -> tuple[list[TrainingRow], list[int]]:
    """The rows that read a passage, and where in it each begins."""
    asked = question.ids[:QUESTION_PIECES]
    room = LENGTH - 3 - len(asked)
    begins = window_begins(len(passage.ids), room, STRIDE)
    return [TrainingRow(asked, passage.ids[b : b + room], 0, 0) for b in begins], begins


@torch.no_grad()
def logits_of(
    network: SpanNetwork, rows: Sequence[TrainingRow], batch: int = 16
) -> list[np.ndarray]:
    """Logits (size, 2) of each row; rows of like length share a batch."""
    out: list[np.ndarray] = [np.empty(0)] * len(rows)
    order = sorted(range(len(rows)), key=lambda index: rows[index].size)
    for begin in range(0, len(order), batch):
        part = order[begin : begin + batch]
        length = -(-rows[part[-1]].size // 32) * 32
        made = collate([[rows[index]] for index in part], length)
        logits = network(made.ids, made.kinds, made.real).numpy()
        for at, index in enumerate(part):
            out[index] = logits[at, : rows[index].size]
    return out


def read(
    network: SpanNetwork, tokenizer: Tokenizer, pairs: Sequence[tuple[SpanQuestion, str]]
) -> list[ReaderRun]:
    """Read each (question, passage)."""
    questions = tokenise(tokenizer, [question.question for question, _ in pairs])
    passages = tokenise(tokenizer, [text for _, text in pairs])
    rows: list[TrainingRow] = []
    begins: list[list[int]] = []
    for asked, passage in zip(questions, passages, strict=True):
        more, where = rows_of(asked, passage)
        rows += more
        begins.append(where)
    logits = iter(logits_of(network, rows))
    readings = []
    for (question, text), asked, passage, where in zip(
        pairs, questions, passages, begins, strict=True
    ):
        skip = min(len(asked.ids), QUESTION_PIECES) + 2
        windows = []
        for begin in where:
            one = next(logits)
            inner = one[skip:-1]
            windows.append(Window(begin, inner[:, 0], inner[:, 1], float(one[0].sum())))
        spans = decode(windows, text, passage.starts, passage.ends, [(0, len(text))])
        readings.append(ReaderRun(question, spans, text))
    return readings


def figures(readings: Sequence[ReaderRun]) -> dict[str, float]:
    """EM and F1 in percent on the answerable, AUROC over all."""
    answered = [one for one in readings if one.question.answers]
    golds = [[text for text, _ in one.question.answers] for one in answered]
    result = {
        "answerable": float(len(answered)),
        "em": 100
        * float(np.mean([exact(o.best, g) for o, g in zip(answered, golds, strict=True)])),
        "f1": 100 * float(np.mean([f1(o.best, g) for o, g in zip(answered, golds, strict=True)])),
    }
    labels = np.array([bool(one.question.answers) for one in readings], np.float64)
    if len(set(labels.tolist())) == 2:
        margins = np.array([one.margin for one in readings])
        result["unanswerable"] = float(len(readings) - len(answered))
        result["auroc"] = float(auroc(np.ones((1, len(labels))), margins, labels)[0])
    return result


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of an exported reader as JSON."""
    parser = argparse.ArgumentParser(description="Measure a reader on a question file.")
    parser.add_argument("--data", type=Path, required=True, help="a dev_*.jsonl.gz file")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors")
    parser.add_argument("--adapter", type=Path, help="folder with adapter.safetensors")
    parser.add_argument("--checkpoint", type=Path, nargs="+", help="averaged")
    parser.add_argument("--limit", type=int, default=0, help="every n-th question, about this many")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    if options.checkpoint:
        from training.export import merged_checkpoint

        network = merged_checkpoint(options.base, options.checkpoint)
    elif options.adapter:
        network = load_reader(options.base / "model.safetensors", options.adapter)
    else:
        network = load_base(options.base / "model.safetensors")
    rows = list(read_questions(options.data))
    if options.limit:
        rows = rows[:: max(1, len(rows) // options.limit)]
    readings = read(network, load_tokenizer(options.base), [(row, row.context) for row in rows])
    print(json.dumps({k: round(v, 4) for k, v in figures(readings).items()}))


if __name__ == "__main__":
    main()
