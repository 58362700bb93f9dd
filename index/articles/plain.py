"""Text as a source gave it to plain lines: characters, white space, leftover markup. Pure."""

from __future__ import annotations

import html
import re
import unicodedata

from index.articles.brackets import without_brackets
from index.articles.leftover_html import without_html
from index.articles.markdown import as_html, is_markdown
from index.sources.front_matter import split as split_front_matter

Paragraphs = list[list[str]]
"""The lines of each paragraph."""

_NEWLINES = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
# Invisible characters with no meaning in running text. Joiners (U+200C, U+200D) stay: Persian
# and emoji need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

# With their semicolon: "AT&T" and "R&amp;D" differ, "Q&A;" is neither. Two need none.
_REFERENCE = re.compile(
    r"&(?:(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);|(?:nbsp|quot)(?![\w=]))"
)
_LAYERS = 3
"""How often a text may have been escaped."""
# Between letters of ours these join nothing: they were pasted.
_PASTED = re.compile(r"(?<=[A-Za-z\u00c0-\u024f])[\u200c\u200d]+(?=[A-Za-z\u00c0-\u024f])")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_PARTED = re.compile(r"([^\W\d_]{2,30})-\n([a-z]{2,30})")
_PREFIXES = frozenset("anti co ex half mid non post pre pro re self semi sub vice well".split())


def normalise(text: str) -> str:
    """NFC, one kind of space and of line end, no invisible characters, at most one empty line;
    letters for ligatures, and whole words where a line ended in the middle of one."""
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", unicodedata.normalize("NFC", text)))
    if not text.isascii():
        text = _unpasted(text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    whole = "\n".join(lines)
    if "-\n" in whole:
        whole = _PARTED.sub(_joined, whole)
    return re.sub(r"\n{3,}", "\n\n", whole).strip()


def without_markup(text: str) -> str:
    """``text`` without HTML, Markdown, wiki markup and codes in brackets, when it clearly holds
    some. Anything that only looks like it is left alone.

    Character references ("&nbsp;", "&#8217;") become characters; a text whose tags are escaped
    ("&lt;p&gt;") loses them too.

    >>> without_markup("<p>R&amp;D fell.</p><p>Shares of <BP> rose.</p>").split()
    ['R&D', 'fell.', 'Shares', 'of', '<BP>', 'rose.']
    """
    text = without_brackets(_without_html(split_front_matter(text)[1]))
    return (without_html(as_html(text)) or "") if is_markdown(text) else text


def _without_html(text: str) -> str:
    for _ in range(_LAYERS):
        found = without_html(text)
        if found is not None:
            return found
        unescaped = _REFERENCE.sub(_character, text)
        if unescaped == text:
            break
        text = unescaped
    return text


def blocks(text: str) -> Paragraphs:
    """The plain lines of ``text``, by paragraph: what furniture is looked for in."""
    paragraphs = normalise(without_markup(text)).split("\n\n")
    return [[line for line in block.split("\n") if line] for block in paragraphs]


def _character(reference: re.Match[str]) -> str:
    return html.unescape(reference.group())


def _unpasted(text: str) -> str:
    """Letters for ligatures, and no joiners between letters that have none."""
    if "\u200c" in text or "\u200d" in text:
        text = _PASTED.sub("", text)
    return text.translate(_LIGATURES) if _LIGATURE.search(text) else text


def _joined(parted: re.Match[str]) -> str:
    """The word that a line end parted: few are written with a hyphen anyway."""
    first, rest = parted.groups()
    return f"{first}-{rest}" if first.lower() in _PREFIXES else f"{first}{rest}"
