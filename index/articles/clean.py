"""Raw article to stored article: the one place where offsets are born. Pure.

What a reader should never be quoted goes here (titles repeated in the text, the furniture of
pages, leftover markup), and the text that is left is final: every passage, sentence and quote is
a slice of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

from index.articles.boilerplate import Furniture, outlet_of
from index.articles.headlines import tells_alone
from index.articles.plain import Paragraphs, normalise, without_markup
from index.model import Article, Reference
from index.sources.dates import time_of
from index.sources.raw import RawArticle

VERSION = 6
"""Recorded in the manifest: articles cleaned by other rules are cleaned again."""

# Lines of a hard-wrapped text are about this long; a line of a feed is a whole paragraph.
_WRAPPED_MIN, _WRAPPED_MAX = 45, 100
# How a page's title names its outlet: "… - BBC News", "… | Reuters".
_OUTLET_SUFFIX = re.compile(r"(?P<title>.{12,}?) ?(?: [-–—:·•]|\|) ?(?-i:[A-Z@])[^|–—]{1,39}")
_TITLE_LINES = 3
"""A title is looked for in so many first lines: further down, the same words are a refrain."""

_LEAST_LEFT = 0.5
"""Share of the letters of an article that learned lines must leave."""

_RULES_ONLY = Furniture()

IsFurniture = Callable[[str], bool]


def clean(
    raw: RawArticle,
    paragraphs: Paragraphs,
    furniture: Furniture = _RULES_ONLY,
    name: str = "",
) -> Article | None:
    """The stored form of ``raw`` without ``furniture``, or None when no text is left.

    A headline that tells what a short text does not is its first paragraph: it is news, too.
    ``paragraphs`` are the `blocks` of its text, which counting lines needs too; ``name`` is what
    its lines were counted under.
    """
    title = normalise(without_markup(raw.title or "")).replace("\n", " ").strip()
    kept = _without_title(_news(paragraphs, furniture, outlet_of(raw), name), title)
    if not any(character.isalnum() for paragraph in kept for character in paragraph):
        kept = []
    if kept[:1] != [title] and tells_alone(_without_outlet(title), "\n\n".join(kept)):
        kept = [title, *kept]
    if not kept:
        return None
    published = time_of(raw.published) if raw.published else None
    reference = Reference(raw.id, title, raw.url, raw.source, published, raw.author)
    return Article(reference, "\n\n".join(kept))


def _without_title(paragraphs: list[str], title: str) -> list[str]:
    """``paragraphs`` without those of the first that only repeat the title.

    One is kept when there is nothing else: a flash is all title.
    """
    if not title:
        return paragraphs
    kept = [
        paragraph
        for number, paragraph in enumerate(paragraphs)
        if number >= _TITLE_LINES or not _same_title(paragraph, title)
    ]
    return kept or paragraphs[:1]


def _same_title(line: str, title: str) -> bool:
    return _letters(line) in _titles(title) or _letters(title) in _titles(line)


def _titles(text: str) -> set[str]:
    """The letters of ``text``, with and without an outlet's name behind it."""
    return {_letters(text), _letters(_without_outlet(text))}


def _without_outlet(title: str) -> str:
    suffixed = _OUTLET_SUFFIX.fullmatch(title)
    return suffixed["title"] if suffixed else title


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _news(lines: Paragraphs, furniture: Furniture, outlet: str, name: str) -> list[str]:
    """The paragraphs that are no furniture, unless learned lines are most of them: what is most of
    an article is its news, however often it recurs."""
    by_rules = _all_paragraphs(lines, furniture.is_known)
    if not any(furniture.is_learned(line, outlet, name) for line in chain(by_rules, *lines)):
        return by_rules
    left = _all_paragraphs(lines, lambda line: furniture.is_boilerplate(line, outlet, name))
    return left if _size(left) >= _LEAST_LEFT * _size(by_rules) else by_rules


def _size(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _all_paragraphs(lines: Paragraphs, is_furniture: IsFurniture) -> list[str]:
    return [
        paragraph
        for block in lines
        for paragraph in _paragraphs(block, is_furniture)
        if not is_furniture(paragraph)
    ]


def _paragraphs(lines: list[str], is_furniture: IsFurniture) -> Iterator[str]:
    """Join the lines of a paragraph that was wrapped at a fixed width; leave others apart.

    Furniture is left out line by line, but not the small end of a wrapped line: "… would never /
    share" is news.
    """
    joined, open_line = "", False
    for line in lines:
        goes_on = open_line and line[0].islower()
        if not goes_on and is_furniture(line):
            open_line = False
            continue
        if joined and open_line:
            joined += " " + line
        else:
            if joined:
                yield joined
            joined = line
        open_line = _WRAPPED_MIN <= len(line) <= _WRAPPED_MAX and not line.endswith(
            (".", "!", "?", "”", '"', ":", "…")
        )
    if joined:
        yield joined
