"""How many articles of a newswire join one another as copies and as stories, and which.

    python -m benchmarks.stories ../shared/data --show 20

Prints the counts of docs/decisions/021-stories.md, the pairs that would join at other settings of
`LIKE`, and a sample of the updates that are no near-duplicates, to be read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from dataclasses import replace
from pathlib import Path

from index.articles import stories
from index.articles.duplicates import groups, sharing, signature
from index.model import Article, Reference
from index.sources.dates import day_of

CORPUS = "reuters21578"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    articles = _articles(options.data / "corpus" / f"{CORPUS}.jsonl.gz")
    signatures = [signature(article.text) for article in articles]
    published = [article.reference.published for article in articles]
    start = time.process_time()
    copies, told = stories.grouped(signatures, published, articles.__getitem__)
    print(f"{len(articles)} articles grouped in {time.process_time() - start:.2f} s")
    before = groups(signatures)
    for name, found in (("near-duplicates", before), ("copies", copies), ("stories", told)):
        print(f"{name}: {len(articles) - len(set(found))} articles join another")
    days = [stories.day_of(text) for text in published]
    pairs = [
        (a, b, jaccard, containment)
        for a, b, jaccard, containment in sharing(signatures, days, stories.WITHIN)
        if before[a] != before[b]
    ]
    print(f"inside another: {sum(pair[3] >= stories.INSIDE for pair in pairs)} pairs")
    less = [pair for pair in pairs if pair[3] < stories.INSIDE]
    tellings = {n: stories.telling(articles[n]) for pair in less for n in pair[:2]}
    print("Jaccard and words at least: pairs that are alike")
    for jaccard in (0.10, 0.15, 0.20, 0.30):
        for words in (0.60, 0.70, 0.75, 0.80):
            like = (replace(stories.LIKE[0], jaccard=jaccard, words=words),)
            alike = [
                p for p in less if stories.one_story(tellings[p[0]], tellings[p[1]], p[2], like)
            ]
            print(f"  {jaccard:.2f} {words:.2f}: {len(alike)}")
    joined = [p for p in less if stories.one_story(tellings[p[0]], tellings[p[1]], p[2])]
    for a, b, jaccard, _ in random.Random(1).sample(joined, min(options.show, len(joined))):
        print(f"--- {jaccard:.2f}")
        for one in (articles[a], articles[b]):
            print(f"{one.reference.published} {one.reference.title} | {one.text[:150]!r}")


def _articles(file: Path) -> list[Article]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = list(map(json.loads, lines))
    return [
        Article(
            Reference(one["id"], one["title"], published=day_of(one["date"])),
            one["text"],
        )
        for one in records
    ]


if __name__ == "__main__":
    main()
