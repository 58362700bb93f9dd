"""What cleaning removes: labelled lines, then the corpora of a data folder.

    python -m benchmarks.cleaning ../shared/data

Of the labelled lines, "rules" were seen when the rules were written, "held" were not looked at,
and "fresh" were written after the rules, from the memory of real pages; what they then taught is
in the rules, so the figure printed for them flatters. The decision note has it from before.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from index.articles.boilerplate import Furniture, LineCounts, outlet_of
from index.articles.boilerplate_rules import is_furniture
from index.articles.plain import blocks
from index.sources.reading import RawArticle, read_sources

LABELLED = Path(__file__).parent.parent / "tests" / "index" / "articles" / "labelled_lines.jsonl"
SHOWN = 12
"""Kinds of removed lines printed for each corpus: read them."""


def main(data: Path) -> None:
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    for half in ("rules", "held", "fresh"):
        _score(half, [row for row in rows if row["half"] == half])
    for kind in sorted({row["kind"] for row in rows if row["half"] != "fresh"}):
        _score(kind, [row for row in rows if row["kind"] == kind])
    for file in sorted((data / "corpus").glob("*.jsonl.gz")):
        _corpus(file)


def _score(name: str, rows: list[dict[str, object]]) -> None:
    hits = [row for row in rows if is_furniture(str(row["line"]))]
    right = sum(bool(row["boilerplate"]) for row in hits)
    boilerplate = sum(bool(row["boilerplate"]) for row in rows)
    print(
        f"{name:11} removed {len(hits):3}, of them furniture {right:3}; "
        f"furniture {boilerplate:3}, news {len(rows) - boilerplate:3}"
    )


def _corpus(file: Path) -> None:
    articles = [raw for raw in read_sources([file]) if isinstance(raw, RawArticle)]
    counts = LineCounts()
    for raw in articles:
        counts.add(outlet_of(raw), blocks(raw.text))
    furniture = Furniture((), *counts.learned())
    total = 0
    removed: Counter[tuple[str, str]] = Counter()
    for raw in articles:
        outlet = outlet_of(raw)
        for block in blocks(raw.text):
            for line in block:
                total += 1
                if furniture.is_boilerplate(line, outlet):
                    removed["rule" if is_furniture(line) else "learned", line] += 1
    share = 100 * removed.total() / max(1, total)
    print(f"{file.name}: {removed.total()} of {total} lines removed ({share:.3f} %)")
    for (why, line), times in removed.most_common(SHOWN):
        print(f"    {times:4} {why}: {line[:90]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
