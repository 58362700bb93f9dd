import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.questions import read_questions
from index.errors import SourceError
from tests.conftest import SEEDS

CONTEXT = "The museum of Oslo was opened on Monday by Ada Holm after two years of work."
GOOD = {"id": "a", "question": "Who opened it?", "context": CONTEXT,
        "answers": [{"text": "Ada Holm", "start": CONTEXT.index("Ada")}]}  # fmt: skip


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    file = folder / "q.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


def test_a_line_of_each_kind(tmp_path: Path) -> None:
    own = {"question": "Who?", "article_id": "m1", "answers": ["Ada Holm"]}
    absent = {"id": "c", "question": "Who won?", "answers": []}
    flagged = {**GOOD, "id": "d", "answerable": False}
    found = read_questions([write(tmp_path, GOOD, "", own, absent, flagged)])
    assert [q.answerable for q in found] == [True, True, False, False]
    assert found[0].golds == ("Ada Holm",) and "by Ada Holm after" in found[0].place
    assert found[0].place in CONTEXT
    assert found[1].article_id == "m1" and found[1].id.endswith("q.jsonl:3")
    assert found[0].group == found[3].group != found[2].group


def test_gzip_is_read_alike(tmp_path: Path) -> None:
    plain = write(tmp_path, GOOD)
    packed = tmp_path / "q.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_questions([plain]) == read_questions([packed])


def test_the_seed_questions_are_such_a_file() -> None:
    found = read_questions([SEEDS / "questions.jsonl"])
    assert len(found) == 34 and sum(q.answerable for q in found) == 24
    assert {q.article_id for q in found} == {"panjshir-truce"}
    assert found[1].golds == ("Fahim Dashti",) and found[1].place.startswith("A prominent Taliban")


BAD: dict[str, tuple[dict[str, Any] | str, str]] = {
    "not JSON": ("{", "not JSON"),
    "a list": ("[1]", "expected"),
    "no question": ({"context": CONTEXT}, '"question" must be a text'),
    "empty question": ({**GOOD, "question": " "}, "empty"),
    "answers as a text": ({**GOOD, "answers": "Ada"}, '"answers" must be a list'),
    "an answer without text": ({**GOOD, "answers": [{"start": 3}]}, '"answers" must be a list'),
    "a start that is no number": (
        {**GOOD, "answers": [{"text": "Ada", "start": "3"}]},
        '"answers" must be a list',
    ),
    "context no text": ({**GOOD, "context": 3}, '"context" must be a text'),
    "answerable what": ({**GOOD, "answerable": "perhaps"}, "must be true or false"),
    "answerable without answer": ({**GOOD, "answers": [], "answerable": True}, "no \"answers\""),
    "which article": ({**GOOD, "context": ""}, "which article"),
    "evidence a number": ({**GOOD, "context": "x", "evidence": 3}, '"evidence" must be'),
    "same id": (GOOD, "stands twice"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_line_is_named(case: str, tmp_path: Path) -> None:
    line, said = BAD[case]
    file = write(
        tmp_path,
        GOOD,
        {**line, "id": "b"} if case != "same id" and isinstance(line, dict) else line,
    )
    with pytest.raises(SourceError) as caught:
        read_questions([file])
    assert str(caught.value).startswith(f"{file}:2: ") and said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bad_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes(b"caf\xe9")
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b"x" * 5000)[:20])
    (tmp_path / "not.jsonl.gz").write_bytes(b"plain")
    for name, said in {
        "latin.jsonl": "not UTF-8", "empty.jsonl": "no questions", "cut.jsonl.gz": "not a whole",
        "not.jsonl.gz": "not a whole", "none.jsonl": "cannot be read",
    }.items():  # fmt: skip
        with pytest.raises(SourceError, match=said) as caught:
            read_questions([tmp_path / name])
        assert name in str(caught.value)


def test_reading_needs_contexts(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD, {"question": "Who won?", "answers": []})
    with pytest.raises(SourceError, match=r":2: no \"context\""):
        read_questions([file], reading=True)
