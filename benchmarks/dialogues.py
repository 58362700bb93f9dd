"""How many later turns of a dialogue are answered right, with and without the turns before them.

    python -m benchmarks.dialogues --index DIR [--split dev|test] [--reader NAME] [--show]

Asks every dialogue of `benchmarks/dialogues.jsonl` over an index of all corpora but Reuters. A turn
is right when the first claim holds one of its answers, or is held by one, and its first quote is
from an article that tells it. Prints the share for turns that lean on the ones before and for those
that do not, with the history and without; and, as the best that completing them could reach, with
each question as a person would have asked it alone. Threshold 0: what is measured is finding.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.wiring import Desk
from evaluation.squad import normal
from retrieval.answer import Answer, Reply
from retrieval.pipeline import Answerer
from retrieval.question.followup import Turn, turn_of

FILE = Path(__file__).parent / "dialogues.jsonl"


@dataclass(frozen=True, slots=True)
class DialogueTurn:
    """A later turn with what came of it each way."""

    turn: dict[str, Any]
    searched: str
    history: bool
    alone: bool
    human: bool


def is_right(reply: Reply, turn: dict[str, Any]) -> bool:
    """Whether the first claim is the answer, from an article that tells it."""
    if not isinstance(reply, Answer):
        return False
    claim = reply.claims[0]
    said, told = normal(claim.text), [normal(answer) for answer in turn["answers"]]
    names = {turn["article"], *(also["article"] for also in turn.get("also", []))}
    article = claim.quotes[0].reference.article_id
    fits = any(answer in said or (said and said in answer) for answer in told)
    return article in names and fits


def ask(answerer: Answerer, dialogues: list[dict[str, Any]]) -> Iterator[DialogueTurn]:
    """Every later turn, asked after its dialogue's turns so far, and alone."""
    for dialogue in dialogues:
        history: list[Turn] = []
        for number, turn in enumerate(dialogue["turns"]):
            reply = answerer.answer(turn["question"], history)
            if number:
                yield DialogueTurn(
                    turn,
                    reply.searched.text if reply.searched else turn["question"],
                    is_right(reply, turn),
                    is_right(answerer.answer(turn["question"]), turn),
                    is_right(answerer.answer(turn["standalone"]), turn),
                )
            history.append(turn_of(reply))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--index", required=True)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--reader", default="pullquote")
    parser.add_argument("--show", action="store_true", help="print every turn (dev only)")
    options = parser.parse_args()
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    dialogues = [line for line in lines if line["split"] == options.split]
    table = {"index": {"path": options.index}, "reader": {"model": options.reader}}
    answerer = replace(Desk(Settings.model_validate(table)).answerer(), threshold=0.0)
    asked = list(ask(answerer, dialogues))
    if options.show and options.split == "dev":
        for one in asked:
            marks = "".join("+" if right else "-" for right in (one.history, one.alone, one.human))
            print(f"{marks} {one.turn['question']} -> {one.searched} | {one.turn['standalone']}")
    for follows in (True, False):
        part = [one for one in asked if one.turn["follows"] == follows]
        kept = sum(one.searched == one.turn["question"] for one in part)
        print(
            f"{'follow-ups' if follows else 'stand-alone'}: {len(part)} turns; right with history "
            f"{sum(o.history for o in part)}, without {sum(o.alone for o in part)}, "
            f"as a person would ask alone {sum(o.human for o in part)}; left as typed {kept}"
        )


if __name__ == "__main__":
    main()
