"""`pullquote index …` in this process, with the small encoder: what an operator types and reads."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import wiring
from bot.cli import app
from evaluation.rankings import by_words
from index.errors import PullquoteError
from index.folder import dense
from index.folder.folder_store import FolderStore
from index.texts import find_article
from tests.conftest import SEEDS
from tests.index.sources.web_server import serving
from tests.word_encoder import WordEncoder


@pytest.fixture(autouse=True)
def small_encoder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(wiring, "building_encoder", lambda _: WordEncoder())
    monkeypatch.chdir(tmp_path)


def pullquote(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["--index", "ix", *map(str, arguments)])


def printed(*arguments: object) -> str:
    result = pullquote(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def more(name: str) -> Path:
    folder = Path("more")
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(f"News of {name} and of nothing else.")
    return folder


def _ferry(toll: str, day: int) -> None:
    record = {
        "id": "ferry", "source": "Coast Mail", "title": f"Ferry sinks: {toll} dead",
        "url": "https://coast.example/ferry", "published": f"2024-03-0{day}",
        "text": f"The ferry Ilse sank off Brakkum and {toll} people drowned.",
    }  # fmt: skip
    Path("mail").mkdir(exist_ok=True)
    Path(f"mail/{day}.json").write_text(json.dumps(record))


def test_a_newer_version_and_what_it_replaced() -> None:
    _ferry("nine", 1)
    printed("index", "build", "mail")
    _ferry("four", 2)
    assert "Replaced by a newer version: 1 article." in printed("index", "build")
    newest = printed("article", "ferry")
    assert "four people" in newest and "nine people" not in newest
    assert "replaces: Ferry sinks: nine dead · 2024-03-01 (pullquote article ferry" in newest
    older = printed("article", "ferry", "--version", "1")
    assert "nine people" in older and "replaced by a newer version" in older
    assert printed("article", "ferry", "--version", "2") == newest
    record = json.loads(printed("article", "ferry", "--json"))
    assert [(one["version"], one["title"]) for one in record["replaces"]] == [
        (1, "Ferry sinks: nine dead")
    ]
    for wrong in ("0", "3", "-1"):
        with pytest.raises(PullquoteError, match="versions 1 to 2"):
            raise pullquote("article", "ferry", "--version", wrong).exception or AssertionError


def test_an_id_that_was_replaced_leads_to_what_replaced_it() -> None:
    _ferry("nine", 1)
    _ferry("four", 2)
    file = Path("mail/2.json")
    file.write_text(file.read_text().replace('"ferry"', '"ferry-b"'))
    printed("index", "build", "mail")
    assert printed("article", "ferry") == printed("article", "ferry-b")


def test_a_day_of_an_operator() -> None:
    assert "1 article, 4 passages, 4 of them embedded now." in printed("index", "build", SEEDS)
    assert "Nothing new: generation" in printed("index", "build")
    assert "2 articles, 5 passages, 1 of them embedded now." in printed(
        "index", "build", more("kabul")
    )
    shown = printed("index", "status")
    assert "  2 articles (2 without a date), 5 passages, " in shown and f"from {SEEDS}" in shown
    assert "  1 article (1 without a date), 4 passages, " in shown
    records = [json.loads(line) for line in printed("index", "status", "--json").splitlines()]
    assert [record["published"] for record in records] == [True, False]
    assert "every file is as it was written" in printed("index", "verify")
    assert records[1]["generation"] in printed("index", "rollback")
    assert "Nothing to remove" in printed("index", "gc")
    assert "Removed 1" not in printed("index", "gc", "--keep", "1")  # the published one stays
    assert printed("index", "build", "--quiet") == ""


def test_verify_names_what_is_damaged() -> None:
    printed("index", "build", SEEDS)
    generation = FolderStore(Path("ix")).require_current()
    (Path("ix") / "generations" / generation / dense.FILE).write_bytes(b"noise")
    result = pullquote("index", "verify")
    assert result.exit_code != 0 and f"FAIL  {dense.FILE} has 5 bytes instead of" in result.output
    assert isinstance(result.exception, PullquoteError)
    assert "1 of its files are damaged" in str(result.exception)


def test_a_damaged_generation_is_mended_by_building_again() -> None:
    printed("index", "build", SEEDS)
    generation = FolderStore(Path("ix")).require_current()
    (Path("ix") / "generations" / generation / dense.FILE).write_bytes(b"noise")
    assert "Published generation" in printed("index", "build")
    assert "every file is as it was written" in printed("index", "verify")


def test_what_is_skipped_is_said_and_strict_fails() -> None:
    (more("kabul") / "bad.txt").write_bytes(b"\xff")
    assert "Skipped 1:\n" in printed("index", "build", "more")
    assert "bad.txt: not UTF-8" in printed("index", "build", "more")
    result = pullquote("index", "build", "more", "--strict")
    assert result.exit_code != 0 and "--strict" in str(result.exception)


@pytest.mark.parametrize("command", ["status", "verify", "rollback", "gc"])
def test_without_an_index(command: str) -> None:
    result = pullquote("index", command)
    assert result.exit_code != 0 and "No index in" in str(result.exception)


PAGE = b"""<html><head><title>Bridge opens - The Wire</title>
<meta property="og:site_name" content="The Wire"></head><body><article><h1>Bridge opens</h1>
<p>The bridge over the river Drin opened on Monday after nine years of work, the mayor said.</p>
<p>It cost 12 million euros, twice what was planned, according to the council.</p>
</article></body></html>"""


def test_an_address_is_added_and_stays() -> None:
    Path("config.toml").write_text("[web]\nallow_private = true\n")
    printed("index", "build", SEEDS)
    with serving() as server:
        url = server.page("/bridge", PAGE)
        shown = printed("index", "add", url)
        assert "Added " in shown and "2 articles" in shown
        feed = f"<rss version='2.0'><channel><title>W</title><item><title>T</title><link>{url}2"
        feed += "</link><description>The ferry over the Drin sank in May.</description></item>"
        server.page("/feed", (feed + "</channel></rss>").encode(), "application/rss+xml")
        assert "3 articles" in printed("index", "build", f"{server.url}/feed")
    # The server is gone, what was fetched is not; the address is named as not reached.
    assert "Skipped 1:" in printed("index", "build")
    assert len(by_words(FolderStore(Path("ix")).open_current(), ["ferri"], 3)) == 1


def test_private_addresses_are_refused_unless_allowed() -> None:
    printed("index", "build", SEEDS)
    with serving() as server:
        result = pullquote("index", "add", server.page("/bridge", PAGE))
    assert result.exit_code != 0 and "private" in str(result.exception).lower()
    result = pullquote("index", "add", "example.org/x")
    assert result.exit_code != 0 and "must begin with http" in str(result.exception)


def test_what_cannot_be_read_is_kept_and_said() -> None:
    file = more("kabul") / "two.json"
    file.write_text('[{"id": "x", "text": "News of x."}, {"id": "y", "text": "News of y."}]')
    printed("index", "build", "more")
    file.write_text(file.read_text()[:-1])
    shown = printed("index", "build")
    assert "Nothing new" in shown and "Kept 2 articles as before" in shown
    assert f"  {file.resolve()}: 2 articles\n" in shown and "Skipped 1:\n" in shown
    assert "--strict" in str(pullquote("index", "build", "--strict").exception)


def test_a_build_that_would_lose_much_is_refused_in_one_line() -> None:
    folder = more("kabul")
    more("herat")
    printed("index", "build", "more")
    before = FolderStore(Path("ix")).current()
    (folder / "kabul.txt").unlink()
    result = pullquote("index", "build")
    assert result.exit_code == 1
    assert str(result.exception) == (
        "1 of 2 published articles would go (kabul), more than 10%; nothing was published. "
        "Bring them back, or let them go: pullquote index build --prune"
    )
    assert FolderStore(Path("ix")).current() == before
    Path("config.toml").write_text("[index]\nmost_lost = 0.5\n")
    assert "1 article, 1 passage" in printed("index", "build")
    Path("config.toml").unlink()
    more("kunduz").joinpath("herat.txt").unlink()
    assert "1 article, 1 passage" in printed("index", "build", "--prune")


def test_odd_fields_are_said_in_one_line_and_are_no_failure() -> None:
    (more("kabul") / "odd.jsonl").write_text('{"text": "News.", "author": "A \\ud83d", "id": []}\n')
    shown = printed("index", "build", "more", "--strict")
    assert "Mended 1 record with odd fields: " in shown and "odd.jsonl:1 (author)" in shown


def test_names_with_line_breaks_and_links_in_a_circle() -> None:
    folder = more("kabul")
    (folder / "a\nb.txt").write_bytes(b"\xff")
    (folder / "round.txt").symlink_to("round.txt")
    shown = printed("index", "build", "more")
    assert r"more/a\nb.txt: not UTF-8" in shown and "round.txt: cannot be read: Too many" in shown
    result = pullquote("index", "build", folder / "round.txt")
    assert result.exit_code != 0 and "Too many levels" in str(result.exception)


def test_names_that_are_not_utf_8() -> None:
    folder = Path(os.fsdecode(b"d\xe9p"))
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("News of the cafe.")
    (folder / os.fsdecode(b"bad\xe9.txt")).write_bytes(b"\xff")
    shown = printed("index", "build", folder)
    assert "1 article" in shown and r"d\xe9p/bad\xe9.txt: not UTF-8" in shown
    assert "Nothing new" in printed("index", "build")  # its name is remembered
    assert r"d\xe9p" in printed("index", "status") and r"\\xe9p" in printed(
        "index", "status", "--json"
    )
    assert find_article(FolderStore(Path("ix")).open_current(), r"caf\xe9")
    (folder / os.fsdecode(b"caf\xe9.txt")).unlink()
    (folder / os.fsdecode(b"bad\xe9.txt")).unlink()
    result = pullquote("index", "build")
    assert result.exit_code != 0 and r"d\xe9p: was indexed before" in str(result.exception)


def test_an_index_or_id_that_is_not_utf_8_is_refused_in_one_line() -> None:
    printed("index", "build", SEEDS)
    result = pullquote("--index", os.fsdecode(b"d\xe9p/ix"), "index", "build", SEEDS)
    assert "must be UTF-8" in str(result.exception) and not Path(os.fsdecode(b"d\xe9p")).exists()
    result = pullquote("article", os.fsdecode(b"\xff"))
    assert "No article" in str(result.exception) and r"\udcff" in str(result.exception)


@pytest.mark.parametrize(
    ("name", "why"),
    [("", "empty name"), (" ", "empty name"), ("http://", "no host"), ("https:///x", "no host"),
     ("http://[::1", "no host")],
)  # fmt: skip
def test_a_source_that_can_only_be_a_slip_is_not_remembered(name: str, why: str) -> None:
    printed("index", "build", SEEDS)
    result = pullquote("index", "build", name)
    assert result.exit_code != 0 and why in str(result.exception)
    Path("pullquote.toml").write_text(f"[index]\nsources = ['{name}']\n")
    result = pullquote("--config", "pullquote.toml", "index", "build")
    assert result.exit_code != 0 and why in str(result.exception)
    assert "1 article" in printed("index", "status")


def test_lines_that_recur_are_told_to_the_operator() -> None:
    folder = Path("pumps")
    folder.mkdir()
    for number, name in enumerate("Arle Bost Corv Dune Elm Farn Gale Holt".split()):
        news = f"{name} has bought {number + 3} pumps.\n\nThe mayor of {name} paid for them.\n\n"
        (folder / f"{name}.txt").write_text(f"{news}Harbour desk\n\nPress contact: Bo Ek")
    said = printed("index", "build", folder)
    assert "Left out 2 lines that recur on pages of 1 outlet:" in said
    assert "“Press contact: Bo Ek” (pumps: 8 articles, kept in one)" in said
    assert "“Harbour desk” (pumps: 8 articles)" in said
    shown = printed("index", "status")
    assert "2 lines that recur are left out (pumps 2), 1 of them kept in one article" in shown
    (record,) = [json.loads(line) for line in printed("index", "status", "--json").splitlines()]
    assert [line["line"] for line in record["learned"]] == ["Harbour desk", "Press contact: Bo Ek"]
