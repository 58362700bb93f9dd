"""What is said of a search that was narrowed by dates."""

import json
from datetime import date
from pathlib import Path

import pytest

from index.build import build
from index.folder.folder_store import FolderStore
from index.store import Generation
from retrieval.finding.narrowing import scope_of
from retrieval.question.filters import narrow
from tests.word_encoder import WordEncoder

TODAY = date(2021, 3, 1)


def _generation(folder: Path, *days: str | None) -> Generation:
    records = [
        {"id": str(n), "text": f"Ferry number {n} sank.", "published": day}
        for n, day in enumerate(days)
    ]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    store = FolderStore(folder / "ix")
    build([folder / "a.jsonl"], store, WordEncoder)
    return store.open_current()


@pytest.mark.parametrize(
    "question",
    [
        "what sank? since:2021",
        "what sank? before:2022",
        "what sank? on:2019",
        "what sank last month?",
    ],
)
def test_a_search_by_date_says_how_many_have_one(tmp_path: Path, question: str) -> None:
    generation = _generation(tmp_path, "2021-02-03", None, None)
    remark = scope_of(narrow(question, TODAY), generation).remark
    assert remark is not None and remark.endswith("1 of 3 articles has a date")


def test_nothing_is_said_where_it_does_not_matter(tmp_path: Path) -> None:
    generation = _generation(tmp_path, "2021-02-03", None)
    for question in ("what sank?", "what sank? title:ferry", 'what "sank"?'):
        assert scope_of(narrow(question, TODAY), generation).remark is None
    (tmp_path / "all").mkdir()
    dated = _generation(tmp_path / "all", "2021-02-03", "2021-02-04")
    assert scope_of(narrow("what sank? since:2021", TODAY), dated).remark is None
