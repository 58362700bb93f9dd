"""The questions of the golden archive, and what comes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.wiring import Desk
from index.build import build
from index.folder.folder_store import FolderStore
from index.models.encoder import Encoder
from retrieval.answer import Answer, Reply
from retrieval.pipeline import Answerer
from retrieval.question.followup import Turn, turn_of

HERE = Path(__file__).parent
SIGNATURE = HERE / "signature.jsonl"
TODAY = date(2025, 9, 1)
"""A little after the newest article."""

SCORE_SLACK = 0.004
"""How far a search score may be off: processors round in different ways. A weight of .30 that
becomes .31 moves most scores by more."""
CONFIDENCE_SLACK = 0.02


@dataclass(frozen=True)
class Expected:
    """A line of `questions.jsonl`; see README.md."""

    question: str
    quote: str | None
    answers: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    disputed: bool = False
    agree: bool | None = None


@dataclass(frozen=True)
class Came:
    """What came of a question. ``read``: the passages that were read, as "article:start", with the
    search's scores, in order; ``claims``: how many quotes each claim has."""

    question: str
    read: dict[str, float]
    said: str
    quote: str
    at: str
    confidence: float
    claims: tuple[int, ...]
    disputed: bool


def questions() -> list[Expected]:
    lines = (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [_expected(json.loads(line)) for line in lines]


def _expected(line: dict[str, Any]) -> Expected:
    line |= {name: tuple(line[name]) for name in ("answers", "after") if name in line}
    return Expected(**line)


def build_archive(folder: Path, encoder: Encoder) -> None:
    build([HERE / "articles.jsonl"], FolderStore(folder), lambda: encoder)


def answerer(folder: Path) -> Answerer:
    """As the bot answers, on a day of the archive's own."""
    settings = Settings.model_validate({"index": {"path": str(folder)}})
    return replace(Desk(settings).answerer(), today=lambda: TODAY)


def ask(answering: Answerer, asked: list[Expected]) -> Iterator[Came]:
    for one in asked:
        history: list[Turn] = []
        for earlier in one.after:
            history.append(turn_of(answering.answer(earlier, history)))
        yield _came(answering, one.question, answering.answer(one.question, history))


def _came(answering: Answerer, question: str, reply: Reply) -> Came:
    hits = answering.read_for(reply.searched.text if reply.searched else question)
    read = {
        f"{hit.passage.reference.article_id}:{hit.passage.start}": round(hit.fused, 4)
        for hit in hits
    }
    if not isinstance(reply, Answer):
        near = reply.nearest[0] if reply.nearest else None
        at = f"{near.reference.article_id}:{near.start}" if near else ""
        return Came(question, read, reply.reason, near.text if near else "", at, 0.0, (), False)
    claim = reply.claims[0]
    quote = claim.quotes[0]
    at = f"{quote.reference.article_id}:{quote.start}"
    quotes = tuple(len(one.quotes) for one in reply.claims)
    sure = round(claim.confidence, 3)
    return Came(question, read, claim.text, quote.text, at, sure, quotes, reply.disputed)


def written(came: list[Came]) -> str:
    """The signature, a question a line."""
    return "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in came)


def signature() -> list[Came]:
    lines = SIGNATURE.read_text(encoding="utf-8").splitlines()
    return [Came(**{**line, "claims": tuple(line["claims"])}) for line in map(json.loads, lines)]


def changes(before: Came, now: Came) -> list[str]:
    """What of a question came out otherwise, beyond what processors round."""
    found = _read_otherwise(before.read, now.read)
    for name in ("said", "quote", "at", "claims", "disputed"):
        old, new = getattr(before, name), getattr(now, name)
        if old != new:
            found.append(f"{name}: {old!r} → {new!r}")
    if abs(before.confidence - now.confidence) > CONFIDENCE_SLACK:
        found.append(f"confidence: {before.confidence} → {now.confidence}")
    return found


def _read_otherwise(before: dict[str, float], now: dict[str, float]) -> list[str]:
    """Passages that are read and were not or the reverse, scores that moved, and places that
    changed; two passages that are as good as equal may change theirs."""
    both = before.keys() & now.keys()
    least = min((before[name] for name in both), default=0.0) + SCORE_SLACK
    found = [f"no longer read: {n}" for n in before.keys() - both if before[n] > least]
    found += [f"newly read: {n}" for n in now.keys() - both if now[n] > least]
    found += [
        f"score of {name}: {before[name]} → {now[name]}"
        for name in both
        if abs(before[name] - now[name]) > SCORE_SLACK
    ]
    places = [name for name in now if name in both]
    for first, second in pairwise(places):
        if before[first] < before[second] - SCORE_SLACK:
            found.append(f"{first} before {second}")
    return sorted(found)
