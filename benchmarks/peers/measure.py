"""The comparisons. Each gives plain figures, which `page` writes down."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers import archive
from benchmarks.peers.bench import (
    CORES,
    Ask,
    Bench,
    Figures,
    asking,
    asking_words,
    interleaved,
    model,
    times,
)
from benchmarks.peers.sides import ROOT, PeerReply
from evaluation.evidence import holds
from evaluation.gold import gold_articles
from evaluation.questions import GoldQuestion
from index.build import build
from index.folder.folder_store import FolderStore
from index.folder.generation import FolderGeneration
from index.models.fast_encoder import FastEncoder
from index.models.graph_runner import cache_folder
from retrieval.quoting import quote_of
from retrieval.reading.reader import Span

TOLD = "Haystack, told the segments"


def answers(bench: Bench, questions: Sequence[GoldQuestion], threads: int) -> Figures:
    """Question to answer, each question put to every side in turn."""
    generation = bench.generation()
    folder = archive.written(*archive.real(generation), bench.work / "archive-real")
    with (
        bench.side("pullquote_side", threads=1) as ours,
        bench.side("haystack_side", model(), str(bench.work / "checkpoint"), threads=threads,
                   env="haystack") as haystack,
    ):  # fmt: skip
        count = ours.call("load", index=str(bench.index)).result
        loaded = haystack.call("load", archive=str(folder))
        sides = {
            "pullquote": asking(ours, "answer"),
            "Haystack": asking(haystack, "answer", threads=threads),
            TOLD: asking(haystack, "reread", threads=threads),
        }
        said = interleaved(sides, questions)
    golds = gold_articles(questions, generation.every_article())
    found: Figures = {
        "passages": count, "questions": len(questions), "threads": threads,
        "load_s": loaded.seconds,
    }  # fmt: skip
    for name, all_said in said.items():
        right = [
            _is_right(q, quoted(one.result, generation), golds[q.id])
            for q, one in zip(questions, all_said, strict=True)
        ]
        found[name] = times(all_said) | {"quote_hit@1": statistics.fmean(right)}
    return found


def quoted(result: Any, generation: FolderGeneration) -> tuple[str, str] | None:
    """(article, quote) of a side's answer; a bare span is quoted as pullquote quotes its own."""
    if result is None:
        return None
    if isinstance(result[0], str):
        return result[0], result[1]
    key, start, end = result
    quote = quote_of(Span(generation.passages([key])[0], start, end, 0.0))
    return quote.reference.article_id, quote.text


def _is_right(question: GoldQuestion, quote: tuple[str, str] | None, golds: frozenset[str]) -> bool:
    return quote is not None and quote[0] in golds and holds(quote[1], question.golds)


def retrieval(bench: Bench, questions: Sequence[GoldQuestion], sizes: Sequence[int]) -> Figures:
    """Question to ten passages, embedding the question included, as the archive grows."""
    points: Figures = {}
    for size in sizes:
        folder = str(bench.archive(size))
        with (
            bench.side("pullquote_side") as ours,
            bench.side("haystack_side", model(), str(bench.work / "checkpoint"),
                       env="haystack") as haystack,
            bench.side("txtai_side", model(), env="txtai") as txtai,
        ):  # fmt: skip
            loads = {
                "pullquote": ours.call("load", index=f"{folder}/index"),
                "Haystack": haystack.call("load", archive=folder),
                "txtai": txtai.call("load", archive=folder),
            }
            sides: dict[str, Ask] = {
                "pullquote": asking(ours, "find"),
                "Haystack": asking(haystack, "find", threads=1),
                "txtai": asking(txtai, "find", threads=1),
            }
            said = interleaved(sides, questions)
        points[str(size)] = {
            name: times(all_said) | {"load_s": loads[name].seconds}
            for name, all_said in said.items()
        }
    return points


def worded(bench: Bench, questions: Sequence[GoldQuestion], sizes: Sequence[int]) -> Figures:
    """BM25 alone over the same words, and how often the ten best are rank_bm25's."""
    points: Figures = {}
    for size in sizes:
        folder = str(bench.archive(size))
        with (
            bench.side("pullquote_side") as ours,
            bench.side("words_side", "rank_bm25", env="rank_bm25") as rank,
            bench.side("words_side", "bm25s", env="bm25s") as sparse,
        ):
            ours.call("load", index=f"{folder}/index")
            rank.call("load", archive=folder)
            sparse.call("load", archive=folder)
            sides: dict[str, Ask] = {
                "pullquote": asking_words(ours, "worded"),
                "rank_bm25": asking_words(rank, "find"),
                "bm25s": asking_words(sparse, "find"),
            }
            said = interleaved(sides, questions)
        reference = [one.result for one in said["rank_bm25"]]
        points[str(size)] = {
            name: times(all_said)
            | {"same": statistics.fmean(
                one.result == other for one, other in zip(all_said, reference, strict=True)
            )}
            for name, all_said in said.items()
        }  # fmt: skip
    return points


def building(bench: Bench, source: Path, rounds: int) -> Figures:
    """Passages a second, from the same articles; every side may use every core."""
    with bench.side("pullquote_side", threads=CORES) as ours:
        store = FolderStore(bench.work / "sample")
        build([source], store, lambda: FastEncoder(cache_folder(), print))
        generation = store.open_current()
        count = generation.manifest.passages
        folder = str(archive.written(*archive.real(generation), bench.work / "archive-sample"))
        given = {"archive": folder, "count": count}
        with (
            bench.side("encode_side", model(), threads=CORES) as plain,
            bench.side("haystack_side", model(), str(bench.work / "checkpoint"), threads=CORES,
                       env="haystack") as haystack,
            bench.side("txtai_side", model(), threads=CORES, env="txtai") as txtai,
        ):  # fmt: skip
            peers = {"SentenceTransformer.encode": plain, "Haystack": haystack, "txtai": txtai}
            few = bench.work / "few.jsonl"
            few.write_text("".join(source.read_text("utf-8").splitlines(True)[:2]), "utf-8")
            ours.call("build", source=str(few))
            for side in peers.values():
                side.call("build", archive=folder, count=8)
            said: dict[str, list[PeerReply]] = {"pullquote": [], **{name: [] for name in peers}}
            for _ in range(rounds):
                said["pullquote"].append(ours.call("build", source=str(source)))
                for name, side in peers.items():
                    said[name].append(side.call("build", **given))
    return {"passages": count, "rounds": rounds} | {
        name: {
            "per_second": statistics.median(count / one.seconds for one in all_said),
            "per_core_second": statistics.median(count / one.core for one in all_said),
        }
        for name, all_said in said.items()
    }


def cold(bench: Bench, questions: Sequence[GoldQuestion], times_asked: int = 5) -> Figures:
    """A whole `pullquote ask` in a new process: wall and core seconds."""
    program = "from bot.cli import main; main()"
    wall, core = [], []
    for question in questions[:times_asked]:
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-c", program, "--index", str(bench.index), "ask"]
        # Exit code 1 says that it abstained, which takes as long.
        subprocess.run([*command, question.text, "--json"], cwd=ROOT, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(time.perf_counter() - begun)
        core.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"wall_s": statistics.median(wall), "core_s": statistics.median(core)}
