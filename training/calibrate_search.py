"""Fit the confidence of an answer found by searching: ``python -m training.calibrate_search``.

The held-out questions are asked over an archive of their own paragraphs and hard negatives, as a
user would ask: searched, the best passages read, the best span judged. For a third of the
questions the right paragraph is not in the archive, so that every span is wrong: what the archive
does not hold must not be answered. Two things are fitted: how much the rank of a passage counts
against the reader's margin (the best span right most often), and a logistic function of the best
span's margin, its lead over the next, and the cosine of its passage.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from evaluation.squad import f1
from index.build import build
from index.encoder import SentenceEncoder
from index.generation import LocalGeneration
from index.local import LocalStore
from retrieval.adapter import AdapterModel
from retrieval.confidence import GAP_LIMIT
from retrieval.decode import decode
from retrieval.reading import FOLDER
from retrieval.search import search
from retrieval.span_reader import SPANS_PER_PASSAGE
from training.calibrate import FOLDS, measures
from training.data import Question, read_questions, split

WEIGHTS = (0.0, 1.0, 2.0, 4.0, 6.0, 8.0)
READ = 10
RIGHT = 0.5  # F1 with a gold answer from which a span counts as right
ABSENT = 3  # every third question's paragraph is left out of the archive
_SKIPPED = ("amazon", "reddit")  # reviews and forum talk read unlike any article


@dataclass(frozen=True, slots=True)
class Found:
    """A span found for a question: what is known of it, and whether it is right."""

    margin: float
    fused: float
    cosine: float
    right: bool


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Fit the confidence of answers.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz")
    parser.add_argument("--questions", type=int, default=1200)
    parser.add_argument("--adapter", type=Path, default=FOLDER)
    parser.add_argument("--points", type=Path, help="write out-of-fold chances here, for plots")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    _, held = split(read_questions(options.data / "train.jsonl.gz"))
    chosen = [row for row in held if row.answers and not any(w in row.source for w in _SKIPPED)]
    chosen = chosen[:: max(1, len(chosen) // options.questions)][: options.questions]
    found = _ask(chosen, AdapterModel(options.adapter))
    weight = max(WEIGHTS, key=lambda w: sum(_best(spans, w)[2] for spans in found))
    table, right = _features(found, weight)
    folds = _out_of_fold(table, right, chosen)
    model = LogisticRegression(C=100.0).fit(table, right)
    names = ("bias", "margin", "gap", "cosine")
    values = [model.intercept_[0], *model.coef_[0]]
    path = options.adapter / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["calibration"] = {
        "kind": "logistic, over searched passages",
        "coefficients": {
            **{name: round(float(v), 6) for name, v in zip(names, values, strict=True)},
            "search": weight,
        },
        "right": f"F1 >= {RIGHT} with a gold answer, in the question's own paragraph",
        "questions": len(right),
        "share_right": round(float(right.mean()), 4),
        "out_of_fold": measures(folds, right),
    }
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    if options.points:
        np.savez(options.points, chance=folds, right=right)
    shares = {w: round(float(np.mean([_best(s, w)[2] for s in found])), 4) for w in WEIGHTS}
    print(
        json.dumps(
            {"best span right by search weight": shares, **manifest["calibration"]}, indent=2
        )
    )


def _ask(questions: Sequence[Question], model: AdapterModel) -> list[list[Found]]:
    """The spans found for each question."""
    encoder = SentenceEncoder()
    with tempfile.TemporaryDirectory() as name:
        generation = _archive(questions, encoder, Path(name))
        answers = []
        for number, question in enumerate(questions):
            vector = encoder.encode([question.question])[0]
            hits = search(generation, question.question, vector, READ)
            own = "" if number % ABSENT == 0 else question.context
            said = model.logits(question.question, [hit.passage.text for hit in hits])
            golds = [text for text, _ in question.answers]
            spans = [
                Found(
                    span.margin,
                    hit.fused,
                    hit.dense or 0.0,
                    hit.passage.text in " ".join(own.split())
                    and f1(hit.passage.text[span.start : span.end], golds) >= RIGHT,
                )
                for hit, one in zip(hits, said, strict=True)
                for span in decode(
                    one.windows, hit.passage.text, one.starts, one.ends, SPANS_PER_PASSAGE
                )
            ]
            answers.append(spans)
            if number % 100 == 0:
                print(f"asked {number} of {len(questions)}", flush=True)
    return answers


def _archive(
    questions: Sequence[Question], encoder: SentenceEncoder, folder: Path
) -> LocalGeneration:
    """Their paragraphs, but for every third question, and their hard negatives."""
    absent = {q.context for n, q in enumerate(questions) if n % ABSENT == 0}
    texts = {q.context for q in questions} - absent
    texts |= {q.hard_negative for q in questions if q.hard_negative} - absent
    file = folder / "articles.jsonl"
    records = ({"id": str(n), "text": " ".join(t.split())} for n, t in enumerate(sorted(texts)))
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    store = LocalStore(folder / "index")
    build([file], store, lambda: encoder)
    return store.open_current()


def _best(spans: Sequence[Found], weight: float) -> tuple[Found | None, float, bool]:
    """The best span, its lead over the next in logits, and whether it is right."""
    ranked = sorted(spans, key=lambda span: -(span.margin + weight * span.fused))
    if not ranked:
        return None, GAP_LIMIT, False
    values = [span.margin + weight * span.fused for span in ranked[:2]]
    gap = values[0] - values[1] if len(values) > 1 else GAP_LIMIT
    return ranked[0], min(gap, GAP_LIMIT), ranked[0].right


def _features(
    found: Sequence[Sequence[Found]], weight: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(questions, 3) margin, gap and cosine of the best span; whether it is right."""
    rows = [(_best(spans, weight)) for spans in found]
    table = [[b.margin if b else -20.0, gap, b.cosine if b else 0.0] for b, gap, _ in rows]
    return np.array(table), np.array([right for _, _, right in rows])


def _out_of_fold(
    table: NDArray[np.float64], right: NDArray[np.bool_], questions: Sequence[Question]
) -> NDArray[np.float64]:
    """Chances from models that never saw the question's paragraph."""
    numbers: dict[str, int] = {}
    groups = np.array([numbers.setdefault(q.context, len(numbers)) for q in questions])
    chance = np.zeros(len(right))
    for fit, rest in GroupKFold(FOLDS).split(table, right, groups):
        model = LogisticRegression(C=100.0).fit(table[fit], right[fit])
        chance[rest] = model.predict_proba(table[rest])[:, 1]
    return chance


if __name__ == "__main__":
    main()
