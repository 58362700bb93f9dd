"""A page made ready for the extraction of its text: what an extractor would lose. Pure.

Rows of tables become paragraphs, the entries of a live blog stand newest first with their clock
times, and what asks for consent or money is taken out, as it would be all that is left of some
pages.
"""

from __future__ import annotations

import re
from typing import Any

from index.sources.html_live import order_entries, text_of
from index.sources.html_tables import as_lines
from index.sources.not_articles import is_request

_ASKS_BY_NAME = re.compile(
    r"cookie|consent|gdpr|onetrust|didomi|\bcmp\b|paywall|regwall|subscri|piano|newsletter|sign-?up",
    re.I,
)
_MOST_ASKED = 0.7
"""Share of the page's text that may be taken out as asking for something, at most."""


def prepare(page: Any) -> None:
    """Change the element ``page`` in place."""
    _drop_requests(page)
    _keep_main_asides(page)
    for table in list(page.iter("table")):
        _flatten(table)
    order_entries(page)


def prepare_piece(piece: Any) -> None:
    """The same for a piece of HTML, of which nothing but tables and numbered lists need it."""
    for table in list(piece.iter("table")):
        _flatten(table)
    for numbered in piece.iter("ol"):
        said = str(numbered.get("start") or "")
        if re.fullmatch(r"[0-9]{1,9}", said):  # "1999. It was …" is no list
            for number, item in enumerate(numbered.iterchildren("li"), int(said)):
                holder = next(item.iterchildren("p"), item)
                holder.text = f"{number}. {(holder.text or '').lstrip()}"


def _flatten(table: Any) -> None:
    """Put a paragraph for each row in the place of a table, unless it lays out a page."""
    lines = as_lines(table)
    parent = table.getparent()
    if lines is None or parent is None:
        return
    around = table.makeelement("div")
    for line in lines:
        paragraph = table.makeelement("p")
        paragraph.text = line
        around.append(paragraph)
    around.tail = table.tail
    parent.replace(table, around)


def _drop_requests(page: Any) -> None:
    """Take out the blocks that by their name and by what they say ask for consent, for a sign-up
    or for money. A name alone says little: an article's own block may be called "paywall"."""
    whole = len(text_of(page))
    for block in list(page.iter("div", "section", "aside", "dialog", "form", "p")):
        name = f"{block.get('id') or ''} {block.get('class') or ''}"
        if not _ASKS_BY_NAME.search(name) or block.getparent() is None:
            continue
        parts = [text_of(part) for part in block.iter("p", "li", "button")] or [text_of(block)]
        asking = sum(len(part) for part in parts if is_request(part))
        small = len(text_of(block)) <= _MOST_ASKED * whole
        if small and 2 * asking >= sum(map(len, parts)) and not list(block.iter("h1")):
            block.drop_tree()


def _keep_main_asides(page: Any) -> None:
    """An aside that holds the headline of the page is no aside."""
    for aside in list(page.iter("aside")):
        if next(aside.iter("h1"), None) is not None and next(page.iter("article"), None) is None:
            aside.tag = "article"
