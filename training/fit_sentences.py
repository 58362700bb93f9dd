"""Fit the weights of the sentence reader: how much each kind of evidence counts.

    python -m training.fit_sentences ../shared/data/qa/train.jsonl.gz

For each sampled training question, the sentences of its passage and of its hard negative (a
passage that BM25 ranks high and that does not hold the answer) are examples; those that hold the
answer are positive. Two logistic regressions, with and without the encoder. Prints the weights
for ``retrieval/reading/sentence_reader.py`` and what they reach on the tenth that was kept apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.language.sentences import sentence_bounds
from index.language.words import words
from index.models.encoder import SentenceEncoder
from retrieval.question.weighing import FEATURES, Weighed, features

LEXICAL = len(FEATURES) - 2
_SKIPPED = ("amazon", "reddit")  # reviews and forum talk read unlike any article


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--questions", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=13)
    options = parser.parse_args()
    examples = _sample(options.data, options.questions, options.seed)
    groups = _groups(examples)
    cut = len(groups) * 9 // 10
    for name, width in (("lexical", LEXICAL), ("hybrid", len(FEATURES))):
        _fit(name, width, groups[:cut], groups[cut:])


def _sample(data: Path, count: int, seed: int) -> list[dict[str, Any]]:
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    kept = [r for r in records if not any(word in r["source"] for word in _SKIPPED)]
    return random.Random(seed).sample(kept, count)


Group = tuple[NDArray[np.float64], NDArray[np.bool_]]
"""One question with one passage: features (sentences, FEATURES), which hold the answer."""


def _groups(examples: list[dict[str, Any]]) -> list[Group]:
    encoder = SentenceEncoder()
    passages = [e["context"] for e in examples] + [e.get("hard_negative") or "" for e in examples]
    held = [set(words(passage)) for passage in passages]
    counts = Counter(word for one in held for word in one)
    bounds = [sentence_bounds(passage) for passage in passages]
    sentences = [p[a:b] for p, pairs in zip(passages, bounds, strict=True) for a, b in pairs]
    print(f"embedding {len(sentences)} sentences", flush=True)
    rows = encoder.encode(sentences)
    passage_rows = encoder.encode(passages)
    question_rows = encoder.encode([e["question"] for e in examples])
    groups, first = [], 0
    for number, (passage, pairs) in enumerate(zip(passages, bounds, strict=True)):
        example, row = examples[number % len(examples)], question_rows[number % len(examples)]
        positive = number < len(examples)
        question = Weighed.by_frequency(example["question"], counts.__getitem__, len(passages))
        near, last = float(passage_rows[number] @ row), first + len(pairs)
        table = [
            features(question, passage[a:b], held[number], (float(rows[i] @ row), near))
            for i, (a, b) in zip(range(first, last), pairs, strict=True)
        ]
        starts = [answer["start"] for answer in example["answers"]] if positive else []
        hits = [any(a <= start < b for start in starts) for a, b in pairs]
        if table:
            groups.append((np.array(table), np.array(hits)))
        first = last
    random.Random(0).shuffle(groups)
    return groups


def _fit(name: str, width: int, train: list[Group], test: list[Group]) -> None:
    table = np.concatenate([features for features, _ in train])[:, :width]
    model = LogisticRegression(C=10.0, max_iter=1000).fit(
        table, np.concatenate([h for _, h in train])
    )
    weights = {f: round(float(w), 3) for f, w in zip(FEATURES, model.coef_[0], strict=False)}
    best = [(model.predict_proba(f[:, :width])[:, 1], hits) for f, hits in test]
    right = [bool(hits[int(p.argmax())]) for p, hits in best]
    answerable = [r for r, (_, hits) in zip(right, best, strict=True) if hits.any()]
    auroc = roc_auc_score([bool(h.any()) for _, h in best], [p.max() for p, _ in best])
    top = np.array([p.max() for p, _ in best])
    error = _calibration_error(top, np.array(right))
    print(f"{name}: bias {model.intercept_[0]:.3f}, {weights}")
    print(
        f"  best sentence holds the answer {np.mean(answerable):.3f}, answerable or not "
        f"AUROC {auroc:.3f}, calibration error {error:.3f} ({len(test)} passages)"
    )


def _calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten equal bins (Guo et al. 2017)."""
    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = [
        abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in range(10)
        if (bins == b).any()
    ]
    return float(sum(gaps))


if __name__ == "__main__":
    main()
