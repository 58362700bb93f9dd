"""Find news that does not answer: ``python -m training.news --corpus FILE... --out FILE``.

The training passages are encyclopaedic, the archive's are news, and most of what a search finds
there does not hold the answer. For each training question this finds the passage of the news that
BM25 ranks highest among those that hold none of its answers; `training.batches` shows some of them
as "not here". Articles that a dev file asks about must not be given.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from index.articles.passages import PassageSize, split
from index.folder.lexical import LexicalIndex
from index.folder.lexical_builder import LexicalBuilder
from index.language.words import words
from index.model import Article, Reference
from training.data import read_questions

DEPTH: Final = 20  # passages looked at for a question
SIZE: Final = PassageSize(60, 110)


def passages_of(files: Sequence[Path]) -> Iterator[str]:
    """The passages of every article of some gzipped JSON-lines corpora."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                article = Article(Reference(str(row["id"]), ""), row["text"])
                yield from (passage.text for passage in split(article, SIZE))


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether a passage names one of the answers, in whatever case."""
    folded = text.casefold()
    return any(answer.casefold() in folded for answer in answers)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write one line for each question that some passage shares a word with."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz")
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="*.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    texts, builder = list(passages_of(options.corpus)), LexicalBuilder()
    for text in texts:
        builder.add(words(text))
    with tempfile.TemporaryDirectory() as folder, gzip.open(options.out, "wt") as out:
        builder.write(Path(folder))
        index = LexicalIndex(Path(folder), len(texts))
        for row in read_questions(options.data / "train.jsonl.gz"):
            keys, _ = index.search(words(row.question), DEPTH)
            answers = [text for text, _ in row.answers]
            found = next((texts[key] for key in keys if not holds(texts[key], answers)), None)
            if found is not None:
                out.write(json.dumps({"id": row.id, "passage": found}) + "\n")


if __name__ == "__main__":
    main()
