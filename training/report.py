"""Tables and plots for the model card: ``python -m training.report --help``.

Writes into the manifest what the card quotes (figures on the dev file, by question word
and by length) and draws two plots: reliability and risk against coverage (El-Yaniv &
Wiener 2010) of the calibrated confidence, both out of fold.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
import torch
from matplotlib import pyplot as plt
from numpy.typing import NDArray

from retrieval.network.span_network import load_reader
from training.data import load_tokenizer, read_questions
from training.evaluate import ReaderRun, figures, read

WORDS: Final = ("who", "when", "where", "which", "what", "why", "how many", "how")
LENGTHS: Final = (80, 120, 160, 240)  # words of a passage


def question_word(reading: ReaderRun) -> str:
    """The first of the known question words in the question."""
    text = f" {reading.question.question.lower()} "
    return next((word for word in WORDS if f" {word} " in text), "other")


def length_group(reading: ReaderRun) -> str:
    """The passage's length in words, as a range."""
    words = len(reading.text.split())
    low = max((edge for edge in (0, *LENGTHS) if words >= edge), default=0)
    high = next((edge for edge in LENGTHS if words < edge), None)
    return f"{low}-{high - 1}" if high else f"{low}+"


def by_group(
    readings: Sequence[ReaderRun], key: Callable[[ReaderRun], str]
) -> dict[str, dict[str, float]]:
    """Figures of each group that has an answerable question."""
    groups: dict[str, list[ReaderRun]] = {}
    for reading in readings:
        groups.setdefault(key(reading), []).append(reading)
    return {
        name: {k: round(v, 3) for k, v in figures(part).items()}
        for name, part in sorted(groups.items())
        if any(one.question.answers for one in part)
    }


def reliability(chance: NDArray[np.float64], right: NDArray[np.bool_], path: Path) -> None:
    """Draw stated confidence against the share that is right, in ten equally full bins."""
    parts = np.array_split(np.argsort(chance), 10)
    figure, axis = plt.subplots(figsize=(4, 4))
    axis.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axis.plot([chance[p].mean() for p in parts], [right[p].mean() for p in parts], "o-")
    axis.set(xlabel="stated confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1))
    axis.set_title("Reliability, held-out questions")
    figure.savefig(path, bbox_inches="tight")
    plt.close(figure)


def risk_coverage(chance: NDArray[np.float64], right: NDArray[np.bool_], path: Path) -> None:
    """Draw the share wrong among the most confident questions, from few to all."""
    ordered = right[np.argsort(-chance)]
    count = np.arange(1, len(ordered) + 1)
    figure, axis = plt.subplots(figsize=(4, 4))
    axis.plot(count / len(ordered), 1 - np.cumsum(ordered) / count)
    axis.set(xlabel="share answered", ylabel="share wrong among them", xlim=(0, 1), ylim=(0, None))
    axis.set_title("Risk and coverage, held-out questions")
    figure.savefig(path, bbox_inches="tight")
    plt.close(figure)


def coverage_at(
    chance: NDArray[np.float64], right: NDArray[np.bool_], risks: Sequence[float]
) -> dict[str, float]:
    """The largest share of questions that can be answered at each share wrong."""
    ordered = right[np.argsort(-chance)]
    count = np.arange(1, len(ordered) + 1)
    risk = 1 - np.cumsum(ordered) / count
    kept = {str(r): np.flatnonzero(risk <= r) for r in risks}
    return {r: round(float((at[-1] + 1) / len(ordered)) if len(at) else 0.0, 3)
            for r, at in kept.items()}  # fmt: skip


def table(groups: dict[str, dict[str, float]], head: str) -> str:
    """A Markdown table of groups."""
    lines = [f"| {head} | answerable | EM | F1 | AUROC |", "|---|---|---|---|---|"]
    for name, one in groups.items():
        auroc = f"{one['auroc']:.3f}" if "auroc" in one else ""
        lines.append(
            f"| {name} | {one['answerable']:.0f} | {one['em']:.1f} | {one['f1']:.1f} | {auroc} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, draw, and store."""
    parser = argparse.ArgumentParser(description="Tables and plots for the model card.")
    parser.add_argument("--data", type=Path, required=True, help="folder with dev_wikipedia")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors")
    parser.add_argument("--adapter", type=Path, default=Path("retrieval/weights"))
    parser.add_argument("--points", type=Path, required=True, help="calibrate's --points file")
    parser.add_argument("--plots", type=Path, default=Path("docs/reader"))
    options = parser.parse_args(arguments)
    torch.set_num_threads(2)
    mpl.rcParams["svg.hashsalt"] = "reader"  # the same plot gives the same file
    rows = list(read_questions(options.data / "dev_wikipedia.jsonl.gz"))
    network = load_reader(options.base / "model.safetensors", options.adapter)
    readings = read(network, load_tokenizer(options.base), [(row, row.context) for row in rows])
    path = options.adapter / "manifest.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    words, lengths = by_group(readings, question_word), by_group(readings, length_group)
    points = np.load(options.points)
    chance, right = points["chance"], points["right"]
    manifest["figures"] = {
        "dev_wikipedia": {k: round(v, 4) for k, v in figures(readings).items()},
        "coverage_at_risk": coverage_at(chance, right, (0.05, 0.1, 0.2)),
    }
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    options.plots.mkdir(parents=True, exist_ok=True)
    reliability(chance, right, options.plots / "reliability.svg")
    risk_coverage(chance, right, options.plots / "risk_coverage.svg")
    print(json.dumps(manifest["figures"], indent=2))
    print(table(words, "question word"), table(lengths, "words"), sep="\n\n")


if __name__ == "__main__":
    main()
