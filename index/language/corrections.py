"""Correction notes: that an earlier version was wrong, in what, and what is right. Pure.

"Correction: an earlier version of this article said nine people were killed." says "nine", and
takes it back. What it takes back is told only where the note is plain about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
"""From where to where in the sentence."""

Mark = Literal["corrected", "update"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a note takes back, and what it puts in its place, as far as it is sure."""

    withdrawn: Span | None = None
    stands: Span | None = None


_TEXT = r"(?:article|story|report|item|headline|post|piece|dispatch|feature|column|interview|text)"
_LABEL = re.compile(
    r"\W{0,9}(?:corrections?|clarifications?|corrections? and clarifications?|corrected)(?=\W{0,3}"
    r"(?:[:;–—-]|$))|\W{0,9}corrects\b|\s?(?:\(|-{1,2}|[–—])\s?correcting\b",
    re.IGNORECASE,
)
_WRONGLY = r"(?:wrongly|incorrectly|mistakenly|erroneously)"
_SAYING = (
    "(?:said|stated|reported|wrote|gave|put|named|called|described|identified|claimed|misstated)"
)
_EARLIER = re.compile(
    r"\b(?:earlier|previous|original|prior)\s(?:online\s|print\s)?versions?\s(?:of\s(?:this|our)\s"
    rf"{_TEXT}\b|(?:{_WRONGLY}\s|had\s)?{_SAYING}\b)"
    rf"|\b(?:(?:this|our)\s{_TEXT}|the\sheadline)\s(?:has\sbeen|was)\s(?:since\s|later\s)?"
    r"(?:corrected|amended)\b"
    rf"|\b(?:earlier|previous|original)\s{_TEXT}s?\s(?:{_WRONGLY}|misstated)\b"
    rf"|\bwe\s{_WRONGLY}\s{_SAYING}\b",
    re.IGNORECASE,
)
# Behind a label: "Correction: an article on 28 March said …".
_ARTICLE_SAID = re.compile(
    rf"\b(?:an?|our|the|this)\s(?:\w+\s)?{_TEXT}\b[^,;.]{{0,60}}?\s{_SAYING}\b", re.IGNORECASE
)
_SAID = re.compile(rf"\b{_SAYING}\s(?:that\s)?", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?:(?:an?|the|some)\s)?(?:wrong|incorrect|inaccurate|mistaken|false|erroneous)\b",
    re.IGNORECASE,
)
# "to show losses instead of profits", "said nine instead of four", "to lead from zinc".
_TO_SHOW = re.compile(
    r"\bto\s(?:show|say|read|reflect|state|clarify|make\sclear)\s(?:that\s)?", re.I
)
_INSTEAD = re.compile(r",?\s(?:instead\sof|rather\sthan|and\snot|not)\s", re.IGNORECASE)
_TO_FROM = re.compile(r"\sto\s(?P<to>\S+(?:\s\S+){0,4}?)\sfrom\s(?P<from>\S+(?:\s\S+){0,4})")
_IS = re.compile(r"\b(?:is|are|was|were|has|have|had)\s", re.IGNORECASE)
_CLAUSE = re.compile(r"[;)]|,\s(?:as|when|but|which|because|in\sfact)\b|\.\s")
_VERB = re.compile(r"correct(?:s|ed|ing)$", re.IGNORECASE)
_MARKED = re.compile(
    r"\W{0,3}(?:(?P<corrected>corrected|correction|corrects|refile)|(?P<update>update(?:\s?\d{1,2})?"
    r"|\d{1,2}(?:st|nd|rd|th)\s(?:update|lead)|recast|wrapup(?:\s?\d{1,2})?))\b"
    r"\W{0,3}(?<=[:)\]–—-])\s?|\W{0,3}(?P<late>corrected|update \d{1,2})\s[-–—]",
    re.IGNORECASE,
)


def correction(sentence: str) -> Correction | None:
    """What a sentence corrects; None unless it is a correction note."""
    label, earlier = _LABEL.match(sentence), _EARLIER.search(sentence)
    if not label and not earlier:
        return None
    if label and not earlier:
        earlier = _ARTICLE_SAID.match(sentence, _first_letter(sentence, label.end()))
    begin = earlier.start() if earlier else label.end() if label else 0
    swapped = _to_from(sentence) if label and _VERB.search(label[0]) else None
    return swapped or _to_show(sentence, begin) or _said(sentence, begin, bool(earlier))


def _first_letter(sentence: str, start: int) -> int:
    return next((n for n in range(start, len(sentence)) if sentence[n].isalpha()), len(sentence))


def mark(title: str) -> Mark | None:
    """Whether a headline says that its article corrects or updates an earlier one: "CORRECTED-…",
    "UPDATE 2-…"."""
    found = _MARKED.match(title)
    if found is None:
        return None
    word = (found["corrected"] or found["update"] or found["late"]).casefold()
    return "corrected" if word.startswith(("corr", "refile")) else "update"


def _to_from(sentence: str) -> Correction | None:
    found = _TO_FROM.search(sentence)
    return (
        Correction(_trimmed(sentence, *found.span("from")), _trimmed(sentence, *found.span("to")))
        if found
        else None
    )


def _to_show(sentence: str, begin: int) -> Correction | None:
    shown = _TO_SHOW.search(sentence, begin)
    if shown is None:
        return None
    instead = _INSTEAD.search(sentence, shown.end())
    end = _clause_end(sentence, shown.end())
    if instead and instead.start() < end:
        after = _trimmed(sentence, instead.end(), end)
        return Correction(after, _trimmed(sentence, shown.end(), instead.start()))
    return Correction(stands=_trimmed(sentence, shown.end(), end))


def _said(sentence: str, begin: int, earlier: bool) -> Correction:
    """Of "an earlier version said nine instead of four", or, behind a label, of "it is four, not
    nine"."""
    said = _SAID.search(sentence, begin) if earlier else None
    start = said.end() if said else begin
    if said and _VAGUE.match(sentence, start):
        return Correction()
    end, instead = _clause_end(sentence, start), _INSTEAD.search(sentence, start)
    if said and instead and instead.start() < end:
        first, second = (start, instead.start()), (instead.end(), end)
        if instead[0].strip(", ").casefold().startswith(("instead", "rather")):
            return Correction(_trimmed(sentence, *first), _trimmed(sentence, *second))
    elif said:
        return Correction(_trimmed(sentence, start, end))
    elif (
        instead
        and instead.start() < end
        and instead[0].strip(", ").casefold() in ("not", "and not")
    ):
        told = [found.end() for found in _IS.finditer(sentence, begin, instead.start())]
        stands = _trimmed(sentence, told[-1], instead.start()) if told else None
        return Correction(_trimmed(sentence, instead.end(), end), stands)
    return Correction()


def _clause_end(sentence: str, start: int) -> int:
    found = _CLAUSE.search(sentence, start)
    return found.start() if found else len(sentence)


def _trimmed(sentence: str, start: int, end: int) -> Span | None:
    part = sentence[start:end]
    lead, tail = len(part) - len(part.lstrip()), len(part.rstrip(" .,;:)]\n\t\"'”’"))
    return (start + lead, start + tail) if tail > lead else None
