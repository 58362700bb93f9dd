"""The command line as a user runs it: each command in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from index.folder import dense, manifest
from index.folder.folder_store import FolderStore
from index.model import SCHEMA
from tests.conftest import SEEDS

MISSING = "[encoder]\nmodel = 'nobody/no-such-model'\n"


def run(
    *arguments: str | Path, cwd: Path, stdin: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", *map(str, arguments)],
        cwd=cwd, input=stdin, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(SEEDS.parent), "COLUMNS": "100", **env},
    )  # fmt: skip


def failed(result: subprocess.CompletedProcess[str], *parts: str) -> None:
    """One clear line on standard error, nothing else, and a non-zero exit."""
    assert result.returncode != 0
    assert result.stderr.startswith("error: ") and result.stderr.count("\n") == 1, result.stderr
    assert all(part in result.stderr for part in parts), result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def index(seed_index: Path, tmp_path: Path) -> Path:
    """A copy of the seed index that a test may damage."""
    return Path(shutil.copytree(seed_index, tmp_path / "ix"))


def test_build_ask_and_article(tmp_path: Path) -> None:
    built = run("index", "build", SEEDS, "--index", "ix", cwd=tmp_path)
    assert built.returncode == 0 and "1 article, 4 passages, 4 of them" in built.stdout
    asked = run("ask", "--index", "ix", "How many people live in Panjshir?", "--json", cwd=tmp_path)
    reply = json.loads(asked.stdout)
    assert (asked.returncode, reply["status"], reply["mode"]) == (0, "answered", "hybrid")
    quote = reply["claims"][0]["quotes"][0]
    shown = run("article", quote["article"]["id"], "--json", "--index", "ix", cwd=tmp_path)
    stored = json.loads(shown.stdout)
    assert stored["text"][quote["start"] : quote["end"]] == quote["text"]
    assert set(stored) == {"id", "title", "url", "source", "published", "author", "text",
                           "replaces"}  # fmt: skip


def test_the_version_is_said(tmp_path: Path) -> None:
    result = run("--version", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"pullquote {metadata.version('pullquote')}\n"


@pytest.mark.parametrize("words", [(), ("ask",), ("index",), ("index", "build"), ("eval",)])
def test_h_is_help_everywhere(words: tuple[str, ...]) -> None:
    short, long = (CliRunner().invoke(app, [*words, option]) for option in ("-h", "--help"))
    assert short.exit_code == 0 and "Usage:" in short.output and short.output == long.output


def test_options_stand_before_or_after_the_command(index: Path, tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(MISSING)
    options: list[str | Path] = ["--config", "c.toml", "--index", index]
    for order in ([*options, "ask", "Who?", "--json"], ["ask", "Who spoke?", "--json", *options]):
        result = run(*order, cwd=tmp_path)
        assert json.loads(result.stdout)["mode"] == "lexical", result.stderr


def test_a_file_of_questions_is_answered_in_order(index: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(MISSING)
    asked = ["Who is the spokesman of the NRF?", "", "x" * 10_000, "How many people live there?"]
    (tmp_path / "q.jsonl").write_text("".join(json.dumps({"question": q}) + "\n" for q in asked))
    result = run("ask", "--questions", "q.jsonl", "--index", index, cwd=tmp_path)
    replies = [json.loads(line) for line in result.stdout.splitlines()]
    assert [reply["question"] for reply in replies] == asked and result.returncode == 0
    assert "empty" in replies[1]["reason"] and "10,000 characters" in replies[2]["reason"]


def test_pretty_answers_and_chat(index: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(MISSING)
    asked = run("ask", "nrf spokesman", "--index", index, cwd=tmp_path)
    assert "Keyword search only: The embedding model" in asked.stdout
    assert "Fahim Dashti" in asked.stdout and "Panjshir opposition calls" in asked.stdout
    lines = "\n/help\n/nonsense\n?!\nnrf spokesman\n/quit\nnever read\n"
    chatted = run("chat", "--index", index, cwd=tmp_path, stdin=lines)
    assert chatted.returncode == 0 and not chatted.stderr
    for part in ("1 article ·", "Ctrl-D", "No command /nonsense", "no words", "Fahim Dashti"):
        assert part in chatted.stdout


@pytest.mark.parametrize("fault", ["missing", "dense"])
def test_doctor_names_what_does_not_work(index: Path, tmp_path: Path, fault: str) -> None:
    secret = {"PULLQUOTE_TELEGRAM_TOKEN": "123:secret"}
    fine = run("doctor", "--index", index, cwd=tmp_path, **secret)
    assert fine.returncode == 0 and "FAIL" not in fine.stdout and "secret" not in fine.stdout
    if fault == "dense":
        (_generation(index) / dense.FILE).unlink()
    else:
        index = tmp_path / "nothing"
    broken = run("doctor", "--index", index, cwd=tmp_path)
    assert broken.returncode == 1 and "FAIL  index: " in broken.stdout


def _generation(index: Path) -> Path:
    generation = FolderStore(index).current()
    assert generation
    return index / "generations" / generation


def test_a_damaged_dense_index_is_said(index: Path, tmp_path: Path) -> None:
    (_generation(index) / dense.FILE).write_bytes(b"noise")
    reply = json.loads(run("ask", "nrf spokesman", "--json", "--index", index, cwd=tmp_path).stdout)
    assert reply["mode"] == "lexical" and "keyword search only: the dense index" in reply["reason"]


def test_another_schema_and_another_encoder(index: Path, tmp_path: Path) -> None:
    file = _generation(index) / manifest.FILE
    text = file.read_text()
    file.write_text(text.replace("53aa51172d14", "000000000000"))
    failed(run("ask", "Who?", "--index", index, cwd=tmp_path), "embedded by", "index build")
    file.write_text(text.replace(f'"schema": {SCHEMA}', '"schema": 2'))
    failed(run("ask", "Who?", "--index", index, cwd=tmp_path), "schema 2", "index build")


BAD = {
    "no index": (["ask", "Who?"], ["No index in", "index build"]),
    "missing folder": (["index", "build", "nowhere"], ["nowhere", "no such file or folder"]),
    "empty folder": (["index", "build", "empty"], ["empty", "no articles"]),
    "picture": (["index", "build", "picture"], ["a.txt", "not UTF-8"]),
    "no text": (["index", "build", "blank"], ["b.txt", "has no text"]),
    "nothing to build": (["index", "build"], ["sources"]),
    "unknown key": (["ask", "Who?", "--config", "bad.toml"], ["answer.treshold", "threshold"]),
    "no config": (["ask", "Who?", "--config", "none.toml"], ["none.toml", "cannot be read"]),
    "no token": (["telegram"], ["PULLQUOTE_TELEGRAM_TOKEN"]),
    "empty question": (["ask", "  "], ["empty"]),
    "long question": (["ask", "x" * 10_000], ["10,000 characters", "1,000"]),
    "no questions file": (["ask", "--questions", "none.jsonl"], ["none.jsonl", "cannot be read"]),
    "broken questions file": (["ask", "--questions", "bad.jsonl"], ["bad.jsonl:1"]),
    "broken question": (["eval", "bad.jsonl"], ["bad.jsonl:1", '"question" must be']),
    "no such run": (["eval", "bad.jsonl", "--compare", "none.json"], ["none.json", "cannot be"]),
    "article not indexed": (
        ["eval", "other.jsonl", "--index", "made", "--config", "none-such.toml"],
        ["gold article not indexed"],
    ),
    "no article": (["article", "nobody", "--index", "made"], ["nobody"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_line(case: str, tmp_path: Path, word_index: Path) -> None:
    for folder in ("empty", "picture", "blank"):
        (tmp_path / folder).mkdir()
    (tmp_path / "picture" / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1")
    (tmp_path / "blank" / "b.txt").write_text(" \n")
    (tmp_path / "bad.toml").write_text("[answer]\ntreshold = 1")
    (tmp_path / "bad.jsonl").write_text("{}\n")
    other = {"question": "Who?", "answers": ["Ada"], "article_id": "nowhere"}
    (tmp_path / "none-such.toml").write_text(MISSING)
    (tmp_path / "other.jsonl").write_text(json.dumps(other))
    (tmp_path / "made").symlink_to(word_index)
    arguments, parts = BAD[case]
    env = {"PULLQUOTE_TELEGRAM_TOKEN": ""}
    failed(run(*arguments, cwd=tmp_path, **env), *parts)


def test_an_answer_needs_no_torch(index: Path, tmp_path: Path) -> None:
    """Importing it takes longer than all the rest."""
    (tmp_path / "config.toml").write_text("[reader]\nmodel = 'pullquote'\n")
    code = (
        "import sys; from bot.cli import app; "
        "app(['ask', 'Who is the spokesman of the NRF?', '--index', sys.argv[1], '--json'], "
        "standalone_mode=False); "
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'scipy', 'sklearn'} "
        "& set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(index)], cwd=tmp_path, capture_output=True, text=True,
        timeout=120, check=True, env={**os.environ, "PYTHONPATH": str(SEEDS.parent)},
    )  # fmt: skip
    reply, imported = result.stdout.splitlines()
    assert json.loads(reply)["mode"] == "hybrid" and json.loads(reply)["reason"] is None
    assert imported == "[]"


def test_eval_saves_compares_and_reports(index: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(MISSING)
    asked: list[str | Path] = ["eval", SEEDS / "questions.jsonl", "--index", index]
    first = run(*asked, "--json", "--save", "run.json", cwd=tmp_path)
    report = json.loads(first.stdout)
    assert (report["answerable"], report["not_answerable"], report["not_indexed"]) == (24, 10, 0)
    assert report["mode"] == "lexical" and "nobody/no-such-model" in report["notice"]
    value, low, high = report["figures"]["quote_hit@1"]
    assert 0 < low <= value <= high <= 1 and report["risk_coverage"][-1]["answered"] == 1
    again = run(*asked, "--compare", "run.json", cwd=tmp_path)
    assert "first quote holds the answer" in again.stdout and "34 shared" in again.stdout
    assert "nobody/no-such-model" in again.stdout


def test_eval_of_reading_alone(index: Path, tmp_path: Path) -> None:
    context = "Between 150,000 and 200,000 people live in Panjshir, a steep mountain valley."
    lines = [
        {"id": "a", "question": "How many people live in Panjshir?", "context": context,
         "answers": ["150,000 and 200,000", "Between 150,000 and 200,000"]},
        {"id": "b", "question": "Who won the 2018 World Cup?", "context": context, "answers": []},
    ]  # fmt: skip
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    result = run("eval", "q.jsonl", "--reading", "--reader", "pullquote", "--json", cwd=tmp_path)
    figures = json.loads(result.stdout)["figures"]
    assert (figures["exact_match"][0], figures["auroc"][0]) == (1.0, 1.0)
    sentences = run("eval", "q.jsonl", "--reading", "--reader", "sentences", cwd=tmp_path)
    failed(sentences, "--reader pullquote")
