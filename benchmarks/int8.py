"""What 8-bit products cost in quality, and what they save: encoder and reader, in one run.

    python -m benchmarks.int8 ../shared/data

On dev_wikipedia: cosines of the 8-bit vectors to those of fp32, recall@1 among its paragraphs for
either and for 8-bit questions over fp32 passages; then exact match, F1 and AUROC of the reader.
Times are seconds of one core, so that they bear other work beside them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from index.models.encoder import Encoder, SentenceEncoder
from index.models.fast_encoder import FastEncoder
from index.models.graph_runner import cache_folder
from retrieval.network.fp32_reader import AdapterModel
from retrieval.network.int8_reader import OnnxSpanModel
from retrieval.reading.decode import decode
from retrieval.reading.span_reader import SpanModel
from training.data import SpanQuestion, read_questions
from training.evaluate import ReaderRun, figures

Vectors = NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--every", type=int, default=1, help="read every n-th question")
    options = parser.parse_args()
    torch.set_num_threads(1)
    questions = list(read_questions(options.data / "qa" / "dev_wikipedia.jsonl.gz"))
    _encoders(questions)
    _readers(questions[:: options.every])


def _encoders(questions: Sequence[SpanQuestion]) -> None:
    asked = [one for one in questions if one.answers]
    passages = sorted({one.context for one in questions})
    gold = np.array([passages.index(one.context) for one in asked])
    texts = [one.question for one in asked]
    rows: dict[str, tuple[Vectors, Vectors]] = {}
    print("| passages | questions | recall@1 | cosine of passages: mean, least | of questions | "
          "passages / core-second | ms a question |\n|---|---|---|---|---|---|---|")  # fmt: skip
    encoders: dict[str, Encoder] = {
        "fp32": SentenceEncoder(),
        "int8": FastEncoder(cache_folder(), print),
    }
    for name, encoder in encoders.items():
        encoder.encode(texts[:8])  # warm
        begun = time.process_time()
        first = encoder.encode(passages)
        half = time.process_time()
        rows[name] = (first, np.concatenate([encoder.encode([text]) for text in texts]))
        speed = f"{len(passages) / (half - begun):.1f} | {_ms(half, len(texts)):.1f}"
        near = [_cosines(one, two) for one, two in zip(rows["fp32"], rows[name], strict=True)]
        print(f"| {name} | {name} | {_recall(*rows[name], gold):.4f} | {near[0]} | {near[1]} | "
              f"{speed} |", flush=True)  # fmt: skip
    mixed = _recall(rows["fp32"][0], rows["int8"][1], gold)
    print(f"| fp32 | int8 | {mixed:.4f} | | | | |", flush=True)


def _ms(begun: float, count: int) -> float:
    return (time.process_time() - begun) * 1000 / count


def _cosines(one: Vectors, two: Vectors) -> str:
    found = (one * two).sum(axis=1)
    return f"{found.mean():.4f}, {found.min():.4f}"


def _recall(passages: Vectors, questions: Vectors, gold: NDArray[np.int64]) -> float:
    return float(np.mean(np.argmax(questions @ passages.T, axis=1) == gold))


def _readers(questions: Sequence[SpanQuestion]) -> None:
    print("\n| reader | EM | F1 | AUROC | passages / core-second |\n|---|---|---|---|---|")
    models: dict[str, SpanModel] = {
        "fp32": AdapterModel(),
        "int8": OnnxSpanModel(cache_folder(), print),
    }
    for name, model in models.items():
        begun = time.process_time()
        readings = [_read(model, question) for question in questions]
        speed = len(questions) / (time.process_time() - begun)
        found = figures(readings)
        print(f"| {name} | {found['em']:.2f} | {found['f1']:.2f} | {found['auroc']:.4f} | "
              f"{speed:.1f} |", flush=True)  # fmt: skip


def _read(model: SpanModel, question: SpanQuestion) -> ReaderRun:
    (said,) = model.logits(question.question, [question.context])
    spans = decode(
        said.windows, question.context, said.starts, said.ends, [(0, len(question.context))]
    )
    return ReaderRun(question, spans, question.context)


if __name__ == "__main__":
    main()
