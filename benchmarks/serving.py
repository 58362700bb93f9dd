"""Many questions at once in one warm process: throughput, and how long each waits.

    python -m benchmarks.serving ../shared/data --index DIR [--config FILE]

1, 4, 16 and 64 threads ask the questions of dev_news_quotes, each its next one when the last is
answered, as people in many chats would. The index is one that was built before.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bot.config import load
from bot.wiring import Desk
from retrieval.pipeline import Answerer

TOGETHER = (1, 4, 16, 64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--questions", type=int, default=128, help="at each number of threads")
    options = parser.parse_args()
    settings = load(options.config)
    index = settings.index.model_copy(update={"path": str(options.index.resolve())})
    answerer = Desk(settings.model_copy(update={"index": index})).answerer()
    with gzip.open(options.data / "qa" / "dev_news_quotes.jsonl.gz", "rt") as lines:
        asked = [json.loads(line)["question"] for line in lines][: options.questions]
    for question in asked[:4]:
        answerer.answer(question)  # warm
    print(f"{answerer.mode}, {answerer.generation.manifest.passages} passages, "
          f"reader {settings.reader.model}\n")  # fmt: skip
    print("| at once | answers / s | answers / core-second | p50 ms | p95 ms | most |\n"
          "|---|---|---|---|---|---|")  # fmt: skip
    for together in TOGETHER:
        print(f"| {together} | {_measure(answerer, asked, together)} |", flush=True)


def _measure(answerer: Answerer, asked: list[str], together: int) -> str:
    def one(question: str) -> float:
        begun = time.perf_counter()
        answerer.answer(question)
        return (time.perf_counter() - begun) * 1000

    wall, core = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(together) as people:
        times = np.array(list(people.map(one, asked)))
    rates = (len(asked) / (time.perf_counter() - wall), len(asked) / (time.process_time() - core))
    median, slow = np.percentile(times, [50, 95])
    return f"{rates[0]:.1f} | {rates[1]:.1f} | {median:.0f} | {slow:.0f} | {times.max():.0f}"


if __name__ == "__main__":
    main()
