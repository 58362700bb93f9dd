"""HTML that was left in a text: how it is told from text that looks like it. Pure.

Much of what has angle brackets is no markup: "Phillips <P> rose", "a < b", "<ann@x.example>".
"""

from __future__ import annotations

import re

from index.sources.html_pages import html_text

_TAGS = frozenset(
    "a abbr acronym address area article aside audio b base big blink blockquote body br button"
    " canvas caption center cite code col colgroup dd del details dfn dir div dl dt em embed"
    " fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe"
    " img input ins kbd label legend li link main map mark marquee menu meta nav nobr noscript"
    " object ol optgroup option p param picture pre q s samp script section select small source"
    " span strike strong style sub summary sup svg table tbody td textarea tfoot th thead time"
    " title tr track tt u ul var video wbr".split()
)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]{0,40})((?:[\s/][^<>]{0,5000})?)>")
_VALUE = re.compile(r"[\w-]\s?=")
_UNSHOWN = re.compile(r"<(?P<name>script|style)\b[^<>]*>|<!--", re.I)
_CUT_OFF = re.compile(r"<(?:a|div|font|img|p|span)\s[a-z-]{1,20}=[^<>]{0,2000}\Z", re.I)
_AMPERSAND = re.compile(
    r"&(?!(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);|(?:nbsp|quot)(?![\w=]))"
)


def without_html(text: str) -> str | None:
    """``text`` without HTML, or None when it does not clearly hold some: a closing tag, a line
    break, a tag with values, several paragraphs, a comment. Its line ends stay.

    In capitals only a closing tag, a line break behind a word, and values are clear: "<P>" is a
    ticker symbol on a newswire.
    """
    if "<" not in text:
        return None
    shown = _without_unshown(text)
    tags = [found for found in _TAG.finditer(shown) if _is_known(found[2])]
    clear = [found for found in tags if _is_clear(found, shown)]
    cut = _CUT_OFF.search(shown)
    paragraphs = sum(found[0] == "<p>" for found in tags) > 1
    if not clear and not paragraphs and not cut and shown == text:
        return None
    shown = shown[: cut.start()] if cut else shown
    capitals = any(found[2].isupper() for found in clear)
    meant = {found.start() for found in tags if capitals or not found[2].isupper()}
    shown = "".join(_escaped(shown, meant))
    return html_text(_AMPERSAND.sub("&amp;", shown), line_ends=True)


def _is_known(name: str) -> bool:
    """Whether HTML has this element; or it is a site's own, as "amp-img" and "o:p" are."""
    return name.lower() in _TAGS or (name.islower() and ("-" in name or ":" in name))


def _is_clear(tag: re.Match[str], text: str) -> bool:
    closes, name, values = tag.groups()
    if closes or _VALUE.search(values):
        return True
    if name.lower() != "br":
        return False
    return name.islower() or text[tag.start() - 1 : tag.start()].strip() != ""


def _escaped(text: str, meant: set[int]) -> list[str]:
    """``text`` in pieces, with no "<" that begins anything but the tags that are ``meant``."""
    parts, at = [], 0
    for found in re.finditer("<", text):
        parts += [text[at : found.start()], "<" if found.start() in meant else "&lt;"]
        at = found.end()
    return [*parts, text[at:]]


def _without_unshown(text: str) -> str:
    """``text`` without comments, scripts and style sheets. One that never ends is left as it is,
    and its end is looked for once, however many begin."""
    kept, at, endless, lowered = [], 0, set[str](), text.lower()
    if len(lowered) != len(text):
        lowered = text
    for opened in _UNSHOWN.finditer(text):
        end = f"</{opened['name'].lower()}>" if opened["name"] else "-->"
        if opened.start() < at or end in endless:
            continue
        closed = lowered.find(end, opened.end())
        if closed < 0:
            endless.add(end)
            continue
        kept.append(text[at : opened.start()])
        at = closed + len(end)
    return "".join([*kept, text[at:]])
