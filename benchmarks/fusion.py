"""Which fusion of BM25 and cosine ranks best? All of them, on the same candidates, in one run.

    python -m benchmarks.fusion ../shared/data --index DIR [--learn 1000] [--cache FOLDER]

Weights are learnt on a sample of the training questions (their contexts and hard negatives are the
corpus) and judged on ``dev_wikipedia`` (paragraphs are the passages; the right paragraph counts)
and on ``dev_news_quotes`` over the index in DIR (the right article counts). Prints recall@1 and @5
with 95 % intervals, and the paired difference from txtai's fusion.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks import fusion_methods as methods
from benchmarks.fusion_corpora import Corpus, news, paragraphs, training_sample
from benchmarks.fusion_methods import Candidates, Fusion, Scores
from evaluation.intervals import Estimate, differences, estimates
from evaluation.metrics import Floats, mean

WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7)
ARTICLE_WEIGHTS = (0.05, 0.1, 0.2, 0.3, 0.5)
LEARNT: dict[str, Callable[[Candidates, float], Scores]] = {
    "min-max": methods.min_max,
    "theoretical min-max": methods.theoretical,
    "z-score": methods.z_score,
}
FIXED: dict[str, Fusion] = {
    "BM25 alone": methods.lexical_alone,
    "cosine alone": methods.dense_alone,
    "reciprocal ranks, as Haystack": methods.haystack,
    "convex, as txtai": methods.txtai,
    "convex, as txtai, over its own BM25": methods.txtai_own,
}
RIVAL = "convex, as txtai"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--learn", type=int, default=1000, help="training questions")
    parser.add_argument("--cache", type=Path, help="keep vectors here between runs")
    options = parser.parse_args()
    qa = options.data / "qa"
    learning = training_sample(qa / "train.jsonl.gz", options.learn, options.cache)
    weights = learn(learning)
    corpora = [
        paragraphs(qa / "dev_wikipedia.jsonl.gz", options.cache),
        *news(qa / "dev_news_quotes.jsonl.gz", options.index, options.cache),
    ]
    for corpus in corpora:
        judge(corpus, weights)


def learn(corpus: Corpus) -> dict[str, float]:
    """The weight of BM25 with the best recall@1 for each method, recall@5 breaking ties."""
    print(f"\n{corpus.name}: {len(corpus.questions)} questions\n")
    print(f"| weight of BM25 | {' | '.join(map(str, WEIGHTS))} |\n|---|{'---|' * len(WEIGHTS)}")
    best = {}
    for name, method in LEARNT.items():
        found = []
        for weight in WEIGHTS:
            ranks = corpus.ranks(_weighing(method, weight))
            found.append(tuple(float(((ranks > 0) & (ranks <= k)).mean()) for k in (1, 5)))
        cells = " | ".join(f"{one:.3f} / {five:.3f}" for one, five in found)
        print(f"| {name}, recall@1 / @5 | {cells} |", flush=True)
        best[name] = max(zip(found, WEIGHTS, strict=True))[1]
    articles = {
        f"as served, and {weight} of the article": _weighing(methods.with_article, weight)
        for weight in ARTICLE_WEIGHTS
    }
    for name, fixed in (FIXED | articles).items():
        ranks = corpus.ranks(fixed)
        cells = " / ".join(f"{((ranks > 0) & (ranks <= k)).mean():.3f}" for k in (1, 5))
        print(f"{name}: {cells}", flush=True)
    print("learnt:", best)
    return best


def judge(corpus: Corpus, weights: dict[str, float]) -> None:
    """Print the table of one corpus."""
    tried: dict[str, Fusion] = dict(FIXED)
    for name, method in LEARNT.items():
        for weight in WEIGHTS:
            mark = " (learnt)" if weight == weights[name] else ""
            tried[f"{name} {weight}{mark}"] = _weighing(method, weight)
    for weight in ARTICLE_WEIGHTS:
        tried[f"as served, and {weight} of the article"] = _weighing(methods.with_article, weight)
    groups = [question.group for question in corpus.questions]
    ranks = {name: corpus.ranks(fusion) for name, fusion in tried.items()}
    print(f"\n{corpus.name}: {len(groups)} questions, {corpus.size} passages\n")
    print("| | recall@1 | recall@5 | recall@1 minus txtai's |\n|---|---|---|---|")
    for name, found in ranks.items():
        cells = [_cell(_recall(found, k, groups)) for k in (1, 5)]
        apart = differences(
            {"r": _measure(found, 1)}, {"r": _measure(ranks[RIVAL], 1)}, groups
        )["r"]  # fmt: skip
        print(f"| {name} | {' | '.join(cells)} | {_cell(apart, '+')} |", flush=True)


def _weighing(method: Callable[[Candidates, float], Scores], weight: float) -> Fusion:
    return lambda found: method(found, weight)


def _measure(ranks: Floats, k: int) -> Callable[[Floats], Floats]:
    hit = ((ranks > 0) & (ranks <= k)).astype(np.float64)
    return lambda weights: mean(weights, hit)


def _recall(ranks: Floats, k: int, groups: Sequence[str]) -> Estimate:
    return estimates({"r": _measure(ranks, k)}, groups)["r"]


def _cell(one: Estimate, sign: str = "") -> str:
    return f"{one.value:{sign}.3f} ({one.low:{sign}.3f} … {one.high:{sign}.3f})"


if __name__ == "__main__":
    main()
