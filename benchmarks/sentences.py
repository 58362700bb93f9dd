"""Plain sentencex beside our corrections, on the rows of the tests.

python -m benchmarks.sentences
"""

from __future__ import annotations

from sentencex import get_sentence_boundaries

from index.language.sentences import sentence_bounds
from tests.index.language.sentence_pairs import ROWS


def main() -> None:
    plain = ours = 0
    for row in ROWS:
        text = " ".join(row)
        bounds = [(s["start_index"], s["end_index"]) for s in get_sentence_boundaries("en", text)]
        plain += [part for a, b in bounds if (part := text[a:b].strip())] == row
        ours += [text[a:b] for a, b in sentence_bounds(text)] == row
    print(f"{len(ROWS)} rows: sentencex {plain}, with corrections {ours}")


if __name__ == "__main__":
    main()
