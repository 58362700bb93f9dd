"""The table of docs/evaluation.md: answers over a growing archive, from the shared data.

    python -m benchmarks.evaluation ../shared/data [--index FOLDER] [--questions N] [--only NAME]

Indexes all corpora but Reuters, then with Reuters (an index that is there already is brought up to
date, not built anew), and asks both every question of ``dev_news_quotes``, whose articles are
there, and of ``dev_out_of_corpus``, whose articles are not. Prints the table and writes it between
the markers in docs/evaluation.md; keeps each run beside its index for `pullquote eval --compare`.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.config import OURS, SENTENCES, Settings
from bot.render.figures import label, shown
from bot.terminal.build_progress import BuildProgress
from bot.terminal.eval_cli import ask_all
from bot.wiring import build_options, building_encoder, open_store
from evaluation.intervals import Estimate
from evaluation.questions import read_questions
from evaluation.saved import Run, save
from index.build import build

PAGE = Path(__file__).parent.parent / "docs" / "evaluation.md"
LATE = "reuters21578.jsonl.gz"
QUESTIONS = ("dev_news_quotes.jsonl.gz", "dev_out_of_corpus.jsonl.gz")
FIRST = "without-reuters"
NAMES = {FIRST: "without Reuters", "with-reuters": "with Reuters"}
_MARKED = re.compile(r"(<!-- table -->\n).*?(<!-- /table -->)", re.DOTALL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with corpus/ and qa/")
    parser.add_argument("--index", type=Path, default=Path("data/evaluation"))
    parser.add_argument("--questions", type=int, help="ask this many of each kind, spread evenly")
    parser.add_argument("--only", choices=NAMES)
    parser.add_argument("--reader", default=Settings().reader.model, help=f"{OURS}, {SENTENCES}, …")
    options = parser.parse_args()
    corpora = sorted((options.data / "corpus").glob("*.jsonl.gz"))
    if not corpora or not all((options.data / "qa" / name).exists() for name in QUESTIONS):
        sys.exit(
            f"{options.data}: no corpus/*.jsonl.gz and qa/dev_*.jsonl.gz there; make eval DATA=DIR "
            "names the folder with the shared data."
        )
    runs = {
        name: evaluate(name, options, [c for c in corpora if name != FIRST or c.name != LATE])
        for name in NAMES
        if options.only in (None, name)
    }
    made = markdown(runs)
    print(made)
    if options.questions is None and options.only is None:
        PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")


def evaluate(name: str, options: argparse.Namespace, corpora: list[Path]) -> Run:
    """Bring one index up to date and ask it every question."""
    folder: Path = options.index / name
    smaller = options.index / FIRST
    if not folder.exists() and smaller.exists():
        shutil.copytree(smaller, folder)  # its vectors need not be made again
    table = {"index": {"path": str(folder.absolute())}, "reader": {"model": options.reader}}
    settings = Settings.model_validate(table)
    with BuildProgress() as progress:
        build(
            corpora, open_store(settings), lambda: building_encoder(settings),
            build_options(settings, prune=True, strict=False), progress,
        )  # fmt: skip
    questions = []
    for file in QUESTIONS:
        some = read_questions([options.data / "qa" / file])
        questions += some[:: max(1, len(some) // (options.questions or len(some)))]
    run = ask_all(settings, questions)
    save(run, options.index / f"{name}.json")
    return run


def markdown(runs: Mapping[str, Run]) -> str:
    """The runs side by side, and what the growth of the archive changed."""
    columns: dict[str, Mapping[str, Estimate]] = {NAMES[n]: r.figures() for n, r in runs.items()}
    if len(runs) == 2:
        before, after = runs.values()
        columns["change"] = after.against(before)[1]
    names = next(iter(columns.values()))
    rows = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for name in names:
        cells = [_cell(name, one[name], sign=key == "change") for key, one in columns.items()]
        rows.append(f"| {label(name)} | {' | '.join(cells)} |")
    return "\n".join(rows)


def filled(page: str, made: str) -> str:
    """The page with the table between its markers replaced."""
    text, count = _MARKED.subn(lambda found: f"{found[1]}{made}\n{found[2]}", page)
    if count != 1:
        sys.exit(f"{PAGE}: the markers <!-- table --> and <!-- /table --> are gone; restore them.")
    return text


def _cell(name: str, one: Estimate, sign: bool) -> str:
    value = shown(name, one.value, sign)
    return f"{value} ({shown(name, one.low, sign)} … {shown(name, one.high, sign)})"


if __name__ == "__main__":
    main()
