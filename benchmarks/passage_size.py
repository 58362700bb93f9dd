"""How long should passages be? Recall and reading quality for several sizes, in one run.

    python -m benchmarks.passage_size ../shared/data --articles 600

Indexes the articles of the Guardian questions among others, asks the questions, and prints for each
size: how often the right article comes first and among five; how often the annotated evidence lies
in the first 300 and 1,000 words of passages that a reader would read; and how often the first
sentence quoted overlaps the evidence by half of the shorter.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.evidence import overlaps
from index.articles.passages import PassageSize
from index.build import BuildOptions, build
from index.folder.folder_store import FolderStore
from index.folder.generation import FolderGeneration
from index.models.encoder import Encoder, SentenceEncoder
from retrieval.finding.hits import Hit
from retrieval.finding.search import search
from retrieval.reading.sentence_reader import SentenceReader

SIZES = ((40, 60), (60, 90), (80, 120), (110, 160))
OTHERS = ("guardian_onestop_adv", "wikinews_gum", "bbc", "worldwide_newswire")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=600, help="other articles to index")
    parser.add_argument("--questions", type=int, default=486)
    options = parser.parse_args()
    questions = list(_lines(options.data / "qa" / "dev_news_quotes.jsonl.gz"))[: options.questions]
    encoder = SentenceEncoder()
    print("| enough-most words | passages | article @1 | @5 | evidence in 300 words | in 1,000 "
          "| first quote |\n|---|---|---|---|---|---|---|", flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        corpus = _corpus(options.data / "corpus", Path(folder), options.articles)
        for enough, most in SIZES:
            store = FolderStore(Path(folder) / f"{enough}-{most}")
            size = BuildOptions(PassageSize(enough, most))
            build([corpus], store, lambda: encoder, size)
            row = _measure(store.open_current(), encoder, questions)
            print(f"| {enough}-{most} | {row}", flush=True)


def _measure(
    generation: FolderGeneration, encoder: Encoder, questions: list[dict[str, Any]]
) -> str:
    reader = SentenceReader(encoder)
    found = [0] * 5
    for question in questions:
        hits = search(
            generation, question["question"], encoder.encode([question["question"]])[0], 40
        )
        evidence = question["answers"][0]["text"]
        articles = list(dict.fromkeys(hit.passage.reference.title for hit in hits))
        found[0] += articles[:1] == [question["title"]]
        found[1] += question["title"] in articles[:5]
        found[2] += _within(hits, evidence, 300)
        found[3] += _within(hits, evidence, 1000)
        spans = reader.read(question["question"], hits[:10])
        best = spans[0].passage.text[spans[0].start : spans[0].end] if spans else ""
        found[4] += overlaps(best, evidence)
    shares = " | ".join(f"{count / len(questions):.3f}" for count in found)
    return f"{generation.manifest.passages} | {shares} |"


def _within(hits: list[Hit], evidence: str, words: int) -> bool:
    """Whether the passages that fit into so many words hold half of the evidence."""
    read = 0
    for hit in hits:
        read += len(hit.passage.text.split())
        if read > words:
            return False
        if overlaps(hit.passage.text, evidence):
            return True
    return False


def _corpus(folder: Path, target: Path, others: int) -> Path:
    file = target / "articles.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(
            json.dumps(article) + "\n"
            for article in _lines(folder / "guardian_onestopqa30.jsonl.gz")
        )
        for name in OTHERS:
            articles = list(_lines(folder / f"{name}.jsonl.gz"))
            step = max(1, len(articles) * len(OTHERS) // others)
            # The other edition of the same articles would be a right answer in a wrong place.
            kept = articles[::step] if name != OTHERS[0] else []
            lines.writelines(json.dumps({**a, "id": f"{name}-{a['id']}"}) + "\n" for a in kept)
    return file


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
