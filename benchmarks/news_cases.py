"""Whether agreement, contradiction and what is newest are seen, and slips and abbreviations read.

    python -m benchmarks.news_cases --index DIR [--split dev|test] [--reader NAME] [--show]

Asks every case of `benchmarks/news_cases.jsonl` and counts, by kind, those that come out as they
should: *agree* one claim quoting both articles; *conflict* marked as a dispute with both sides
quoted; *near_miss* not marked so; *recency* the newest article's answer first; *abbreviation* and
*spelling* the right article's answer first. The index holds all corpora; the recency cases need
Reuters.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.wiring import Desk
from evaluation.squad import normal
from retrieval.answer import Answer, Claim, Reply, quotes_of

FILE = Path(__file__).parent / "news_cases.jsonl"


def comes_out(kind: str, reply: Reply, expect: dict[str, Any]) -> bool:
    """Whether a reply is what a case of ``kind`` should get."""
    if kind == "near_miss":
        return not (isinstance(reply, Answer) and reply.disputed)
    if not isinstance(reply, Answer):
        return False
    first = reply.claims[0]
    if kind == "agree":
        return all(tells(first, side) for side in expect["sides"])
    if kind == "conflict":
        shown = [quote.text for quote in quotes_of(reply)]
        sides = (any(overlap(side["text"], text) for text in shown) for side in expect["sides"])
        return reply.disputed and all(sides)
    side = expect["sides"][0] if kind == "recency" else expect["answer"]
    return tells(first, side)


def tells(claim: Claim, side: dict[str, Any]) -> bool:
    """Whether a claim quotes a side's article where it says so."""
    return any(
        quote.reference.article_id == side["article"] and overlap(side["text"], quote.text)
        for quote in claim.quotes
    )


def overlap(wanted: str, shown: str) -> bool:
    """Whether one text holds the other, but for case and punctuation."""
    one, other = normal(wanted), normal(shown)
    return one in other or other in one


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--index", required=True)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--reader", default="pullquote")
    parser.add_argument("--show", action="store_true", help="print every case (dev only)")
    options = parser.parse_args()
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    table = {"index": {"path": options.index}, "reader": {"model": options.reader}}
    answerer = Desk(Settings.model_validate(table)).answerer()
    total, right = Counter[str](), Counter[str]()
    for case in (line for line in lines if line["split"] == options.split):
        reply = answerer.answer(case["question"])
        good = comes_out(case["kind"], reply, case["expect"])
        total[case["kind"]] += 1
        right[case["kind"]] += good
        if options.show and options.split == "dev":
            print("+" if good else "-", case["kind"], case["question"])
            for claim in reply.claims if isinstance(reply, Answer) else ():
                where = [q.reference.article_id for q in claim.quotes]
                print(f"    {claim.confidence:.2f} {claim.text[:70]!r} {where}")
            print("    expected", json.dumps(case["expect"], ensure_ascii=False)[:300])
    for kind in total:
        print(f"{kind}: {right[kind]} of {total[kind]}")


if __name__ == "__main__":
    main()
