"""A build that would lose much of what is published is more often a mistake than a wish."""

from __future__ import annotations

from index.errors import LossError
from index.store import Draft

_NAMED, _MOST_NAME = 3, 60  # articles, and characters of each


def refuse_loss(draft: Draft, most: float) -> None:
    """Raise LossError if more than the share ``most`` of the articles before are not in the full
    ``draft``, neither by id, as an update, nor by content, as one whose file was moved."""
    before = draft.before
    published, bound = before.articles, round(most * before.articles, 6)
    if before.at_most_lost <= bound:
        return
    lost = draft.lost()
    if len(lost) <= bound:
        return
    names = ", ".join(name[:_MOST_NAME] for name in lost[:_NAMED])
    more = ", …" if len(lost) > _NAMED else ""
    raise LossError(
        f"{len(lost):,} of {published:,} published articles would go ({names}{more}), more than "
        f"{most:.0%}; nothing was published. Bring them back, or let them go: "
        "pullquote index build --prune"
    )
