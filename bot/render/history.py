"""How the times of what one story told are shown. Pure."""

from __future__ import annotations

from datetime import datetime

from retrieval.answer import Answer, Claim

_DAY = len("2021-08-31")


def as_of(answer: Answer) -> str | None:
    """When the first claim was told, "As of 2 May 2024, 20:00:"; None unless earlier ones were
    told otherwise."""
    return f"As of {_when(answer.claims[0])}:" if answer.history else None


def earlier(answer: Answer) -> str | None:
    """What was told before the first claim: "Earlier: 96 (1 May 2024, 19:00), 17 (…)"."""
    if not answer.history:
        return None
    told = (f"{claim.text} ({_when(claim)})" for claim in answer.claims[1:])
    return f"Earlier: {', '.join(told)}"


def _when(claim: Claim) -> str:
    published = max(quote.reference.published or "" for quote in claim.quotes)
    try:
        time = datetime.fromisoformat(published)
    except ValueError:
        return published
    day = f"{time.day} {time:%B %Y}"
    return f"{day}, {time:%H:%M}" if len(published) > _DAY else day
