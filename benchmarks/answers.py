"""How well questions are answered, and how well those without an answer are refused.

    python -m benchmarks.answers ../shared/data --index DIR [--reader pullquote|sentences|MODEL]

``dev_news_quotes`` is asked over the index (which should hold the Guardian articles): the first
quote counts when it is from the right article and overlaps the annotated evidence by half of the
shorter. ``dev_out_of_corpus`` has no answer in it. Prints recall, quotes, the AUROC between the two
sets' confidences, what is answered when one in ten of the others is too, and the time a question
takes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks.passage_size import overlaps
from bot.config import Settings
from bot.wiring import Desk
from retrieval.answer import Answer, Reply
from retrieval.pipeline import Answerer
from retrieval.search import search

FALSE_ANSWERS = 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--index", required=True)
    parser.add_argument("--reader", default="pullquote")
    parser.add_argument("--most", type=int, default=1000, help="questions of each kind")
    options = parser.parse_args()
    table = {"index": {"path": options.index}, "reader": {"model": options.reader}}
    answerer = replace(Desk(Settings.model_validate(table)).answerer(), threshold=0.0)
    inside = _lines(options.data / "qa" / "dev_news_quotes.jsonl.gz")[: options.most]
    outside = _lines(options.data / "qa" / "dev_out_of_corpus.jsonl.gz")[: options.most]
    found, quoted, sure, times = [], [], [], []
    for question in inside:
        found.append(_articles(answerer, question))
        begun = time.perf_counter()
        reply = answerer.answer(question["question"])
        times.append((time.perf_counter() - begun) * 1000)
        quoted.append(_quoted(reply, question))
        sure.append(_confidence(reply))
    unsure = [_confidence(answerer.answer(question["question"])) for question in outside]
    rank = np.array(found)
    least = float(np.quantile(unsure, 1 - FALSE_ANSWERS))
    figures = {
        "questions": len(inside),
        "article recall@1": float((rank == 1).mean()),
        "article recall@5": float(((rank > 0) & (rank <= 5)).mean()),
        "evidence quoted first": float(np.mean(quoted)),
        "AUROC against absent news": float(
            roc_auc_score([1] * len(sure) + [0] * len(unsure), sure + unsure)
        ),
        "answered at 10 % false answers": float((np.array(sure) > least).mean()),
        "at the threshold": least,
        "ms p50": float(np.median(times)),
        "ms p95": float(np.quantile(times, 0.95)),
    }
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}, indent=2))


def _articles(answerer: Answerer, question: dict[str, Any]) -> int:
    """The rank of the right article, from 1; 0 when it is not among those found."""
    encoder = answerer.encoder
    vector = encoder.encode([question["question"]])[0] if encoder else None
    hits = search(answerer.generation, question["question"], vector, 40)
    context = " ".join(question["context"].split())[:80]
    seen: list[str] = []
    for hit in hits:
        if hit.passage.reference.article_id not in seen:
            seen.append(hit.passage.reference.article_id)
            article = answerer.generation.article(seen[-1])
            if article and context in " ".join(article.text.split()):
                return len(seen)
    return 0


def _quoted(reply: Reply, question: dict[str, Any]) -> bool:
    if not isinstance(reply, Answer):
        return False
    return overlaps(reply.claims[0].quotes[0].text, question["answers"][0]["text"])


def _confidence(reply: Reply) -> float:
    return reply.claims[0].confidence if isinstance(reply, Answer) else 0.0


def _lines(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
