"""The door for what a record says of itself: whatever comes in, valid and bounded text comes out.

Archives are written by many hands: half an emoji where a text was cut, a NUL, a list for a title,
an id of a thousand letters, a link that is none. A field that is odd is mended, or left out, so
that one record stops neither the others nor itself. Pure.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import quote, urlunsplit

from index import links
from index.sources.local_paths import is_local, last_name
from index.sources.raw import RawArticle

MOST_ID, MOST_LINE, MOST_DATE, MOST_LINK = 200, 500, 100, 2000
"""Characters of an id; of a title, an outlet and authors; of a date; of a link."""
_KEPT_OF_ID = 40
"""Characters that are left of an id that cannot stay as it is, before its hash."""

_DEPTH, _NAMES = 4, 50  # of lists and {"name": …} in one another, and of names in one list
_MOST_NUMBER = 10**30
_NOT_IN_LINKS = re.compile(r"[\s<>\"\\^`{|}]")
# What is never seen, or turns what follows around. Joiners stay: Persian and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]"
)


def valid(text: str) -> str:
    """``text`` as Unicode that can be written: no halves of a character, no NUL.

    >>> valid("half an emoji \\ud83d, a whole \\ud83d\\ude00")
    'half an emoji , a whole 😀'
    """
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            # Two halves that belong together become what they stand for.
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return text.replace("\0", "")


def identifier(value: Any) -> str:
    """``value`` as the id of an article; "" when it is no string or whole number.

    One that is too long, or a path of the machine that it was written on, is cut and told from
    others by a hash of the whole.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    whole = _line(_words(value))
    if len(whole) <= MOST_ID and not is_local(whole):
        return whole
    kept = last_name(whole) if is_local(whole) else whole
    mark = hashlib.sha256(whole.encode()).hexdigest()[:12]
    return f"{kept[:_KEPT_OF_ID].strip(' .~-') or 'article'}-{mark}"


def raw_article(
    origin: str,
    fallback_id: str,
    text: str,
    *,
    article_id: Any = None,
    title: Any = None,
    url: Any = None,
    source: Any = None,
    published: Any = None,
    author: Any = None,
) -> RawArticle:
    """An article of fields of any kind. Without a usable id it has that of its place."""
    given = {
        "id": article_id, "title": title, "url": url, "source": source, "published": published,
        "author": author,
    }  # fmt: skip
    safe = {
        "id": identifier(article_id),
        "title": _short(title, MOST_LINE),
        "url": web_link(url),
        "source": _short(source, MOST_LINE),
        "published": _date(published),
        "author": _short(author, MOST_LINE),
    }
    plain = valid(text)
    mended = [n for n in given if given[n] is not safe[n] and not _same(given[n], safe[n])]
    return RawArticle(
        id=safe["id"] or identifier(fallback_id) or "article",
        title=safe["title"] or None,
        text=plain,
        origin=origin,
        url=safe["url"] or None,
        source=safe["source"] or None,
        published=safe["published"] or None,
        author=safe["author"] or None,
        mended=(*mended, *(["text"] if len(plain) != len(text) else [])),
    )


def _same(given: Any, safe: str) -> bool:
    """Whether a field shows what was given. {"name": …} for an outlet and a list of authors are
    usual forms of it."""
    if given == safe:
        return True
    if isinstance(given, str):
        return valid(given) == given and safe in (_line(given), _quoted(_line(given)))
    return bool(safe) or not given


def _short(value: Any, most: int) -> str:
    if not value:
        return ""
    line = _line(_words(value))
    line = last_name(line) if is_local(line) else line
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _date(value: Any) -> str:
    if not value:
        return ""
    line = _line(_words(value))
    return line if len(line) <= MOST_DATE else ""


def web_link(value: Any) -> str:
    """``value`` as a web address that can be shown and opened; "" when it is none.

    >>> web_link("https://ann:pw@news.example/the bridge")
    'https://news.example/the%20bridge'
    """
    line = _line(value) if isinstance(value, str) else ""
    if not line or len(line) > MOST_LINK or not links.is_web(line):
        return ""
    if "@" in line:  # who may read it, and by what word, is not for readers
        split = links.required(line)
        line = urlunsplit(split._replace(netloc=split.netloc.rpartition("@")[2]))
    return _quoted(line)


def _quoted(link: str) -> str:
    return _NOT_IN_LINKS.sub(lambda sign: quote(sign[0]), link)


def _line(text: str) -> str:
    if not text.isprintable():
        text = _UNSEEN.sub("", valid(text))
    elif "  " not in text and text[:1] != " " != text[-1:]:
        return text  # nearly all: this is asked of every field of every article
    return " ".join(text.split())


def _words(value: Any, depth: int = _DEPTH) -> str:
    """A field as one string: archives also write {"name": …} for an outlet, lists for authors."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not depth:
        return ""
    if isinstance(value, int | float):
        return str(value) if abs(value) < _MOST_NUMBER else ""  # NaN is not less, either
    if isinstance(value, dict):
        return _words(value.get("name"), depth - 1)
    if isinstance(value, list):
        names = (_words(each, depth - 1).strip() for each in value[:_NAMES])
        return ", ".join(filter(None, names))
    return ""
