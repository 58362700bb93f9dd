"""Which indexed articles hold the answers: found once by an exact map, never by ranking. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from evaluation.evidence import contains, holds, is_evidence, overlaps, plain_words
from evaluation.questions import GoldQuestion
from index.model import Article

_RUN = 8
"""Words in a row: long enough that two texts share one only when one was copied."""
_SHARE = 0.5
"""An article with this share of a context's runs holds the context: cleaning may have taken
something out of the middle. A near-duplicate article that holds it too is as right."""

Golds = Mapping[str, frozenset[str]]


def gold_articles(questions: Sequence[GoldQuestion], articles: Iterable[Article]) -> Golds:
    """The ids of the articles that are right for each answerable question, by question id.

    Empty for a question whose article is not among ``articles``.
    """
    contexts = {q.context: _runs(plain_words(q.context)) for q in questions if q.answerable}
    contexts.pop("", None)
    owners: dict[str, list[str]] = {}
    for context, runs in contexts.items():
        for run in runs:
            owners.setdefault(run, []).append(context)
    sizes = {run.count(" ") + 1 for run in owners}
    holders: dict[str, set[str]] = {context: set() for context in contexts}
    known: set[str] = set()
    for article in articles:
        name = article.reference.article_id
        known.add(name)
        shared: dict[str, int] = {}
        said = plain_words(article.text)
        for run in {run for size in sizes for run in _runs(said, size)} & owners.keys():
            for context in owners[run]:
                shared[context] = shared.get(context, 0) + 1
        for context, count in shared.items():
            if count >= _SHARE * len(contexts[context]):
                holders[context].add(name)
    return {
        q.id: frozenset({q.article_id} & known if q.article_id else holders.get(q.context, ()))
        for q in questions
        if q.answerable
    }


def _runs(said: list[str], size: int = _RUN) -> set[str]:
    """All runs of ``size`` words; the whole when it is shorter."""
    if not said:
        return set()
    return {" ".join(said[n : n + size]) for n in range(max(1, len(said) - size + 1))}


def is_gold_passage(question: GoldQuestion, text: str) -> bool:
    """Whether a passage of a gold article holds the answer at its place.

    Evidence must be overlapped by half of the shorter. A short answer must stand in the passage,
    and so must half of the words around it when its place is known: "13" may stand anywhere.
    """
    if not question.place:
        return holds(text, question.golds)
    around: bool | None = None
    for gold in question.golds:
        if is_evidence(gold):
            if overlaps(text, gold):
                return True
        elif contains(text, gold):
            around = overlaps(text, question.place) if around is None else around
            if around:
                return True
    return False
