"""The failures behind "Fifty failures" of docs/evaluation.md, drawn and printed to be read.

    pullquote eval QUESTIONS.jsonl… --index DIR --save RUN.json
    python -m benchmarks.failures RUN.json QUESTIONS.jsonl… --index DIR

Draws 40 of the answerable questions whose first quote was not right, and 10 of the others that were
answered at the run's threshold, and asks each once with a threshold of 0. Prints the question, what
it should have found, what it quoted first, and where the gold stands among the passages that
are read. Of what kind a failure is, a person judges.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.config import Settings
from bot.wiring import Desk
from evaluation.gold import gold_articles
from evaluation.questions import GoldQuestion, read_questions
from evaluation.run import Outcome, ranks_of
from evaluation.saved import load
from retrieval.answer import Answer, Quote
from retrieval.pipeline import Answerer

SEED = 20
MISSED, INVENTED = 40, 10


def drawn(outcomes: Sequence[Outcome], threshold: float) -> list[Outcome]:
    """The failures to read: the answerable ones first, each kind in the run's order."""
    missed = [o for o in outcomes if o.answerable and o.quote_rank != 1]
    invented = [o for o in outcomes if not o.answerable and o.confidence >= threshold]
    chance = random.Random(SEED)
    found = []
    for failures, size in ((missed, MISSED), (invented, INVENTED)):
        places = sorted(chance.sample(range(len(failures)), min(size, len(failures))))
        found += [failures[place] for place in places]
    return found


def print_failure(
    number: int,
    outcome: Outcome,
    question: GoldQuestion,
    answerer: Answerer,
    right: frozenset[str],
) -> None:
    """Ask one question and print all that is needed to judge what went wrong."""
    reply = answerer.answer(question.text)
    hits = answerer.read_for(question.text)
    article, passage = ranks_of(question, hits, right)
    print(f"\n#{number} {outcome.id}  confidence {outcome.confidence:.2f}")
    print("Q ", question.text)
    for gold in question.golds:
        print("gold", gold)
    if right:
        print(f"of the {len(hits)} read: right article {article}, right passage {passage}")
        print("right quote was number", outcome.quote_rank or "none")
        read = {hit.passage.reference.article_id: hit.passage.reference.title for hit in hits}
        titles = sorted({read[name] for name in right & read.keys()})
        print("right article:", " | ".join(titles) or "(not read)")
        print("context:", " ".join(question.context.split()))
    for claim in reply.claims if isinstance(reply, Answer) else ():
        print(f"said {claim.confidence:.2f} {claim.text!r}")
        print("    ", shown(claim.quotes[0], right))


def shown(quote: Quote, right: frozenset[str]) -> str:
    where = "right article" if quote.reference.article_id in right else "other article"
    said = " ".join(quote.text.split())
    return f"[{quote.reference.title}; {quote.reference.published}; {where}] {said}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("run", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--index", required=True)
    options = parser.parse_args()
    run = load(options.run)
    outcomes = [outcome for outcome in run.outcomes if isinstance(outcome, Outcome)]
    questions = {question.id: question for question in read_questions(options.questions)}
    desk = Desk(Settings.model_validate({"index": {"path": options.index}}))
    answerer = replace(desk.answerer(), threshold=0.0)
    failures = drawn(outcomes, float(run.about["threshold"]))
    asked = [questions[failure.id] for failure in failures]
    golds = gold_articles(asked, answerer.generation.every_article())
    for number, failure in enumerate(failures, 1):
        right = golds.get(failure.id, frozenset())
        print_failure(number, failure, questions[failure.id], answerer, right)


if __name__ == "__main__":
    main()
