"""Text to sentence bounds. The one door to sentencex, with the corrections that news needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from index.language.dates import WEEKDAYS
from index.language.patterns import any_of, capitalised
from index.language.quotation import evened
from index.language.titles import ABBREVIATED

VERSION = 3
"""Recorded in the manifest: other bounds make other passages."""

MAX_SENTENCE = 1000
"""Code points. A longer "sentence" (a list, a table) is cut at the last stop before the limit."""

# A segment that ends like this did not end a sentence, when the next one begins as stated.
_ABBREVIATION = re.compile(r"(?:^|[\s(\"'“‘])(?:no|nos|approx|vol|fig|pp|art|sec|est|c)\.$", re.I)
_TITLE = re.compile(rf"(?:^|[\s(\"'“‘]){any_of(ABBREVIATED)}\.$", re.IGNORECASE)
_CLOCK = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    rf"{any_of(capitalised(WEEKDAYS))}\b|[A-Z]{{2,4}}T?\b|"
    r"(?:Eastern|Central|Mountain|Pacific|Greenwich)\b"
)
# Where sentencex goes on though a sentence ended: after "etc.", after an ellipsis that hangs on
# its word, and before a brand that begins small ("iPhone", "eBay").
_MISSED = re.compile(
    r"(?<=\betc\.) (?=[A-Z])|(?<=\w…) (?=[A-Z][a-z])|(?<=[a-z\d%][.!?]) (?=[a-z]{1,2}[A-Z]\w)"
)
_QUOTES = re.compile(r"[\"“”‘]")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]\w")
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]")
"""The number of an item in a list, which is no sentence by itself."""
_INITIAL = re.compile(r"(?:^|[\s(\"'“‘])[A-Z]\.$")


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of ``text``, in order, without overlap or outer spaces.

    Line breaks always end a sentence. Every character that is not white space is inside exactly
    one sentence.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        bounds.extend((start + a, start + b) for a, b in _line_bounds(line))
        start += len(line) + 1
    return bounds


def _line_bounds(line: str) -> list[tuple[int, int]]:
    seen = evened(line)
    merged: list[tuple[int, int]] = []
    for start, end in _segments(seen):
        if merged and _continues(seen[merged[-1][0] : merged[-1][1]], seen[start:end]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return [piece for bound in _covering(line, merged) for piece in _cut(line, *bound)]


def _covering(line: str, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """``bounds`` grown over the marks of quotation that were not seen: one that touches the next
    sentence alone is that one's, another goes with the sentence before it."""
    if not bounds:
        start, end = _strip(line, 0, len(line))
        return [(start, end)] if start < end else []
    grown = list(bounds)
    for number in range(len(grown) + 1):
        before = grown[number - 1][1] if number else 0
        after = grown[number][0] if number < len(grown) else len(line)
        start, end = _strip(line, before, after)
        if start == end:
            continue
        if number == 0 or (number < len(grown) and start > before and end == after):
            grown[number] = (start, grown[number][1])
        else:
            grown[number - 1] = (grown[number - 1][0], end)
    return grown


def _segments(line: str) -> Iterator[tuple[int, int]]:
    """sentencex's bounds, without outer spaces, parted where it is known to miss an end.

    A quotation of several sentences stays whole: half of one would read as the reporter's words.
    """
    for segment in get_sentence_boundaries("en", line):
        start, end = _strip(line, segment["start_index"], segment["end_index"])
        part = line[start:end]
        if not _QUOTES.search(part):
            for missed in _MISSED.finditer(part):
                yield _strip(line, start, end - len(part) + missed.start())
                start = end - len(part) + missed.end()
        if start < end:
            yield start, end


def _continues(before: str, after: str) -> bool:
    """Whether a sentence splitter was wrong to part ``before`` from ``after``."""
    if after[0].islower() and before[-1] in ".…!" and not _BRAND.match(after):
        return True  # also after a name with a mark of its own: "Yahoo! said"
    if _ITEM.fullmatch(before):
        return True
    if not any(character.isalnum() for character in after):
        return True  # a stray quotation mark or bracket belongs to what it closes
    if _CLOCK.search(before) and _AFTER_CLOCK.match(after):
        return True
    if after[0].isdigit() and _ABBREVIATION.search(before):
        return True
    return bool(_TITLE.search(before) or (_INITIAL.search(before) and after[0].isupper()))


def _cut(line: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    while end - start > MAX_SENTENCE:
        window = line[start : start + MAX_SENTENCE]
        stop = max(window.rfind("; "), window.rfind(", "), MAX_SENTENCE // 2)
        space = window.rfind(" ", MAX_SENTENCE // 2)
        middle = start + (
            stop + 1
            if window[stop : stop + 2] in ("; ", ", ")
            else space
            if space > 0
            else MAX_SENTENCE
        )
        pieces.append(_strip(line, start, middle))
        start = _strip(line, middle, end)[0]
    pieces.append((start, end))
    return [piece for piece in pieces if piece[0] < piece[1]]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
