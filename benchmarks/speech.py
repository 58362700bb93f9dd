"""Who speaks: the speakers that facts name, against those that people annotated in news.

    python -m benchmarks.speech ../shared/data [--split dev|test] [--show]

Reads PolNeAR (`more/polnear_attributions.jsonl.gz`). A speaker named for a sentence is right if the
last word of the name is in a source annotated for it. Sentences whose sources are annotated by
pronoun or noun alone ("she", "officials") are left out of the precision. Recall: of the sentences
with a source by name, those for which any speaker is named.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.language.sentences import sentence_bounds
from index.language.speech import speakers

_PRONOUNS = frozenset({"He", "She", "They", "I", "We", "It"})


def annotated(record: dict[str, Any], bounds: list[tuple[int, int]]) -> Iterator[list[str]]:
    """The sources of each sentence."""
    found: list[list[str]] = [[] for _ in bounds]
    for one in record["attributions"]:
        source = " ".join(part["text"] for part in one["source"])
        for part in [*one["content"], *one["cue"]]:
            for number, (start, end) in enumerate(bounds):
                if part["start"] < end and start < part["start"] + len(part["text"]):
                    found[number].append(source)
    return iter(found)


def by_name(source: str) -> bool:
    """Whether a source is annotated by a name."""
    return source not in _PRONOUNS and any(word[:1].isupper() for word in source.split()[1:] or [
        source
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--show", action="store_true", help="print what is wrong (dev only)")
    options = parser.parse_args()
    right = wrong = named = found = 0
    with gzip.open(options.data / "more" / "polnear_attributions.jsonl.gz", "rt") as lines:
        for record in map(json.loads, lines):
            if record["split"] != options.split:
                continue
            text = record["text"]
            bounds = list(sentence_bounds(text))
            told = speakers(text, bounds)
            for names, sources, place in zip(told, annotated(record, bounds), bounds, strict=True):
                named += any(map(by_name, sources))
                found += bool(names) and any(map(by_name, sources))
                if sources and not any(map(by_name, sources)):
                    continue
                for name in names:
                    good = any(name.split()[-1].strip(".,’'") in source for source in sources)
                    right, wrong = right + good, wrong + (not good)
                    if options.show and options.split == "dev" and not good:
                        print(f"{name!r} for {sources}: {text[slice(*place)][:200]!r}")
    print(f"precision {right / (right + wrong):.3f} of {right + wrong}")
    print(f"recall {found / named:.3f} of {named} sentences with a source by name")


if __name__ == "__main__":
    main()
