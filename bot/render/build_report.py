"""What a build did, for whoever started it. Pure."""

from __future__ import annotations

from index.build_options import BuildReport

_SHOWN = 10  # files of each kind


def summary(report: BuildReport) -> str:
    """What was built, and what was skipped with why."""
    holds = f"{_count(report.articles, 'article')}, {_count(report.passages, 'passage')}"
    if report.unchanged:
        lines = [f"Nothing new: generation {report.generation} stays ({holds})."]
    else:
        new = f"{report.embedded:,} of them embedded now"
        lines = [f"Published generation {report.generation}: {holds}, {new}."]
    if report.stories and report.stories < report.articles:
        lines.append(f"They tell {_count(report.stories, 'story')}: the others are near-copies.")
    if report.duplicates:
        lines.append(f"The same article met again: {report.duplicates}, taken once.")
    lines += [*_kept(report), *_mended(report)]
    if report.skipped:
        lines.append(f"Skipped {len(report.skipped)}:")
        lines += [f"  {skip.origin}: {skip.reason}" for skip in report.skipped[:_SHOWN]]
        if len(report.skipped) > _SHOWN:
            lines.append(f"  … and {len(report.skipped) - _SHOWN} more")
    return "\n".join(lines)


def _kept(report: BuildReport) -> list[str]:
    if not report.kept:
        return []
    kept = _count(report.kept.total(), "article")
    lines = [f"Kept {kept} as before, for what could not be read now:"]
    for file, number in list(report.kept.items())[:_SHOWN]:
        where = file or "files that the index before did not name"
        lines.append(f"  {where}: {_count(number, 'article')}")
    if len(report.kept) > _SHOWN:
        lines.append(f"  … and {_count(len(report.kept) - _SHOWN, 'file')} more")
    return lines


def _mended(report: BuildReport) -> list[str]:
    if not report.mended:
        return []
    more = ", …" if report.mended > len(report.mended_first) else ""
    told = ", ".join(report.mended_first)
    return [f"Mended {_count(report.mended, 'record')} with odd fields: {told}{more}"]


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
