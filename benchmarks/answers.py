"""Every answer to the questions that we have, as JSON, which a mere move must leave as it is.

    python -m benchmarks.answers ../shared/data --index DIR > before.jsonl

Asks the seeds' questions, those of ``dev_news_quotes`` and ``dev_out_of_corpus``, those of
``dev_people`` and the dialogues, the last two with their history, over one index. A line for each
reply, as `pullquote ask --json` gives it but without the time: two runs are compared by `diff`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.render.records import reply_record
from bot.wiring import Desk
from index.errors import QuestionError
from retrieval.question.followup import Turn, turn_of

ROOT = Path(__file__).parent.parent
ALONE = ("dev_news_quotes.jsonl.gz", "dev_out_of_corpus.jsonl.gz")
PEOPLE = "dev_people.jsonl.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with qa/")
    parser.add_argument("--index", type=Path, required=True)
    options = parser.parse_args()
    settings = Settings.model_validate({"index": {"path": str(options.index.absolute())}})
    answerer = Desk(settings).answerer()
    told: defaultdict[str, list[Turn]] = defaultdict(list)
    for number, (question, conversation) in enumerate(questions(options.data / "qa"), 1):
        history = told[conversation] if conversation else []
        try:
            reply = answerer.answer(question, history)
        except QuestionError as error:
            print(json.dumps({"question": question, "error": str(error)}))
            continue
        if conversation:
            told[conversation].append(turn_of(reply))
        record = reply_record(reply, 0.0)
        print(json.dumps(record, ensure_ascii=False))
        if number % 100 == 0:
            print(f"{number} asked", file=sys.stderr)


def questions(folder: Path) -> Iterator[tuple[str, str]]:
    """(question, its conversation or "") in a fixed order."""
    for file in (ROOT / "seeds" / "questions.jsonl", *(folder / name for name in ALONE)):
        yield from ((line["question"], "") for line in _lines(file))
    for line in _lines(folder / PEOPLE):
        yield line["question"], str(line.get("conversation", ""))
    for dialogue in _lines(ROOT / "benchmarks" / "dialogues.jsonl"):
        yield from ((turn["question"], dialogue["id"]) for turn in dialogue["turns"])


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
