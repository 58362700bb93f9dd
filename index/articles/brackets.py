"""Markup in brackets: BBCode, the short codes of content systems, wiki text. Pure.

What has brackets is markup only if it is closed as markup is ("[b]…[/b]"), or has values as only
markup has ("[gallery ids="1"]"): "[sic]" and "[laughs]" are text.
"""

from __future__ import annotations

import re

_CLOSED = re.compile(r"\[/([a-zA-Z][\w-]{0,30})\]")
_CODE = re.compile(r"\[/?([a-zA-Z][\w-]{0,30})(?:[= ][^\[\]]{0,300})?\]")
_WITH_VALUES = re.compile(
    r"\[[a-zA-Z][\w-]{0,30}(?: +[\w-]{1,30}=(?:\"[^\"\[\]]{0,300}\"|'[^'\[\]]{0,300}'))+ ?/?\]"
)
_MEDIA = "img|image|photo|embed|video|audio|youtube|media|attachment"
_SHOWN_OTHERWISE = re.compile(
    rf"\[(?P<name>{_MEDIA})(?:[= ][^\[\]]{{0,300}})?\][^\[\]]{{0,2000}}\[/(?P=name)\]", re.I
)

_TEMPLATE = re.compile(r"\{\{[^{}]{0,5000}\}\}|\{%[^{}]{0,500}%\}")
_NESTED = 5  # templates in one another
_WIKI = re.compile(r"\[\[[^\[\]\n]+\]\]|'''[^'\n]|^(={2,6})[^=\n]+\1 *$|^\{\|", re.M)
_WIKI_PICTURE = re.compile(
    r"!\[\[[^\[\]\n]{1,300}\]\]|\[\[(?:file|image|category|media):"
    r"[^\[\]]{0,500}(?:\[\[[^\[\]]{0,200}\]\][^\[\]]{0,500}){0,9}\]\]",
    re.I,
)
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\]")
_WEB_LINK = re.compile(r"\[https?://[^\s\[\]]{1,2000}(?: ([^\[\]\n]{1,300}))?\]")
_WIKI_HEADING = re.compile(r"^(={2,6}) ?([^=\n]+?) ?\1 *$", re.M)
_WIKI_NOTE = re.compile(r"<ref\b[^<>]{0,300}/>|<ref\b[^<>]{0,300}>[^<]{0,2000}</ref>")
_WIKI_LIST = re.compile(r"^[*#:;]{1,6} +", re.M)
_WIKI_QUOTES = re.compile(r"'{2,5}")
_WIKI_TABLE = re.compile(r"^\{\|.*$|^\|[-}].*$", re.M)
_WIKI_ROW = re.compile(r"^[|!]\+? ?(.*)$", re.M)


def without_brackets(text: str) -> str:
    """``text`` without markup in brackets, but with what it marks.

    >>> without_brackets("Kept by [b]Kate Joy[/b] [sic], see [url=http://x.example]here[/url].")
    'Kept by Kate Joy [sic], see here.'
    """
    if "{{" in text or "{%" in text:
        for _ in range(_NESTED):
            text = _TEMPLATE.sub("", text)
    if "<ref" in text:
        text = _WIKI_NOTE.sub("", text)
    if "[" not in text and "'''" not in text and "==" not in text:
        return text
    text = _codes(text)
    return _wiki(text) if _WIKI.search(text) else text


def _codes(text: str) -> str:
    text = _SHOWN_OTHERWISE.sub("", text)
    closed = {found[1].lower() for found in _CLOSED.finditer(text)}
    if closed:
        text = _CODE.sub(lambda code: "" if code[1].lower() in closed else code[0], text)
        text = text.replace("[*]", "\n") if "list" in closed else text
    return _WITH_VALUES.sub("", text)


def _wiki(text: str) -> str:
    text = _WIKI_LINK.sub(r"\1", _WIKI_PICTURE.sub("", text))
    text = _WEB_LINK.sub(r"\1", text)
    text = _WIKI_LIST.sub("", _WIKI_HEADING.sub(r"\n\2\n", text))
    if text.lstrip().startswith("{|") or "\n{|" in text:
        text = _WIKI_ROW.sub(_row, _WIKI_TABLE.sub("", text))
    return _WIKI_QUOTES.sub("", text)


def _row(found: re.Match[str]) -> str:
    return ", ".join(re.split(r" ?(?:\|\||!!) ?", found[1]))
