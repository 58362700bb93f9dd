"""How long the reader takes for one question over ten passages of 120 words, in fp32 and 8 bits.

    python -m benchmarks.ten_passages ../shared/data [--threads 2]

Questions and articles are the Guardian's; each question is read by both readers, one after the
other, so that the ratio bears other work on the machine. Wall time; the first question is not
counted.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from index.models.graph_runner import cache_folder
from retrieval.network.fp32_reader import AdapterModel
from retrieval.network.int8_reader import OnnxSpanModel
from retrieval.reading.span_reader import SpanModel

WORDS = 120
PASSAGES = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--questions", type=int, default=40)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    models: dict[str, SpanModel] = {
        "fp32": AdapterModel(),
        "int8": OnnxSpanModel(cache_folder(), print),
    }
    passages = _passages(options.data / "corpus" / "guardian_onestop_adv.jsonl.gz")
    spent: dict[str, list[float]] = {name: [] for name in models}
    for asked in islice(_questions(options.data), options.questions + 1):
        texts = list(islice(passages, PASSAGES))
        for name, model in models.items():
            begun = time.perf_counter()
            model.logits(asked, texts)
            spent[name].append((time.perf_counter() - begun) * 1000)
    head = f"{PASSAGES} passages of {WORDS} words, {options.threads} threads"
    print(f"| {head} | ms, median | ms, p95 |")
    print("|---|---|---|")
    for name, times in spent.items():
        print(f"| {name} | {np.median(times[1:]):.0f} | {np.quantile(times[1:], 0.95):.0f} |")
    print(
        f"\nfp32 takes {np.median(np.divide(spent['fp32'][1:], spent['int8'][1:])):.1f} times int8."
    )


def _passages(corpus: Path) -> Iterator[str]:
    """Runs of `WORDS` words, article after article, from the beginning again at the end."""
    while True:
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for line in lines:
                words = json.loads(line)["text"].split()
                for start in range(0, len(words) - WORDS, WORDS):
                    yield " ".join(words[start : start + WORDS])


def _questions(data: Path) -> Iterator[str]:
    with gzip.open(data / "qa" / "dev_news_quotes.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["question"]


if __name__ == "__main__":
    main()
