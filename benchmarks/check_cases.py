"""That the labels of `dialogues.jsonl` and `news_cases.jsonl` stand in the articles they cite.

    python -m benchmarks.check_cases ../shared/data

The fields are described in benchmarks/README.md. Prints what is there by kind and split, then
one line for each fault found; the exit code is 1 when there is one.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SPLITS = ("dev", "test")

Articles = dict[tuple[str, str], dict[str, str]]


def read(data: Path) -> Articles:
    """The articles of every corpus file by (corpus, id)."""
    articles: Articles = {}
    for file in sorted((data / "corpus").glob("*.jsonl.gz")):
        corpus = file.name.removesuffix(".jsonl.gz")
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            articles |= {(corpus, record["id"]): record for record in map(json.loads, lines)}
    return articles


def text_of(side: dict[str, Any], articles: Articles) -> str:
    """The text of the article that a side or a turn cites; empty when there is none."""
    return articles.get((side["corpus"], side["article"]), {}).get("text", "")


def day(article: dict[str, str]) -> str | None:
    """The article's date as YYYY-MM-DD: the files write it so, or as Reuters did in 1987."""
    date = article.get("date") or ""
    if reuters := re.match(r"\s*(\d{1,2}-[A-Z]{3}-\d{4})", date):
        return datetime.strptime(reuters[1].title(), "%d-%b-%Y").date().isoformat()
    return date or None


def holds(text: str, form: str) -> bool:
    """Whether the text has the form as whole words."""
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) is not None


def dialogue_faults(dialogue: dict[str, Any], articles: Articles) -> Iterator[str]:
    turns = dialogue["turns"]
    if len(turns) not in (2, 3) or turns[0]["follows"]:
        yield "two or three turns, and the first stands alone"
    for turn in turns:
        found = [answer in text_of(turn, articles) for answer in turn["answers"]]
        if not found or not all(found):
            yield f"{turn['article']} lacks an answer to {turn['question']!r}"
        for twin in turn.get("also", ()):
            # It tells the same story in other words: one form is enough in it.
            if not any(answer in text_of(twin, articles) for answer in turn["answers"]):
                yield f"{twin['article']} lacks every answer to {turn['question']!r}"


def sides_of(case: dict[str, Any]) -> list[dict[str, str]]:
    """All that a case cites, the listed sides first."""
    expect = case["expect"]
    return [*expect.get("sides", ()), *(value for value in expect.values() if type(value) is dict)]


def citation_faults(case: dict[str, Any], articles: Articles) -> Iterator[str]:
    if len(sides_of(case)) < (1 if case["kind"] == "spelling" else 2):
        yield "cites too little"
    for side in sides_of(case):
        if side["text"] not in text_of(side, articles):
            yield f"{side['article']} lacks {side['text']!r}"
        elif side.get("date") != day(articles[side["corpus"], side["article"]]):
            yield f"{side['article']} has another date"


def recency_faults(case: dict[str, Any], articles: Articles) -> Iterator[str]:
    dates = [side.get("date", "") for side in sides_of(case)]
    if not all(dates) or dates != sorted(set(dates), reverse=True):
        yield "the sides are not dated, newest first"


def agreement_faults(case: dict[str, Any], articles: Articles) -> Iterator[str]:
    if len({side["article"] for side in sides_of(case)}) < 2:
        yield "one article cannot agree with itself"


def abbreviation_faults(case: dict[str, Any], articles: Articles) -> Iterator[str]:
    expect = case["expect"]
    uses = expect["uses"]
    other = "long" if uses == "short" else "short"
    text = text_of(expect["answer"], articles)
    if not holds(text, expect[uses]) or holds(text, expect[other]):
        yield f"the article should have the {uses} form alone"
    if not holds(case["question"], expect[other]) or holds(case["question"], expect[uses]):
        yield f"the question should have the {other} form alone"
    if f"{expect['long']} ({expect['short']})" != expect["defined_in"]["text"]:
        yield "the definition should read: long (SHORT)"


def spelling_faults(case: dict[str, Any], articles: Articles) -> Iterator[str]:
    wrong, right = case["expect"]["wrong"], case["expect"]["right"]
    if not holds(case["question"], wrong):
        yield f"{wrong!r} is not in the question"
    if not holds(text_of(case["expect"]["answer"], articles), right):
        yield f"the article does not hold {right!r}"
    if any(holds(article["text"], wrong) for article in articles.values()):
        yield f"{wrong!r} is a word of the corpora"


BY_KIND = {
    "agree": agreement_faults,
    "recency": recency_faults,
    "abbreviation": abbreviation_faults,
    "spelling": spelling_faults,
}


def faults_of(record: dict[str, Any], articles: Articles) -> Iterator[str]:
    """What is wrong with a dialogue or a case, one line each."""
    if record["split"] not in SPLITS:
        yield "the split is neither dev nor test"
    if "turns" in record:
        yield from dialogue_faults(record, articles)
        return
    yield from citation_faults(record, articles)
    if finder := BY_KIND.get(record["kind"]):
        yield from finder(record, articles)


def shared_faults(records: list[dict[str, Any]]) -> Iterator[str]:
    """Ids that are there twice, and articles cited in both splits."""
    for key, times in Counter(record["id"] for record in records).items():
        if times > 1:
            yield f"{key}: this id is there {times} times"
    splits: dict[str, set[str]] = {}
    for record in records:
        for side in record.get("turns") or sides_of(record):
            splits.setdefault(side["article"], set()).add(record["split"])
    yield from (f"{key}: cited in both splits" for key, found in splits.items() if len(found) > 1)


def main(data: Path) -> int:
    faults: list[str] = []
    files = [
        [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
        for name in ("dialogues.jsonl", "news_cases.jsonl")
    ]
    articles = read(data)
    counts: Counter[tuple[str, str]] = Counter()
    for records in files:
        faults += shared_faults(records)
        for record in records:
            kind = record.get("kind") or f"dialogue of {len(record['turns'])} turns"
            counts[kind, record["split"]] += 1
            faults += [f"{record['id']}: {fault}" for fault in faults_of(record, articles)]
    later = [turn for record in files[0] for turn in record["turns"][1:]]
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind:22}", *(f"{split} {counts[kind, split]:3}" for split in SPLITS))
    print(f"later turns {len(later)}, not follow-ups {sum(not turn['follows'] for turn in later)}")
    print(*faults, f"{len(faults)} faults", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "corpus").is_dir():
        sys.exit(
            "usage: python -m benchmarks.check_cases DATA, where DATA/corpus holds the articles"
        )
    sys.exit(main(Path(sys.argv[1])))
