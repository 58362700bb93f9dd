"""Figures to docs/performance.md and a drawing."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

from benchmarks.peers.bench import Figures
from benchmarks.peers.environments import version
from benchmarks.peers.measure import TOLD
from benchmarks.peers.sides import ROOT

PAGE = ROOT / "docs" / "performance.md"
DRAWING = ROOT / "docs" / "performance" / "peers.svg"
_MARKED = re.compile(r"(<!-- peers -->\n).*?(<!-- /peers -->)", re.DOTALL)
_ANSWERERS = ("pullquote", "Haystack")

_READ = (
    "Times of a question, and core-ms: what one core worked for it. On a busy machine, long work "
    "waits for other work and short work hardly does, so it is core-ms that are compared."
)


def write(found: Figures) -> None:
    """Put tables and drawing where they belong."""
    draw(found)
    page = PAGE.read_text(encoding="utf-8")
    text, count = _MARKED.subn(lambda old: f"{old[1]}{tables(found)}\n{old[2]}", page)
    if count != 1:
        sys.exit(f"{PAGE}: the markers <!-- peers --> and <!-- /peers --> are gone; restore them.")
    PAGE.write_text(text, encoding="utf-8")


def tables(found: Figures) -> str:
    """Everything that was measured, as Markdown."""
    writers = {"cold": _cold, "building": _building, "answers": _answers, "words": _words,
               "retrieval": _retrieval}  # fmt: skip
    peers = ("haystack", "txtai", "rank_bm25", "bm25s")
    pins = ", ".join(f"{name} {version(name)}" for name in peers)
    parts = [f"{found['machine']['is']}. {pins}.", _READ]
    for name in ("answers", "retrieval", "words", "building", "cold"):
        if name in found:
            load = f"Load of the machine when it began: {found[name]['load']:.1f}."
            parts += [writers[name](found[name]), load]
    return "\n\n".join([*parts, f"![curves](performance/{DRAWING.name})"])


def _answers(found: Figures) -> str:
    ours, theirs, told = (found[name] for name in (*_ANSWERERS, TOLD))
    rows = [
        f"| {name} | {one['p50_ms']:.0f} | {one['p95_ms']:.0f} | {one['core_ms']:.0f} | "
        f"{one['quote_hit@1']:.3f} | {one['mb']:.0f} |"
        for name, one in zip(_ANSWERERS, (ours, theirs), strict=True)
    ]
    ratio = theirs["core_ms"] / ours["core_ms"]
    better = ours["quote_hit@1"] - max(theirs["quote_hit@1"], told["quote_hit@1"])
    return "\n".join([
        f"### Question to answer\n\n{found['questions']} questions of dev_news_quotes over "
        f"{found['passages']:,} passages; Haystack on {found['threads']} thread(s).\n",
        "| | p50 ms | p95 ms | core-ms p50 | quote-hit@1 | MB |\n|---|---|---|---|---|---|",
        *rows,
        f"| {TOLD}: reading alone | {told['p50_ms']:.0f} | {told['p95_ms']:.0f} | "
        f"{told['core_ms']:.0f} | {told['quote_hit@1']:.3f} | |",
        f"\npullquote takes 1/{ratio:.1f} of Haystack's core time; quote-hit@1 differs by "
        f"{better:+.3f} from Haystack's better one.",
    ])  # fmt: skip


def _retrieval(found: Figures) -> str:
    rows = []
    for size, sides in _sized(found):
        ours = sides["pullquote"]
        rows += [
            f"| {size:,} | {name} | {one['p50_ms']:.1f} | {one['p95_ms']:.1f} | "
            f"{one['core_ms']:.1f} | {one['core_ms'] / ours['core_ms']:.1f} | {one['mb']:.0f} | "
            f"{one['asked']} |"
            for name, one in sides.items()
        ]
    return "\n".join([
        "### Question to ten passages\n\nEmbedding the question included; one thread each. Beyond "
        "the index's own, passages are synthetic.\n",
        "| passages | | p50 ms | p95 ms | core-ms p50 | core-ms to pullquote's | MB | asked |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
    ])  # fmt: skip


def _words(found: Figures) -> str:
    rows = []
    for size, sides in _sized(found):
        ours = sides["pullquote"]
        rows += [
            f"| {size:,} | {name} | {one['p50_ms']:.2f} | {one['core_ms']:.2f} | "
            f"{one['core_ms'] / ours['core_ms']:.1f} | "
            f"{one['same']:.0%} |"
            for name, one in sides.items()
        ]
    return "\n".join([
        "### BM25 alone\n\nThe same words for all; ten best.\n",
        "| passages | | p50 ms | core-ms p50 | core-ms to pullquote's | top 10 as rank_bm25's |",
        "|---|---|---|---|---|---|",
        *rows,
    ])  # fmt: skip


def _building(found: Figures) -> str:
    plain = found["SentenceTransformer.encode"]
    rows = [
        f"| {name} | {one['per_second']:.1f} | {one['per_second'] / plain['per_second']:.2f} | "
        f"{one['per_core_second']:.1f} | {one['per_core_second'] / plain['per_core_second']:.2f} |"
        for name, one in found.items()
        if isinstance(one, dict)
    ]
    return "\n".join([
        f"### Building\n\n{found['passages']} passages, {found['rounds']} rounds, every core "
        "allowed. pullquote's time includes reading, cleaning, splitting, writing and checking.\n",
        "| | passages / s | times encode's | passages / core-second | times encode's |",
        "|---|---|---|---|---|",
        *rows,
    ])  # fmt: skip


def _cold(found: Figures) -> str:
    return (
        f"### Cold `pullquote ask`\n\n{found['wall_s']:.2f} s, {found['core_s']:.2f} core-seconds, "
        "the process's start and end included."
    )


def _sized(found: Figures) -> list[tuple[int, Mapping[str, Any]]]:
    return sorted((int(size), sides) for size, sides in found.items() if size.isdigit())


def draw(found: Figures) -> None:
    """Times against size, and how the times of answers are spread."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams["svg.hashsalt"] = "peers"  # the same figures make the same file
    figure, axes = pyplot.subplots(1, 3, figsize=(13, 3.6), layout="constrained")
    for axis, part, title in (
        (axes[0], "retrieval", "question to ten passages, core-ms p50"),
        (axes[1], "words", "BM25 alone, core-ms p50"),
    ):
        points = _sized(found.get(part, {}))
        for name in points[0][1] if points else ():
            sizes = [size for size, _ in points]
            axis.loglog(sizes, [sides[name]["core_ms"] for _, sides in points], "o-", label=name)
        axis.set(title=title, xlabel="passages")
    for name in _ANSWERERS if "answers" in found else ():
        spread = sorted(found["answers"][name]["all_ms"])
        shares = [(number + 1) / len(spread) for number in range(len(spread))]
        axes[2].step(spread, shares, where="post", label=name)
    axes[2].set(title="question to answer", xlabel="ms", ylabel="share", xscale="log")
    for axis in axes:
        axis.grid(alpha=0.3)
        if axis.get_legend_handles_labels()[0]:
            axis.legend(fontsize=8)
    DRAWING.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(DRAWING, metadata={"Date": None})
    pyplot.close(figure)
