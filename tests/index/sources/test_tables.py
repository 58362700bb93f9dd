"""Tables with a header: a row is an article, and what cannot be one is named."""

from pathlib import Path

import pytest

from index.sources import content
from index.sources.raw import RawArticle, Reading, Skipped
from index.sources.reading import read_sources


def _read(folder: Path, data: str | bytes, name: str = "a.csv") -> list[Reading]:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_sources([folder]))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_articles(tmp_path: Path, sign: str, end: str) -> None:
    rows = [
        ["Title", "Date", "Text"],
        ["Ice", "2024-02-03", f'"The ice{sign} said ""Bo""{end}held."'],
    ]
    (article,) = _read(tmp_path, end.join(sign.join(row) for row in rows) + end)
    assert isinstance(article, RawArticle)
    assert (article.id, article.title, article.published) == ("a-1", "Ice", "2024-02-03")
    assert article.text == f'The ice{sign} said "Bo"{end}held.'


def test_rows_that_are_none_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    readings = _read(
        tmp_path,
        "id,text\n1,The ice held.\n\n2,The ice, it broke.\n3,\n4,Ice again.,,\n5\n",
    )
    assert [r.id for r in readings if isinstance(r, RawArticle) and r.text] == ["1", "4"]
    skipped = {Path(r.origin).name: r.reason for r in readings if isinstance(r, Skipped)}
    assert list(skipped) == ["a.csv#3", "a.csv#6"]  # the empty text is found when it is cleaned
    assert "has 3 values, and the header 2 names" in skipped["a.csv#3"]
    assert "has no text" in skipped["a.csv#6"]


def test_a_table_without_a_text_says_so_once(tmp_path: Path) -> None:
    (skipped,) = _read(tmp_path, "name,wealth\nAnn,3\nBo,4\n")
    assert isinstance(skipped, Skipped) and skipped.failed
    assert "(name, wealth)" in skipped.reason and "[index.fields]" in skipped.reason


@pytest.mark.parametrize("data", ["", "\n", ","])
def test_an_empty_table_is_no_failure(tmp_path: Path, data: str) -> None:
    (skipped,) = _read(tmp_path, data)
    assert isinstance(skipped, Skipped) and not skipped.failed and skipped.unread


def test_old_encodings_are_said_by_row(tmp_path: Path) -> None:
    first, second = _read(
        tmp_path, "text\nIn Köln it rained.\n".encode() + b"In K\xf6ln it snowed.\n"
    )
    assert isinstance(first, RawArticle) and isinstance(second, RawArticle)
    assert (first.text, second.text) == ("In Köln it rained.", "In Köln it snowed.")
    assert first.read_as is None and second.read_as == "row 2, byte 4 read as ö (windows-1252)"


def test_long_fields_and_too_long_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (long,) = _read(tmp_path, "text\n" + "Ice and snow. " * 20_000 + "\n")
    assert isinstance(long, RawArticle) and len(long.text) > 200_000
    monkeypatch.setattr(content, "MAX_LINE_BYTES", 100)
    (skipped,) = _read(tmp_path, "text\n" + "Ice. " * 100 + "\n")
    assert isinstance(skipped, Skipped) and "a line longer than" in skipped.reason
