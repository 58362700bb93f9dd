"""A reply as the bot's state holds it: where its quotes stand, not what they say.

A button rebuilds the reply from the generation that gave it, so that what it shows is verbatim,
and nothing of the articles is stored twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from index.model import Article
from retrieval.answer import Abstention, Answer, Claim, Quote, Reply, Searched

Find = Callable[[str], Article | None]


def record(reply: Reply) -> str:
    """``reply`` as JSON."""
    common = {
        "question": reply.question,
        "mode": reply.mode,
        "generation": reply.generation,
        "notice": reply.notice,
        "searched": [reply.searched.text, reply.searched.because] if reply.searched else None,
    }
    match reply:
        case Answer():
            claims = [[c.text, c.confidence, [_place(q) for q in c.quotes]] for c in reply.claims]
            own: dict[str, Any] = {"claims": claims, "disputed": reply.disputed,
                                   "history": reply.history}  # fmt: skip
        case Abstention():
            own = {"reason": reply.reason, "nearest": [_place(q) for q in reply.nearest],
                   "courtesy": reply.courtesy}  # fmt: skip
    return json.dumps(common | own, ensure_ascii=False)


def generation_of(text: str) -> str:
    """The generation that a recorded reply quotes."""
    return str(json.loads(text)["generation"])


def said_in(text: str) -> str:
    """The short answer of a recorded reply; empty when it abstained."""
    claims = json.loads(text).get("claims")
    return str(claims[0][0]) if claims else ""


def rebuild(text: str, find: Find) -> Reply:
    """The reply that was recorded. ``find`` gives the articles of its generation. Raises KeyError
    for an article that is not there."""
    held = json.loads(text)
    searched = Searched(*held["searched"]) if held["searched"] else None
    if "claims" in held:
        claims = tuple(
            Claim(said, sure, tuple(_quote(place, find) for place in places))
            for said, sure, places in held["claims"]
        )
        return Answer(held["question"], claims, held["mode"], held["generation"],
                      held["notice"], searched, held["disputed"],
                      held.get("history", False))  # fmt: skip
    nearest = tuple(_quote(place, find) for place in held["nearest"])
    return Abstention(held["question"], held["reason"], nearest, held["mode"],
                      held["generation"], held["notice"], searched,
                      held.get("courtesy", False))  # fmt: skip


def _place(quote: Quote) -> list[Any]:
    return [quote.reference.article_id, quote.start, quote.end, quote.highlight]


def _quote(place: list[Any], find: Find) -> Quote:
    article_id, start, end, highlight = place
    article = find(article_id)
    if article is None:
        raise KeyError(article_id)
    marked = (highlight[0], highlight[1]) if highlight else None
    return Quote(article.reference, start, article.text[start:end], marked)
