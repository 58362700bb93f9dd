"""The entries of a live blog: each begins with its clock time, and the newest comes first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from typing import Any

_LIVE = re.compile(r"\blive\b|\bLiveBlogPosting\b|live[-_]?(?:blog|update|ticker|feed)", re.I)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.h](\d{2}))?(?: ?([ap])\.?m\b|(?<=\d[:.h]\d\d)(?!\d))", re.I)
_ONLY_A_CLOCK = re.compile(
    r"\d{1,2}(?:[:.h]\d{2}(?: ?[ap]\.?m\.?)?| ?[ap]\.?m\.?)(?: [A-Z]{2,5})?[:.]?", re.I
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LINES = frozenset((*_HEADINGS, "p", "span", "strong", "b", "time"))
"""Elements that hold no entry, but begin one."""
_SMALL = (*_LINES, "a", "div", "em", "li", "small")
_MOST_LABEL = 60  # characters of the line that holds the time of an entry

_Entry = tuple[Any, Any]
"""The element of an entry, and the one of its time."""


def order_entries(page: Any) -> None:
    """Change the element ``page`` in place, if it is a live blog."""
    if not _LIVE.search(" ".join(_says_live(page))):
        return
    entries = _entries(page)
    if len(entries) < 2:
        return
    parent = entries[0][0].getparent()
    entries = [_whole(child, time, entries) for child, time in entries]
    places = [parent.index(child) for child, _ in entries]
    tails = [child.tail for child, _ in entries]
    ordered = [entries[at] for at in _newest_first([time for _, time in entries])]
    for (child, time), place, tail in zip(ordered, places, tails, strict=True):
        _begin_with_time(child, time)
        child.tag = "div"
        child.attrib.clear()  # one that is called "entry" would be taken for the whole article
        parent.insert(place, child)
        child.tail = tail
    if not any(each.tag == "article" for each in [parent, *parent.iterancestors()]):
        parent.tag = "article"


def _says_live(page: Any) -> Iterator[str]:
    for element in page.iter("title", "h1"):
        yield text_of(element)
    for element in page.iter("article", "div", "section", "main", "ol", "ul", "body"):
        yield from (str(element.get(name) or "") for name in ("class", "id", "itemtype"))
    for script in page.iter("script"):
        if "LiveBlogPosting" in (script.text or ""):
            yield "LiveBlogPosting"


def _entries(page: Any) -> list[_Entry]:
    """The children of one element that hold a time each: of the element that has most of them."""
    holders: dict[Any, dict[Any, Any]] = {}
    for time in filter(_is_time, page.iter(*_SMALL)):
        child = time
        for parent in time.iterancestors():
            holders.setdefault(parent, {}).setdefault(child, time)
            child = parent
    most = max(holders.values(), key=len, default={})
    return list(most.items())


def _is_time(element: Any) -> bool:
    text = text_of(element)
    if not text or len(text) > _MOST_LABEL:
        return False
    if element.tag == "time":
        return bool(_CLOCK.search(text))
    return not len(element) and bool(_ONLY_A_CLOCK.fullmatch(text))


def _whole(child: Any, time: Any, entries: list[_Entry]) -> _Entry:
    """The entry with all that belongs to it: what stands behind a line that only begins it."""
    if child.tag not in _LINES:
        return child, time
    begin = [each for each, _ in entries]
    behind = list(takewhile(lambda each: each not in begin, child.itersiblings()))
    around = child.makeelement("div")
    child.addprevious(around)
    around.extend([child, *behind])
    return around, time


def _newest_first(times: list[Any]) -> list[int]:
    """The order of the entries: by what their times say to machines, else as they stand, turned
    around if the clock times grow."""
    said = [_moment(time.get("datetime")) for time in times]
    moments = [each for each in said if each is not None]
    if len(moments) == len(times):
        return sorted(range(len(times)), key=lambda at: moments[at], reverse=True)
    clocks = [_minute(text_of(time)) for time in times]
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
    clock = text_of(time).rstrip(":.")
    time.text = ""
    for inner in list(time):
        time.remove(inner)
    parts = [part for part in entry.iter("p", *_HEADINGS) if text_of(part)]
    first = next((at for at, part in enumerate(parts) if part.tag == "p"), None)
    if first is None:
        time.text = clock
        return
    for part in parts[: first + 1]:
        if time in list(part.iterdescendants()):
            time.tail = (time.tail or "").lstrip(" :–-")
        part.text = f"{clock} – {(part.text or '').lstrip()}"


def text_of(element: Any) -> str:
    """Its text on one line."""
    return " ".join("".join(element.itertext()).split())
