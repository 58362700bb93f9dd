"""Text as a source gave it to plain lines: characters, white space, leftover markup. Pure."""

from __future__ import annotations

import html
import re
import unicodedata

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

_BLOCK = r"(?:p|div|br|li|ul|ol|h[1-6]|blockquote|tr|table|section|article|figure|figcaption|hr)"
_INLINE = r"(?:a|b|i|u|em|strong|span|small|sub|sup|img|cite|td|th|tbody|font|time|abbr|mark)"
# Small letters only: "<A>" and "<P>" are ticker symbols on a newswire.
_MARKUP = re.compile(rf"</{_BLOCK}>|</{_INLINE}>|<br ?/?>|<p [a-z-]+=[\"'][^<>]*>|<p>(?s:.*)<p>")
_UNSHOWN = re.compile(r"<(?P<name>script|style)\b[^<>]*>|<!--")
_BLOCK_TAG = re.compile(rf"</?{_BLOCK}(?: [^<>]*)?/?>")
_INLINE_TAG = re.compile(rf"</?{_INLINE}(?: [^<>]*)?/?>")
# Only whole references, with their semicolon: "AT&T" and "R&amp;D" differ, "Q&A;" is neither.
_REFERENCE = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);")


def normalise(text: str) -> str:
    """NFC, one kind of space and of line end, no invisible characters, at most one empty line."""
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", unicodedata.normalize("NFC", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_markup(text: str) -> str:
    """``text`` without HTML, when it clearly holds some: a closing tag, a line break, paragraphs.

    Character references ("&nbsp;", "&#8217;") become characters; a text whose tags are escaped
    ("&lt;p&gt;") loses them too. Anything else in angle brackets is left alone.

    >>> without_markup("<p>R&amp;D fell.</p><p>Shares of <BP> rose.</p>").split()
    ['R&D', 'fell.', 'Shares', 'of', '<BP>', 'rose.']
    """
    if _MARKUP.search(text):
        return _REFERENCE.sub(_character, _strip_tags(text))
    text = _REFERENCE.sub(_character, text)
    return _strip_tags(text) if _MARKUP.search(text) else text


def blocks(text: str) -> Paragraphs:
    """The plain lines of ``text``, by paragraph: what furniture is looked for in."""
    paragraphs = normalise(without_markup(text)).split("\n\n")
    return [[line for line in block.split("\n") if line] for block in paragraphs]


def _strip_tags(text: str) -> str:
    text = _BLOCK_TAG.sub("\n\n", _without_unshown(text))
    return _INLINE_TAG.sub("", text)


def _without_unshown(text: str) -> str:
    """``text`` without comments, scripts and style sheets. One that never ends is left as it is,
    and its end is looked for once, however many begin."""
    kept, at, endless = [], 0, set[str]()
    for opened in _UNSHOWN.finditer(text):
        end = f"</{opened['name']}>" if opened["name"] else "-->"
        if opened.start() < at or end in endless:
            continue
        closed = text.find(end, opened.end())
        if closed < 0:
            endless.add(end)
            continue
        kept.append(text[at : opened.start()])
        at = closed + len(end)
    return "".join([*kept, text[at:]])


def _character(reference: re.Match[str]) -> str:
    return html.unescape(reference.group())
