"""What a build says of what it could not take as it was."""

from bot.render.build_report import summary
from index.build_options import BuildReport, Tally


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
    lines = summary(report).splitlines()
    assert "2,087 of 2,111 articles have no date." in lines
    told = ", ".join(["a.jsonl:3 (soon)"] * 3)
    assert f"5 dates could not be read: {told}, …" in lines
    assert "1 date not taken, as it would be after today: b.md (2999)" in lines
