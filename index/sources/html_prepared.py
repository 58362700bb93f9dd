"""A page made ready for the extraction of its text: what an extractor would lose. Pure.

Rows of tables become paragraphs, the entries of a live blog stand newest first with their clock
times, and what asks for consent or money is taken out, as it would be all that is left of some
pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from index.sources.html_tables import as_lines
from index.sources.not_articles import is_request

_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.h](\d{2}))?(?: ?([ap])\.?m\b|(?<=\d[:.h]\d\d)(?!\d))", re.I)
_LIVE = re.compile(r"\blive\b|\bLiveBlogPosting\b|live[-_]?(?:blog|update|ticker|feed)", re.I)
_ASKS_BY_NAME = re.compile(
    r"cookie|consent|gdpr|onetrust|didomi|\bcmp\b|paywall|regwall|subscri|piano|newsletter|sign-?up",
    re.I,
)
_MOST_ASKED = 0.7
"""Share of the page's text that may be taken out as asking for something, at most."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MOST_LABEL = 60  # characters of the line that holds the time of an entry


def prepare(page: Any) -> None:
    """Change the element ``page`` in place."""
    _drop_requests(page)
    _keep_main_asides(page)
    for table in list(page.iter("table")):
        _flatten(table)
    _order_live_entries(page)


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
    whole = len(_text(page))
    for block in list(page.iter("div", "section", "aside", "dialog", "form", "p")):
        name = f"{block.get('id') or ''} {block.get('class') or ''}"
        if not _ASKS_BY_NAME.search(name) or block.getparent() is None:
            continue
        parts = [_text(part) for part in block.iter("p", "li", "button")] or [_text(block)]
        asking = sum(len(part) for part in parts if is_request(part))
        small = len(_text(block)) <= _MOST_ASKED * whole
        if small and 2 * asking >= sum(map(len, parts)) and not list(block.iter("h1")):
            block.drop_tree()


def _keep_main_asides(page: Any) -> None:
    """An aside that holds the headline of the page is no aside."""
    for aside in list(page.iter("aside")):
        if next(aside.iter("h1"), None) is not None and next(page.iter("article"), None) is None:
            aside.tag = "article"


def _order_live_entries(page: Any) -> None:
    """Let the entries of a live blog begin with their clock times, and stand newest first."""
    if not _LIVE.search(" ".join(_says_live(page))):
        return
    for parent in {time.getparent().getparent() for time in page.iter("time") if _entry(time)}:
        entries = [(child, time) for child in parent for time in child.iter("time") if _entry(time)]
        if len(entries) < 2 or len({id(child) for child, _ in entries}) < len(entries):
            continue
        order = _newest_first([time for _, time in entries])
        places = [parent.index(child) for child, _ in entries]
        tails = [child.tail for child, _ in entries]
        ordered = [entries[at] for at in order]
        for (child, time), place, tail in zip(ordered, places, tails, strict=True):
            _begin_with_time(child, time)
            child.tag = "div"
            parent.insert(place, child)
            child.tail = tail
        if not any(each.tag == "article" for each in [parent, *parent.iterancestors()]):
            parent.tag = "article"


def _says_live(page: Any) -> Iterator[str]:
    for element in page.iter("title", "h1"):
        yield _text(element)
    for element in page.iter("article", "div", "section", "main", "ol", "ul", "body"):
        yield from (str(element.get(name) or "") for name in ("class", "id", "itemtype"))
    for script in page.iter("script"):
        if "LiveBlogPosting" in (script.text or ""):
            yield "LiveBlogPosting"


def _entry(time: Any) -> bool:
    parent = time.getparent()
    return bool(
        parent is not None and parent.getparent() is not None and _CLOCK.search(_text(time))
    )


def _newest_first(times: list[Any]) -> list[int]:
    """The order of the entries: by what their times say to machines, else as they stand, turned
    around if the clock times grow."""
    said = [_moment(time.get("datetime")) for time in times]
    moments = [each for each in said if each is not None]
    if len(moments) == len(times):
        return sorted(range(len(times)), key=lambda at: moments[at], reverse=True)
    clocks = [_minute(_text(time)) for time in times]
    grows = len(set(clocks)) > 1 and clocks == sorted(clocks)
    return list(range(len(times)))[:: -1 if grows else 1]


def _minute(clock: str) -> int:
    found = _CLOCK.search(clock)
    assert found  # or it would not be the time of an entry
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    return 60 * (hour % 12 + 12 * (half == "p") if half else hour) + minute


def _moment(said: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(said or "").replace(tzinfo=None)
    except ValueError:
        return None


def _begin_with_time(entry: Any, time: Any) -> None:
    """Write the time before the first paragraph, and before a heading above it: either may be
    quoted by itself."""
    clock = _text(time)
    parts = [part for part in entry.iter("p", *_HEADINGS) if _text(part) and part is not time]
    parts = [part for part in parts if time not in list(part.iter())]
    first = next((at for at, part in enumerate(parts) if part.tag == "p"), None)
    if first is None or not clock or len(clock) > _MOST_LABEL:
        return
    for part in parts[: first + 1]:
        part.text = f"{clock} – {(part.text or '').lstrip()}"
    time.drop_tree()


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
