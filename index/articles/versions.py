"""Which records are one article, and which of its versions is the newest. Pure.

An outlet publishes an article again under its id or its link: corrected, with a new toll. But two
files may well number their articles from 1, and losing one silently would be worse than keeping
both. So an id, or a link, is one sign of two that are needed: see
docs/decisions/020-versions.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from index import links
from index.language.folding import fold
from index.language.words import words
from index.model import Article
from index.sources.raw import RawArticle

_DAY = len("2021-08-31")
MOST = 5
"""Replaced versions that are kept of an article, the newest."""

SOME, MUCH = 0.4, 0.6
"""Shares of the shorter text's words that the other holds. Of two articles of one section of the
BBC, 0.7 % and 0.04 % have so many in common."""
_TITLES = 0.5  # of the shorter title's words, where much must be in common
_UNTITLED = 0.8  # of the text's words where a title is missing
_NUMBERING = re.compile(r"(?:.*[^0-9])?[0-9]{1,6}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Record:
    """What tells which article a record is. ``outlets`` are the names of its outlet: what it calls
    itself, and its host."""

    raw_id: str
    page: str | None
    outlets: frozenset[str]
    file: str
    title: frozenset[str]
    words: frozenset[str]


def keys(raw_id: str, url: str | None, source: str | None, file: str) -> list[str]:
    """What records of one article share at least one of: the id in its outlet, and the link."""
    page = links.page(url)
    return [*id_keys(raw_id, url, source, file), *([page] if page else [])]


def id_keys(raw_id: str, url: str | None, source: str | None, file: str) -> list[str]:
    """The keys of an id. Without an outlet, one that only counts is its file's own."""
    if _counts_records(raw_id, file):
        return []
    found = [f"{outlet}\n{raw_id}" for outlet in sorted(_outlets(url, source))]
    return found or [f"{file}\n\n{raw_id}" if _numbers(raw_id, file) else f"\n{raw_id}"]


def record_of(raw: RawArticle | Article, text: str, raw_id: str, file: str) -> Record:
    """The record of an article with this text, read in ``file`` under ``raw_id``."""
    named = raw.reference if isinstance(raw, Article) else raw
    title = named.title or ""
    return Record(
        raw_id,
        links.page(named.url),
        _outlets(named.url, named.source),
        file,
        _told(title),
        frozenset(words(title)) | frozenset(words(text)),
    )


def same_article(one: Record, other: Record) -> bool:
    """Whether two records are versions of one article."""
    same_id = one.raw_id == other.raw_id
    same_page = one.page is not None and one.page == other.page
    if same_page:
        # A live page has a link for all its posts: what one file tells apart is two.
        apart = one.file == other.file
        return same_id or _alike(one, other, MUCH if apart else SOME)
    if not same_id or _counts_records(one.raw_id, one.file):
        return False
    telling = not _numbers(one.raw_id, one.file)
    if one.outlets or other.outlets:
        least = SOME if telling else MUCH
        return bool(one.outlets & other.outlets) and _alike(one, other, least)
    return (telling or one.file == other.file) and _alike(one, other, MUCH)


def oldest_first(published: Sequence[str | None]) -> list[int]:
    """The versions that are told by the dates of ``published``, which is in order of reading, from
    the oldest to the newest.

    Of one day, or without dates, the one read later is newer; hours count if all have them.
    """
    moments = [_moment(text) for text in published]
    by_hour = all(moment for moment, text in zip(moments, published, strict=True) if text)
    latest, ages = "", []
    for number, text in enumerate(published):
        told = moments[number] if by_hour else text[:_DAY] if text else None
        # What has no date was not there before what was read before it.
        ages.append(told or latest)
        latest = max(latest, told or "")
    return sorted(range(len(ages)), key=lambda number: (ages[number], number))


def adds_nothing(old: Article, new: Article) -> bool:
    """Whether all that an old version says stands in the new one: it is not worth keeping."""
    if old.reference.title != new.reference.title:
        return False
    there = set(new.text.split("\n"))
    return all(line in there for line in old.text.split("\n"))


def _alike(one: Record, other: Record, least: float) -> bool:
    if least == MUCH:
        held, of = len(one.title & other.title), min(len(one.title), len(other.title))
        if held < _TITLES * of:
            return False
        least = MUCH if of else _UNTITLED
    fewer = min(len(one.words), len(other.words))
    return bool(fewer) and len(one.words & other.words) >= least * fewer


def _outlets(url: str | None, source: str | None) -> frozenset[str]:
    host = (links.host(url) or "").removeprefix("www.")
    return frozenset(filter(None, (fold(source or "").strip(), host)))


def _told(title: str) -> frozenset[str]:
    """The words of a title but for its figures, which are what changes."""
    return frozenset(word for word in words(title) if not word[0].isdigit())


def _numbers(raw_id: str, file: str) -> bool:
    """Whether an id only counts ("7", "a7") or is the name of its file. An address or a URN names
    its article."""
    named = PurePath(file).name.startswith(f"{PurePath(raw_id).name}.")
    return named or (":" not in raw_id and bool(_NUMBERING.fullmatch(raw_id)))


def _counts_records(raw_id: str, file: str) -> bool:
    """Whether an id is the number of a record in its file, "day2-7" in day2.jsonl: another record
    may have it tomorrow."""
    name, _, number = PurePath(raw_id).name.rpartition("-")
    return bool(name) and number.isdigit() and PurePath(file).name.startswith(f"{name}.")


def _moment(text: str | None) -> str | None:
    """A date with its time in UTC; None where no time is told."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    if len(text or "") <= len("2024-05-01"):
        return None
    try:
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC).isoformat()
    except OverflowError:
        return None
