"""What a build says of what it could not take as it was."""

from collections import Counter
from pathlib import Path

from bot.render.build_report import summary
from index.build import build
from index.build_options import BuildReport, Tally
from index.folder.folder_store import FolderStore
from tests.word_encoder import WordEncoder


def test_a_clean_build_says_nothing_of_dates_or_kinds() -> None:
    report = BuildReport(generation="g", articles=1, passages=1, embedded=1, dated=1, stories=1)
    assert summary(report) == (
        "Published generation g: 1 article, 1 passage, 1 of them embedded now."
    )


def test_what_is_unknown_is_counted() -> None:
    report = BuildReport(articles=2111, dated=24)
    for _ in range(5):
        report.unread_dates.add("a.jsonl:3 (soon)")
    report.dates_to_come = Tally(1, ["b.md (2999)"])
    report.kinds = Counter({".pdf": 1, ".docx": 2})
    lines = summary(report).splitlines()
    assert "2,087 of 2,111 articles have no date." in lines
    told = ", ".join(["a.jsonl:3 (soon)"] * 3)
    assert f"5 dates could not be read: {told}, …" in lines
    assert "1 date not taken, as it would be after today: b.md (2999)" in lines
    assert "3 files of kinds that are not read: .docx 2, .pdf 1" in lines


def test_guesses_are_said_by_file(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    text = "Le maire de Nîmes a ouvert un café, a déclaré Hélène, et le pont fermé."
    (source / "old.txt").write_bytes(text.encode("cp1252"))
    (source / "one.md").write_bytes("Nîmes, Besançon. ".encode() + b"The caf\xe9 is shut.")
    (source / "scan.pdf").write_bytes(b"%PDF")
    report = build([source], FolderStore(tmp_path / "ix"), WordEncoder)
    said = summary(report)
    assert f"  {source}/old.txt: as windows-1252\n" in said
    assert f"  {source}/one.md: byte 26 read as é (windows-1252)\n" in said
    assert said.endswith("1 file of a kind that is not read: .pdf 1") and not report.skipped


def test_many_files_and_kinds_are_cut_short() -> None:
    report = BuildReport(kinds=Counter({f".k{n:02}": 1 for n in range(12)}))
    report.guessed = Counter({(f"f{n}", "as windows-1252"): 1 for n in range(12)})
    said = summary(report)
    assert "  f9: as windows-1252\n  … and 2 more" in said and ".k09 1, …" in said
