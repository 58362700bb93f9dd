"""A stored article for the terminal. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from index.model import Article


def article_text(shown: Article, newest: Article, older: Sequence[Article]) -> str:
    """An article, or an older version of ``newest``: what is known of it, the ``older`` versions
    that it took the place of and how to see them, and its text."""
    ref, newest_id = shown.reference, newest.reference.article_id
    lines = [ref.title, ref.source, ref.date, ref.url]
    if shown is not newest:
        lines.append(f"replaced by a newer version: pullquote article {newest_id}")
    elif older:
        lines += [_older(number, one, newest_id) for number, one in enumerate(older, 1)]
    return "\n".join(filter(None, lines)) + f"\n\n{shown.text}"


def _older(number: int, one: Article, newest_id: str) -> str:
    ref = one.reference
    told = " · ".join(filter(None, (ref.title or ref.article_id, ref.date)))
    return f"replaces: {told} (pullquote article {newest_id} --version {number})"
