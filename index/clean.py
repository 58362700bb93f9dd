"""Raw article to stored article: the one place where offsets are born. Pure.

What a reader should never be quoted goes here (titles repeated in the text, "Translate This
News In", "READ:" cross-links), and the text that is left is final: every passage, sentence and
quote is a slice of it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from dateutil import parser as date_parser

from index.model import Article, Reference
from index.sources import RawArticle

VERSION = 1
"""Recorded in the manifest: articles cleaned by other rules are cleaned again."""

# Whole lines that feeds put between the paragraphs. A rule must never match a line of news:
# news lost is worse than noise kept.
_BOILERPLATE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"translate this (?:news|article|page|story|post)(?: in(?:to)?)?(?: \w+)?:?",
        r"(?:read|also read|read also|read more|see also|related|related (?:news|stor(?:y|ies)))"
        r" ?:(?: .*)?",
    )
)

_NEWLINES = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
# Invisible characters with no meaning in running text. Joiners (U+200C, U+200D) stay: Persian
# and emoji need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Lines of a hard-wrapped text are about this long; a line of a feed is a whole paragraph.
_WRAPPED_MIN, _WRAPPED_MAX = 45, 100


def clean(raw: RawArticle) -> Article | None:
    """The stored form of ``raw``, or None when no text is left."""
    title = normalise(raw.title or "").replace("\n", " ").strip()
    paragraphs = [
        line
        for block in normalise(raw.text).split("\n\n")
        for line in _unwrap(block.split("\n"))
        if line and not is_boilerplate(line)
    ]
    while paragraphs and title and _same_line(paragraphs[0], title):
        paragraphs.pop(0)
    if not any(character.isalnum() for paragraph in paragraphs for character in paragraph):
        return None
    reference = Reference(
        raw.id, title, raw.url, raw.source, iso_date(raw.published) if raw.published else None
    )
    return Article(reference, "\n\n".join(paragraphs))


def normalise(text: str) -> str:
    """NFC, one kind of space and of line end, no invisible characters, at most one empty line."""
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", unicodedata.normalize("NFC", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_boilerplate(line: str) -> bool:
    """Whether the whole line is furniture of a web page or feed, not news."""
    return any(rule.fullmatch(line) for rule in _BOILERPLATE)


def iso_date(text: str) -> str | None:
    """``text`` as an ISO 8601 date, or None when it does not name a full date.

    >>> iso_date("26-FEB-1987 15:02:20.00")
    '1987-02-26'
    """
    if re.fullmatch(r"\d{4}(?:-\d{2})?", text):
        return text
    if not re.search(r"\d{4}", text):
        return None
    try:
        # Two defaults that differ in every part: a date that follows them was not in the text.
        found = {
            date_parser.parse(text, default=datetime(*default)).date()
            for default in ((1971, 1, 2), (1972, 3, 4))
        }
    except (ValueError, OverflowError):
        return None
    return found.pop().isoformat() if len(found) == 1 else None


def _same_line(line: str, title: str) -> bool:
    def letters(text: str) -> str:
        return "".join(c for c in text.casefold() if c.isalnum())

    return letters(line) == letters(title)


def _unwrap(lines: list[str]) -> list[str]:
    """Join the lines of a paragraph that was wrapped at a fixed width; leave others apart."""
    joined: list[str] = []
    open_line = False
    for line in lines:
        if open_line and not is_boilerplate(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
        open_line = _WRAPPED_MIN <= len(line) <= _WRAPPED_MAX and not line.endswith(
            (".", "!", "?", "”", '"', ":", "…")
        )
    return joined
