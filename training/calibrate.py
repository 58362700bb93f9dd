"""Fit the confidence of an answer found by searching: ``python -m training.calibrate``.

The held-out questions are asked over an archive of their own paragraphs, hard negatives, and news,
as a user would ask: searched, the best passages read, the best span judged. A third of the
paragraphs are not in the archive, so that every span is wrong for their questions: what the archive
does not hold must not be answered. Two things are fitted: how the spans of a question are ranked
(`training.ranking`), and a logistic function of what is known of the best span. What tells one span
of a question from another is not what tells a question with an answer from one without: each has
signs of its own (docs/decisions/017-ranking-spans.md).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from evaluation import squad
from index.build import build
from index.fast_encoder import FastEncoder
from index.generation import LocalGeneration
from index.local import LocalStore
from index.onnx_model import cache_folder
from retrieval.confidence import Calibration, Signs
from retrieval.onnx_reader import OnnxSpanModel
from retrieval.pipeline import READ_PASSAGES
from retrieval.quoting import quote_of
from retrieval.reader import Span
from retrieval.reading import FOLDER
from retrieval.search import search
from retrieval.span_reader import SpanReader
from training import ranking
from training.data import Question, read_questions, split

RANKING = ("margin", "article", "passage", "quoted", "kind")
CHANCE = ("margin", "cosine", "covered")
ABSENT = 3  # every third paragraph is left out of the archive
FOLDS = 5
BINS = 10
FALSE = (0.05, 0.1, 0.2)  # shares of the questions without their paragraph that are answered
STRENGTH = 100.0  # inverse of the penalty on the coefficients
# Reviews and forum talk read unlike any article; QAMR's questions do not say what they are about.
_SKIPPED = ("amazon", "reddit", "qamr")


@dataclass(frozen=True, slots=True)
class Found:
    """A span found for a question: what is known of it, and whether it is right."""

    signs: Signs
    right: bool


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Fit the confidence of answers.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz")
    parser.add_argument("--questions", type=int, default=1200)
    parser.add_argument("--news", type=Path, nargs="*", default=(), help="corpora that distract")
    parser.add_argument("--adapter", type=Path, default=FOLDER)
    parser.add_argument("--index", type=Path, required=True, help="a folder for the archive")
    parser.add_argument("--points", type=Path, help="write signs and out-of-fold chances here")
    options = parser.parse_args(arguments)
    _, held = split(read_questions(options.data / "train.jsonl.gz"))
    chosen = [row for row in held if row.answers and not any(w in row.source for w in _SKIPPED)]
    chosen = chosen[:: max(1, len(chosen) // options.questions)][: options.questions]
    found = _ask(chosen, options.index, options.news, options.adapter)
    weights, chosen_right = _ranked(found, chosen)
    best = [_best(spans, weights) for spans in found]
    table = _table(best, CHANCE)
    right = np.array([one.right for one in best])
    folds = _out_of_fold(table, right, chosen)
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(table, right)
    record = {
        "kind": "conditional logit, then logistic, over searched passages",
        "bias": round(float(model.intercept_[0]), 6),
        "chance": _named(CHANCE, model.coef_[0]),
        "ranking": _named(RANKING, weights),
        "usual_cosine": round(float(table[:, CHANCE.index("cosine")].mean()), 6),
        "right": "the quote holds a gold answer, in the question's own paragraph",
        "questions": len(right),
        "share_right": round(float(right.mean()), 4),
        "out_of_fold": measures(folds, right) | {"first_right": round(chosen_right, 4)},
    }
    _store(options.adapter / "manifest.json", record)
    absent = _absent(chosen)
    lacking = np.array([question.context in absent for question in chosen])
    levels = {share: float(np.quantile(folds[lacking], 1 - share)) for share in FALSE}
    if options.points:
        np.savez(options.points, chance=folds, right=right, signs=table)
    print(json.dumps({"threshold by false answers": levels, **record}, indent=2))


def _store(path: Path, record: dict[str, Any]) -> None:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["calibration"] = record
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _ask(
    questions: Sequence[Question], folder: Path, news: Sequence[Path], adapter: Path
) -> list[list[Found]]:
    """The spans found for each question."""
    encoder = FastEncoder(cache_folder(), print)
    generation = _archive(questions, encoder, folder, news)
    model = OnnxSpanModel(cache_folder(), print, adapter)
    reader = SpanReader(model, Calibration(0.0, {}, {})).over(generation)
    answers = []
    absent = _absent(questions)
    for number, question in enumerate(questions):
        vector = encoder.encode([question.question])[0]
        hits = search(generation, question.question, vector, READ_PASSAGES)
        own = "" if question.context in absent else " ".join(question.context.split())
        golds = [squad.normal(text) for text, _ in question.answers]
        spans = []
        for one in reader.candidates(question.question, hits):
            span = Span(one.hit.passage, one.span.start, one.span.end, 0.0)
            quote = squad.normal(quote_of(span).text)
            right = one.hit.passage.text in own and any(gold in quote for gold in golds)
            spans.append(Found(one.signs, right))
        answers.append(spans)
        if number % 100 == 0:
            print(f"asked {number} of {len(questions)}", file=sys.stderr, flush=True)
    return answers


def _absent(questions: Sequence[Question]) -> set[str]:
    """Every third of their paragraphs."""
    return set(list(dict.fromkeys(question.context for question in questions))[::ABSENT])


def _archive(
    questions: Sequence[Question], encoder: FastEncoder, folder: Path, news: Sequence[Path]
) -> LocalGeneration:
    """Their paragraphs, but for every third one, their hard negatives, and the news."""
    absent = _absent(questions)
    texts = {q.context for q in questions} - absent
    texts |= {q.hard_negative for q in questions if q.hard_negative} - absent
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "articles.jsonl"
    records = ({"id": str(n), "text": " ".join(t.split())} for n, t in enumerate(sorted(texts)))
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    store = LocalStore(folder / "index")
    build([file, *news], store, lambda: encoder)
    return store.open_current()


def _ranked(
    found: Sequence[list[Found]], questions: Sequence[Question]
) -> tuple[NDArray[np.float64], float]:
    """The weights of `RANKING`, and how often weights that never saw a question's paragraph rank a
    right span first where there is one."""
    choices = [(_table(spans, RANKING), np.array([s.right for s in spans])) for spans in found]
    told = np.array([bool(right.any()) for _, right in choices])
    hits = np.zeros(len(found), np.bool_)
    for fit, rest in _folds(questions):
        weights = ranking.fit([choices[n] for n in fit])
        hits[rest] = [_best(found[n], weights).right for n in rest]
    return ranking.fit(choices), float(hits[told].mean())


def _best(spans: Sequence[Found], weights: NDArray[np.float64]) -> Found:
    """The span ranked first."""
    if not spans:
        return Found(Signs(-20.0), False)
    return spans[int(np.argmax(_table(spans, RANKING) @ weights))]


def _table(spans: Sequence[Found], names: Sequence[str]) -> NDArray[np.float64]:
    """(spans, names)"""
    rows = [[getattr(one.signs, name) for name in names] for one in spans]
    return np.array(rows, np.float64).reshape(len(spans), len(names))


def _named(names: Sequence[str], weights: NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(value), 6) for name, value in zip(names, weights, strict=True)}


def _folds(
    questions: Sequence[Question],
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """What to fit on and what is left; a paragraph's questions stay together."""
    numbers: dict[str, int] = {}
    groups = [numbers.setdefault(q.context, len(numbers)) for q in questions]
    yield from GroupKFold(FOLDS).split(groups, groups=groups)


def _out_of_fold(
    table: NDArray[np.float64], right: NDArray[np.bool_], questions: Sequence[Question]
) -> NDArray[np.float64]:
    """Chances from models that never saw the question's paragraph."""
    chance = np.zeros(len(right))
    for fit, rest in _folds(questions):
        model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(table[fit], right[fit])
        chance[rest] = model.predict_proba(table[rest])[:, 1]
    return chance


def measures(chance: NDArray[np.float64], right: NDArray[np.bool_]) -> dict[str, float]:
    """Expected calibration error over equally full bins (Naeini et al. 2015), Brier score, and the
    AUROC of right against wrong."""
    parts = np.array_split(np.argsort(chance), BINS)
    gaps = [abs(chance[p].mean() - right[p].mean()) * len(p) for p in parts if len(p)]
    return {
        "ece": round(float(np.sum(gaps) / len(chance)), 4),
        "brier": round(float(np.mean((chance - right) ** 2)), 4),
        "auroc": round(float(roc_auc_score(right, chance)), 4),
    }


if __name__ == "__main__":
    main()
