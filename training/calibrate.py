"""Fit the confidence of an answer found by searching: ``python -m training.calibrate``.

The held-out questions are asked over an archive of their own paragraphs, hard negatives, and news
(`training.archive`), as a user would ask: searched, the best passages read, the best span judged. A
part of the paragraphs are not in it, so that every span is wrong for their questions: what the
archive does not hold must not be answered. Fitted are how the spans of a question are ranked
(`training.ranking`) and how likely the best one is to answer (`training.chances`), each from signs
of its own (docs/decisions/017-ranking-spans.md).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation import squad
from index.folder.generation import FolderGeneration
from index.model import Passage
from index.models.encoder import Encoder
from index.models.fast_encoder import FastEncoder
from index.models.graph_runner import cache_folder
from retrieval.answer import Quote
from retrieval.finding.fetched import Fetched
from retrieval.finding.search import search
from retrieval.network.int8_reader import OnnxSpanModel
from retrieval.network.shipped import FOLDER
from retrieval.pipeline import READ_PASSAGES
from retrieval.question.asked import Question
from retrieval.question.lookups import Lookups
from retrieval.reading.article_margin import article_margins
from retrieval.reading.confidence import NAMES, Calibration, Signs
from retrieval.reading.joining import joined, rivals
from retrieval.reading.span_reader import SpanReader
from training import chances, ranking
from training.archive import archive, left_out, one_line
from training.chances import Judged
from training.data import SpanQuestion, read_questions, split, told_title

RANKING = ("margin", "article", "passage", "cosine", "quoted", "asks")
FALSE = (0.05, 0.1, 0.2)  # shares of the questions without their paragraph that are answered
# Reviews and forum talk read unlike any article; QAMR's questions do not say what they are about.
_SKIPPED = ("amazon", "reddit", "qamr")


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A span found for a question: what is known of it, where it stands, and whether its quote is
    right."""

    signs: Signs
    right: bool
    passage: Passage
    quote: Quote


@dataclass(frozen=True, slots=True)
class Best:
    """What is known of the span ranked first, and whether what is quoted with it is right."""

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
    rows = list(read_questions(options.data / "train.jsonl.gz"))
    paragraphs = {row.hard_negative: "" for row in rows if row.hard_negative}
    paragraphs |= {row.context: told_title(row) for row in rows}
    _, held = split(rows)
    chosen = [row for row in held if row.answers and not any(w in row.source for w in _SKIPPED)]
    chosen = chosen[:: max(1, len(chosen) // options.questions)][: options.questions]
    absent = left_out(chosen, paragraphs)
    encoder = FastEncoder(cache_folder(), print)
    generation = archive(chosen, paragraphs, absent, options.news, options.index, encoder)
    found = _ask(chosen, absent, generation, encoder, options.adapter)
    weights, chosen_right = _ranked(found, chosen)
    best = [
        Judged(one.signs, one.right, question.context not in absent, question.context)
        for one, question in zip((_best(spans, weights) for spans in found), chosen, strict=True)
    ]
    right, there = (np.array([getattr(one, name) for one in best]) for name in ("right", "there"))
    confidence = chances.out_of_fold(best)
    here, sentence = chances.fit(best)
    record = {
        "kind": "conditional logit; the archive answers, times this span does, both logistic",
        "chances": [chances.as_manifest(here), chances.as_manifest(sentence)],
        "ranking": dict(zip(RANKING, (round(float(one), 6) for one in weights), strict=True)),
        "usual": {
            "cosine": _mean(best, "cosine"),
            "standout": _mean([one for one in best if not one.there], "standout"),
            "articles": _mean([one for one in best if not one.there], "articles"),
        },
        "right": "the quote holds a gold answer, in the question's own paragraph",
        "questions": len(right),
        "share_there": round(float(there.mean()), 4),
        "share_right": round(float(right.mean()), 4),
        "out_of_fold": chances.measures(confidence, right)
        | {"first_right": round(chosen_right, 4)},
    }
    _store(options.adapter / "manifest.json", record)
    levels = {share: float(np.quantile(confidence[~there], 1 - share)) for share in FALSE}
    if options.points:
        signs = chances.table([one.signs for one in best], NAMES)
        np.savez(options.points, chance=confidence, right=right, there=there, signs=signs)
    print(json.dumps({"threshold by false answers": levels, **record}, indent=2))


def _mean(best: Sequence[Judged], name: str) -> float:
    return round(float(np.mean([getattr(one.signs, name) for one in best])), 6)


def _store(path: Path, record: dict[str, Any]) -> None:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["calibration"] = record
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _ask(
    questions: Sequence[SpanQuestion],
    absent: Set[str],
    generation: FolderGeneration,
    encoder: Encoder,
    adapter: Path,
) -> list[list[LabelledSpan]]:
    """The spans found for each question; all of one whose paragraph is ``absent`` are wrong."""
    model = OnnxSpanModel(cache_folder(), print, adapter)
    reader = SpanReader(model, Calibration((), {}))
    answers = []
    for number, question in enumerate(questions):
        known, passages = Lookups(generation.lexicon), generation.manifest.passages
        asked = Question.of(question.question, question.question, known, passages)
        vector = encoder.encode([asked.spelt])[0]
        found = search(generation, asked, vector, READ_PASSAGES)
        hits = Fetched(generation).placed(asked, found)
        own = "" if question.context in absent else one_line(question.context)
        golds = [squad.normal(text) for text, _ in question.answers]
        spans = []
        for one in reader.candidates(asked, hits):
            said = squad.normal(one.quote.text)
            right = one_line(one.quote.text) in own and any(gold in said for gold in golds)
            spans.append(LabelledSpan(one.signs, right, one.hit.passage, one.quote))
        answers.append(spans)
        if number % 100 == 0:
            print(f"asked {number} of {len(questions)}", file=sys.stderr, flush=True)
    return answers


def _ranked(
    found: Sequence[list[LabelledSpan]], questions: Sequence[SpanQuestion]
) -> tuple[NDArray[np.float64], float]:
    """The weights of `RANKING`, and how often what is quoted first by weights that never saw a
    question's paragraph is right, where a right span was found."""
    choices = [(_table(spans), np.array([span.right for span in spans])) for spans in found]
    told = np.array([bool(right.any()) for _, right in choices])
    hits = np.zeros(len(found), np.bool_)
    for fit, rest in chances.folds([question.context for question in questions]):
        weights = ranking.fit([choices[n] for n in fit])
        hits[rest] = [_best(found[n], weights).right for n in rest]
    return ranking.fit(choices), float(hits[told].mean())


def _best(spans: Sequence[LabelledSpan], weights: NDArray[np.float64]) -> Best:
    """The span ranked first by these weights, with its lead and the neighbours quoted with it."""
    if not spans:
        return Best(Signs(-20.0), False)
    values = _table(spans) @ weights
    order = np.argsort(-values, kind="stable")
    ranked, worth = [spans[n] for n in order], values[order].tolist()
    quotes = [one.quote for one in ranked]
    taken, _ = joined(worth, quotes, [one.passage for one in ranked])
    articles = [one.passage.reference.article_id for one in ranked]
    ahead = article_margins(worth, articles, rivals(quotes, taken))
    return Best(
        replace(ranked[0].signs, article_margin=ahead[0]), any(ranked[n].right for n in taken)
    )


def _table(spans: Sequence[LabelledSpan]) -> NDArray[np.float64]:
    return chances.table([span.signs for span in spans], RANKING)


if __name__ == "__main__":
    main()
