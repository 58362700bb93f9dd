"""How often grouped articles tell the same story, and how many known pairs are found.

    python -m benchmarks.duplicates ../shared/data

Precision: the pairs of `duplicate_pairs.jsonl` were drawn from the accepted ones at every
similarity, most of them at the lowest, and judged by reading. Recall: each of the 30 articles
of guardian_onestopqa30 has its other edition in guardian_onestop_adv.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path

from index.articles.duplicates import groups, signature, similarity

FILES = ("guardian_onestop_adv", "guardian_onestopqa30", "worldwide_newswire", "bbc")
PAIRS = Path(__file__).with_name("duplicate_pairs.jsonl")


def main(data: Path) -> None:
    texts: dict[str, str] = {}
    for name in (*FILES, "reuters21578"):
        with gzip.open(data / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts |= {record["id"]: record["text"] for record in map(json.loads, lines)}
    start = time.process_time()
    signatures = {key: signature(text) for key, text in texts.items()}
    signed = time.process_time()
    leaders = groups(list(signatures.values()))
    done = time.process_time()
    print(f"{len(texts)} articles: signatures {signed - start:.1f} s, groups {done - signed:.2f} s")
    sizes = [leaders.count(leader) for leader in {n for n in leaders if leaders[n] == n}]
    print(f"{sum(size > 1 for size in sizes)} groups of more than one, largest {max(sizes)}")
    leader_of = dict(zip(texts, leaders, strict=True))
    _precision(leader_of, signatures)
    keys = list(texts)
    found = sum(
        keys[leader_of[key]].startswith("guardian-") for key in texts if key.startswith("osqa-")
    )
    print(f"recall: {found} of 30 known pairs")


def _precision(leader_of: dict[str, int], signatures: dict[str, bytes]) -> None:
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    accepted = [pair for pair in pairs if leader_of[pair["a"]] == leader_of[pair["b"]]]
    print(f"precision: {sum(p['same'] for p in accepted)} of {len(accepted)} judged pairs")
    for low, high in ((0.4, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        part = [
            pair["same"]
            for pair in accepted
            if low <= similarity(signatures[pair["a"]], signatures[pair["b"]])[0] < high
        ]
        print(f"  Jaccard {low:.1f}-{min(high, 1):.1f}: {sum(part)} of {len(part)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
