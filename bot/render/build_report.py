"""What a build did, for whoever started it. Pure."""

from __future__ import annotations

from index.build_options import BuildReport, Tally
from index.model import LearnedLine

_SHOWN = 10  # files of each kind
_LEARNED_SHOWN, _LINE_SHOWN = 3, 60  # lines that recur, and characters of each


def summary(report: BuildReport) -> str:
    """What was built, and what was skipped with why."""
    holds = f"{counted(report.articles, 'article')}, {counted(report.passages, 'passage')}"
    if report.unchanged:
        lines = [f"Nothing new: generation {report.generation} stays ({holds})."]
    else:
        new = f"{report.embedded:,} of them embedded now"
        lines = [f"Published generation {report.generation}: {holds}, {new}."]
    if report.stories and report.stories < report.articles:
        lines.append(
            f"They tell {counted(report.stories, 'story')}: the others are copies and updates."
        )
    if report.duplicates:
        lines.append(f"The same article met again: {report.duplicates}, taken once.")
    if report.replaced:
        lines.append(f"Replaced by a newer version: {counted(report.replaced, 'article')}.")
    lines += [
        *_dates(report), *_kept(report), *_mended(report), *_learned(report), *_kinds(report),
    ]  # fmt: skip
    if report.skipped:
        lines.append(f"Skipped {len(report.skipped)}:")
        lines += [f"  {skip.origin}: {skip.reason}" for skip in report.skipped[:_SHOWN]]
        if len(report.skipped) > _SHOWN:
            lines.append(f"  … and {len(report.skipped) - _SHOWN} more")
    return "\n".join(lines)


def _kept(report: BuildReport) -> list[str]:
    if not report.kept:
        return []
    kept = counted(report.kept.total(), "article")
    lines = [f"Kept {kept} as before, for what could not be read now:"]
    for file, number in list(report.kept.items())[:_SHOWN]:
        where = file or "files that the index before did not name"
        lines.append(f"  {where}: {counted(number, 'article')}")
    if len(report.kept) > _SHOWN:
        lines.append(f"  … and {counted(len(report.kept) - _SHOWN, 'file')} more")
    return lines


def _mended(report: BuildReport) -> list[str]:
    lines = []
    if report.mended.number:
        mended = counted(report.mended.number, "record")
        lines.append(f"Mended {mended} with odd fields: {_first(report.mended)}")
    if report.guessed:
        lines.append("Not all UTF-8, and read by a guess (convert what is wrong):")
        lines += [f"  {file}: {how}" for file, how in list(report.guessed)[:_SHOWN]]
        if len(report.guessed) > _SHOWN:
            lines.append(f"  … and {len(report.guessed) - _SHOWN} more")
    return lines


def _dates(report: BuildReport) -> list[str]:
    lines = []
    undated = report.articles - report.dated
    if undated:
        have = "has" if undated == 1 else "have"
        lines.append(f"{undated:,} of {counted(report.articles, 'article')} {have} no date.")
    for dates, wrong in (
        (report.unread_dates, "could not be read"),
        (report.dates_to_come, "not taken, as it would be after today"),
    ):
        if dates.number:
            lines.append(f"{counted(dates.number, 'date')} {wrong}: {_first(dates)}")
    return lines


def _kinds(report: BuildReport) -> list[str]:
    if not report.kinds:
        return []
    kinds = sorted(report.kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    told = ", ".join(f"{name} {number:,}" for name, number in kinds[:_SHOWN])
    more = ", …" if len(kinds) > _SHOWN else ""
    files = counted(report.kinds.total(), "file")
    which = "of a kind that is" if len(kinds) == 1 else "of kinds that are"
    return [f"{files} {which} not read: {told}{more}"]


def _first(some: Tally) -> str:
    return ", ".join(some.first) + (", …" if some.number > len(some.first) else "")


def _learned(report: BuildReport) -> list[str]:
    if not report.learned:
        return []
    often = sorted(report.learned, key=lambda one: -one.articles)
    outlets = counted(len({one.outlet for one in often}), "outlet")
    lines = [f"Left out {counted(len(often), 'line')} that recur on pages of {outlets}:"]
    lines += [f"  {shown_line(one)}" for one in often[:_LEARNED_SHOWN]]
    if len(often) > _LEARNED_SHOWN:
        lines.append(f"  … and {len(often) - _LEARNED_SHOWN} more: pullquote index status --json")
    return lines


def shown_line(learned: LearnedLine) -> str:
    """A line that recurs, with where it does and whether any article keeps it."""
    line = learned.line
    line = line if len(line) <= _LINE_SHOWN else line[: _LINE_SHOWN - 1].rstrip() + "…"
    kept = ", kept in one" if learned.kept else ""
    return f"“{line}” ({learned.outlet}: {counted(learned.articles, 'article')}{kept})"


def counted(number: int, noun: str) -> str:
    """A number with what it counts.

    >>> counted(1, "article"), counted(2111, "story")
    ('1 article', '2,111 stories')
    """
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
