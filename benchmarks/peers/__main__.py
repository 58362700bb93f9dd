"""pullquote beside its peers: same passages, questions, embedding model and reader weights.

    python -m benchmarks.peers ../shared/data --work DIR [--only answers …] [--again]

Makes an environment for each peer under DIR (about 3 GB, from the package index), and an index of
all corpora but Reuters unless --index names one. Every question goes to each side in turn, after a
warm-up; medians are compared. Writes the figures and curves into docs/performance.md; figures of
parts that are not run again are kept. What is compared, and how it is kept fair:
docs/decisions/016-peers.md.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.peers import measure, page
from benchmarks.peers.bench import CORES, Bench, Figures, kept
from evaluation.questions import GoldQuestion, read_questions
from index.build import build
from index.folder.folder_store import FolderStore
from index.models.fast_encoder import FastEncoder
from index.models.graph_runner import cache_folder

LATE = "reuters21578.jsonl.gz"
QUESTIONS = "dev_news_quotes.jsonl.gz"
SAMPLE = "bbc.jsonl.gz"
PARTS = ("cold", "building", "answers", "words", "retrieval")


def main() -> None:
    options = _options()
    if importlib.util.find_spec("matplotlib") is None:
        sys.exit("The curves are drawn by matplotlib: pip install matplotlib==3.10.9")
    work: Path = options.work.absolute()
    work.mkdir(parents=True, exist_ok=True)
    if options.again:
        page.write(kept(work / "results.json", "machine", {"is": machine()}))
        return
    bench = Bench((options.index or work / "index").absolute(), work)
    if FolderStore(bench.index).current() is None:
        corpora = sorted((options.data / "corpus").glob("*.jsonl.gz"))
        _build([file for file in corpora if file.name != LATE], bench.index)
    command = [sys.executable, "-m", "benchmarks.peers.checkpoint", str(work / "checkpoint")]
    subprocess.run(command, check=True)
    every = read_questions([options.data / "qa" / QUESTIONS])
    parts = _parts(bench, every, options)
    results = work / "results.json"
    found: Figures = {}
    for name in options.only or PARTS:
        load = os.getloadavg()[0]
        print(f"{name}…", file=sys.stderr, flush=True)
        found = kept(results, name, parts[name]() | {"load": load})
        found = kept(results, "machine", {"is": machine()})
        page.write(found)
    print(page.tables(found))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with corpus/ and qa/")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--index", type=Path, help="an index of all corpora but Reuters")
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--again", action="store_true", help="write the kept figures, ask nothing")
    parser.add_argument("--questions", type=int, default=60, help="put to readers")
    parser.add_argument("--threads", type=int, default=1, help="of Haystack when it answers")
    parser.add_argument("--searches", type=int, default=20, help="put to searches")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--articles", type=int, default=60, help="embedded for the building times")
    parser.add_argument("--rounds", type=int, default=3, help="of building")
    options = parser.parse_args()
    if not (options.data / "qa" / QUESTIONS).exists():
        parser.error(f"{options.data}: no qa/{QUESTIONS} there; name the folder with the data.")
    return options


def _parts(
    bench: Bench, every: Sequence[GoldQuestion], options: argparse.Namespace
) -> dict[str, Callable[[], Figures]]:
    asked, searches = _spread(every, options.questions), _spread(every, options.searches)

    def building() -> Figures:
        source = bench.work / "articles.jsonl"
        with gzip.open(options.data / "corpus" / SAMPLE, "rt", encoding="utf-8") as lines:
            source.write_text("".join(islice(lines, options.articles)), encoding="utf-8")
        return measure.building(bench, source, options.rounds)

    return {
        "cold": lambda: measure.cold(bench, asked),
        "building": building,
        "answers": lambda: measure.answers(bench, asked, options.threads),
        "words": lambda: measure.worded(bench, searches, options.sizes),
        "retrieval": lambda: measure.retrieval(bench, searches, options.sizes),
    }


def _spread(questions: Sequence[GoldQuestion], count: int) -> list[GoldQuestion]:
    """So many questions, evenly spread over all."""
    return list(questions[:: max(1, len(questions) // count)])[:count]


def _build(sources: list[Path], root: Path) -> None:
    print("indexing: most of an hour…", file=sys.stderr, flush=True)
    build(sources, FolderStore(root), lambda: FastEncoder(cache_folder(), print))


def machine() -> str:
    """The processor, cores, memory and Python, in one line."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    name = next((line.split(":")[1].strip() for line in lines if "model name" in line), "?")
    flags = next((line for line in lines if line.startswith("flags")), "")
    vnni = "with" if "vnni" in flags else "without"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{name}, {CORES} cores, {vnni} VNNI, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


if __name__ == "__main__":
    main()
