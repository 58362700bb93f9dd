"""Fit P(the top span is right): ``python -m training.calibrate --help``.

Data: the held-out questions, each with its own passage and its hard negative; the top
span of a question is the one with the largest margin in either passage, and it is right
if it lies in the question's own passage and its F1 with a gold answer is at least 0.5.
Questions without an answer make every span wrong.
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
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from evaluation.squad import f1
from retrieval.confidence import GAP_LIMIT
from retrieval.span_network import load_reader
from training.data import load_tokenizer, read_questions, split
from training.evaluate import Reading, read

RIGHT: Final = 0.5  # F1 from which a span counts as the answer
FOLDS: Final = 5
BINS: Final = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tops:
    """One entry a question: its top span's features and whether it is right."""

    margin: Floats
    gap: Floats
    right: NDArray[np.bool_]
    paragraph: NDArray[np.int64]  # questions on one paragraph share a fold

    @property
    def features(self) -> Floats:
        """(questions, 2)."""
        return np.stack([self.margin, np.clip(self.gap, 0, GAP_LIMIT)], axis=1)


def tops(readings: Sequence[Sequence[Reading]]) -> Tops:
    """The top span of each question over the passages read for it (its own one first)."""
    margin, gap, right, paragraph = [], [], [], []
    numbers: dict[str, int] = {}
    for passages in readings:
        spans = [(span.margin, at, one) for at, one in enumerate(passages) for span in one.spans]
        ranked = sorted(spans, key=lambda entry: -entry[0])
        if not ranked:
            continue
        best, at, winner = ranked[0]
        golds = [text for text, _ in winner.question.answers]
        margin.append(best)
        gap.append(best - ranked[1][0] if len(ranked) > 1 else GAP_LIMIT)
        right.append(at == 0 and bool(golds) and f1(winner.best, golds) >= RIGHT)
        context = winner.question.context
        paragraph.append(numbers.setdefault(context, len(numbers)))
    return Tops(
        np.array(margin), np.array(gap), np.array(right, dtype=np.bool_), np.array(paragraph)
    )


def expected_error(chance: Floats, right: NDArray[np.bool_], bins: int = BINS) -> float:
    """Expected calibration error over equally full bins (Naeini et al. 2015)."""
    order = np.argsort(chance)
    parts = np.array_split(order, bins)
    gaps = [abs(chance[p].mean() - right[p].mean()) * len(p) for p in parts if len(p)]
    return float(np.sum(gaps) / len(chance))


def folded(found: Tops, kind: str) -> Floats:
    """Out-of-fold chances of one kind of calibrator, by paragraph."""
    chance = np.zeros(len(found.right))
    for fit, rest in GroupKFold(FOLDS).split(found.features, found.right, found.paragraph):
        if kind == "logistic":
            model = LogisticRegression(C=100.0).fit(found.features[fit], found.right[fit])
            chance[rest] = model.predict_proba(found.features[rest])[:, 1]
        else:
            curve = IsotonicRegression(out_of_bounds="clip")
            curve.fit(found.margin[fit], found.right[fit])
            chance[rest] = curve.predict(found.margin[rest])
    return chance


def measures(chance: Floats, right: NDArray[np.bool_]) -> dict[str, float]:
    """ECE, Brier score and AUROC of right against wrong."""
    return {
        "ece": round(expected_error(chance, right), 4),
        "brier": round(float(np.mean((chance - right) ** 2)), 4),
        "auroc": round(float(roc_auc_score(right, chance)), 4),
    }


def gather(data: Path, base: Path, adapter: Path) -> list[list[Reading]]:
    """Read every held-out question's own passage and its hard negative."""
    _, held = split(read_questions(data / "train.jsonl.gz"))
    pairs = [(row, row.context) for row in held]
    pairs += [(row, row.hard_negative) for row in held if row.hard_negative]
    network = load_reader(base / "model.safetensors", adapter)
    found = read(network, load_tokenizer(base), pairs)
    groups = [[one] for one in found[: len(held)]]
    others = iter(found[len(held) :])
    for row, group in zip(held, groups, strict=True):
        if row.hard_negative:
            group.append(next(others))
    return groups


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, compare, and store the logistic's coefficients in the manifest."""
    parser = argparse.ArgumentParser(description="Fit the reader's confidence.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors")
    parser.add_argument("--adapter", type=Path, default=Path("retrieval/weights"))
    parser.add_argument("--points", type=Path, help="write out-of-fold chances here, for plots")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    found = tops(gather(options.data, options.base, options.adapter))
    logistic, isotonic = folded(found, "logistic"), folded(found, "isotonic")
    model = LogisticRegression(C=100.0).fit(found.features, found.right)
    path = options.adapter / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["calibration"] = {
        "kind": "logistic",
        "coefficients": {
            "bias": round(float(model.intercept_[0]), 6),
            "margin": round(float(model.coef_[0, 0]), 6),
            "gap": round(float(model.coef_[0, 1]), 6),
        },
        "right": f"F1 >= {RIGHT} with a gold answer, in the question's own passage",
        "questions": len(found.right),
        "share_right": round(float(found.right.mean()), 4),
        "out_of_fold": measures(logistic, found.right),
        "isotonic_on_margin": measures(isotonic, found.right),
    }
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    if options.points:
        np.savez(options.points, chance=logistic, right=found.right)
    print(json.dumps(manifest["calibration"], indent=2))


if __name__ == "__main__":
    main()
