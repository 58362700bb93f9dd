"""Dates of a whole archive: their order, and those that nobody knows, which are counted."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.build import BuildReport, build
from index.folder.folder_store import FolderStore
from tests.word_encoder import WordEncoder


def _written(folder: Path, name: str, rows: Sequence[tuple[str, object, str | None]]) -> None:
    """Records of (id, date, outlet)."""
    folder.mkdir(exist_ok=True)
    records = [
        {
            "id": key,
            "text": f"The ferry number {key} sank off {key}.",
            "date": day,
            "source": outlet,
        }
        for key, day, outlet in rows
    ]
    (folder / name).write_text("\n".join(map(json.dumps, records)))


def _built(folder: Path) -> tuple[BuildReport, dict[str, str | None]]:
    store = FolderStore(folder.parent / "ix")
    report = build([folder], store, WordEncoder)
    articles = store.open_current().every_article()
    return report, {a.reference.article_id: a.reference.published for a in articles}


def test_an_outlet_writes_all_its_dates_alike(tmp_path: Path) -> None:
    source = tmp_path / "in"
    _written(source, "a.jsonl", [("a", "03/04/2021", "Herald"), ("b", "03/04/2021", "Post")])
    assert _built(source)[1] == {"a": "2021-04-03", "b": "2021-04-03"}
    # One more day, and the Herald is seen to put the month first, in the file of before, too.
    _written(source, "b.jsonl", [("c", "04/30/2021", "Herald")])
    report, days = _built(source)
    assert days == {"a": "2021-03-04", "b": "2021-04-03", "c": "2021-04-30"}
    assert report.dated == 3 and not report.unread_dates.number


def test_a_file_without_outlets_shows_its_order(tmp_path: Path) -> None:
    rows = [("a", "3/4/21", None), ("b", "4/30/21", None)]
    _written(tmp_path / "in", "a.jsonl", rows)
    assert _built(tmp_path / "in")[1] == {"a": "2021-03-04", "b": "2021-04-30"}


def test_a_folder_of_single_articles_shows_its_order(tmp_path: Path) -> None:
    for key, day in (("a", "03/04/2021"), ("b", "04/30/2021")):
        _written(tmp_path / "in", f"{key}.jsonl", [(key, day, None)])
    assert _built(tmp_path / "in")[1] == {"a": "2021-03-04", "b": "2021-04-30"}


def test_unknown_days_are_counted_and_named(tmp_path: Path) -> None:
    tomorrow = (date.today() + timedelta(days=2)).isoformat()
    rows = [("a", "soon", None), ("b", tomorrow, None), ("c", None, None), ("d", 1612137600, None)]
    _written(tmp_path / "in", "a.jsonl", rows)
    report, days = _built(tmp_path / "in")
    assert days == {"a": None, "b": None, "c": None, "d": "2021-02-01"}
    assert (report.articles, report.dated) == (4, 1)
    assert report.unread_dates.number == report.dates_to_come.number == 1
    assert report.unread_dates.first[0].endswith("a.jsonl:1 (soon)")
    assert report.dates_to_come.first[0].endswith(f"a.jsonl:2 ({tomorrow})")
    again, _ = _built(tmp_path / "in")
    assert again.unchanged and again.dated == 1 and again.dates_to_come.number == 1


def test_a_day_that_came_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(tmp_path / "in", "a.jsonl", [("a", "2021-02-01", None)])
    with monkeypatch.context() as early:
        early.setattr("index.dating.is_to_come", lambda day, text, now: True)
        assert _built(tmp_path / "in")[1] == {"a": None}
    report, days = _built(tmp_path / "in")
    assert days == {"a": "2021-02-01"} and not report.unchanged
