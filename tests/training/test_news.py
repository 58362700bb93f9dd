"""News that does not answer is found by the program itself."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from training import news
from training.data import read_news


def write(path: Path, rows: list[dict[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)


def test_the_nearest_passage_without_the_answer_is_found(tmp_path: Path) -> None:
    context = "The museum of Oslo was opened by Ada Holm."
    answer = {"text": "Ada Holm", "start": context.index("Ada Holm")}
    asked = {"question": "Who opened the museum of Oslo?", "context": context, "source": "x"}
    write(
        tmp_path / "train.jsonl.gz",
        [
            {"id": "a", "answers": [answer], **asked},
            {**asked, "id": "b", "answers": [], "question": "Xyzzy?"},
        ],
    )
    articles = [
        "ada holm opened a museum in Oslo.",
        "The museum of Rome shut.",
        "It rained in Lima.",
    ]
    write(tmp_path / "n.jsonl.gz", [{"id": n, "text": text} for n, text in enumerate(articles)])
    out = tmp_path / "news.jsonl.gz"
    news.main(
        ["--data", str(tmp_path), "--corpus", str(tmp_path / "n.jsonl.gz"), "--out", str(out)]
    )
    assert read_news(out) == {"a": "The museum of Rome shut."}
