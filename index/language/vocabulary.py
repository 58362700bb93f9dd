"""What the corpus calls things: its words as written, and its abbreviations. Pure.

Abbreviations are found where a text itself explains them, "the National Resistance Front of
Afghanistan (NRF)", by the algorithm of Schwartz & Hearst 2003, "A Simple Algorithm for Identifying
Abbreviation Definitions in Biomedical Text".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.folding import APOSTROPHES, fold

VERSION = 2
"""Recorded in the manifest, so that a change here makes the vocabulary anew."""

_JOINING = f"[{APOSTROPHES}-]"
_TOKEN = re.compile(rf"[^\W\d_]+(?:{_JOINING}(?!s\b)[^\W\d_]+)*")  # without a possessive's "'s"
POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s?$")
"""The end of a word that owns what follows."""
_BRACKETS = re.compile(r"\(([^()\n]{2,80})\)")
_SHORT = re.compile(r"[A-Z][A-Za-z&./-]{0,8}[A-Z]s?|[A-Z]{2,10}s?")
_CLAUSE = re.compile(r"[.;:!?,\n()\"“”]")
_LINKING = frozenset("of the and for in on to a an at de la du des".split())
_SHOWN_AT_LEAST = 2  # passages; a word of a single passage is as likely a slip as a spelling


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form, what it stands for as first written, and how often the corpus says so."""

    short: str
    long: str
    count: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word, folded, as mostly written, and how many passages hold it."""

    folded: str
    shown: str
    count: int


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The words of letters in ``text``, where they stand."""
    return _TOKEN.finditer(text)


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """(short, long) wherever ``text`` explains a short form, in order."""
    for bracket in _BRACKETS.finditer(text):
        inside = bracket[1].strip().strip("\"'“”‘’")
        before = _CLAUSE.split(text[: bracket.start()][-200:])[-1]
        if _SHORT.fullmatch(inside):
            long = long_form(inside, before)
            if long:
                yield inside, long
            continue
        last = before.split()[-1:] or [""]
        if _SHORT.fullmatch(last[0]) and long_form(last[0], inside) == inside:
            yield last[0], inside


def long_form(short: str, before: str) -> str | None:
    """The words at the end of ``before`` that ``short`` abbreviates, or None.

    Every letter of the short form stands in the long one, in order, the first at the beginning of
    a word. The long form has at most min(n + 5, 2n) words for n letters.
    """
    letters = [c for c in short.rstrip("s") if c.isalnum()]
    words = before.split()[-min(len(letters) + 5, 2 * len(letters)) :]
    text = " ".join(words)
    at = len(text)
    for number in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and not (
            fold(text[at]) == letters[number].lower() and (number > 0 or _begins(text, at))
        ):
            at -= 1
        if at < 0:
            return None
    found = POSSESSIVE.sub("", text[at:].strip("\"'“”‘’ "))
    return found if _credible(letters, found) else None


def _begins(text: str, at: int) -> bool:
    """Whether a long form may begin here: with a word, and not with "of"."""
    word = text[at:].split(maxsplit=1)[0]
    return (at == 0 or not text[at - 1].isalnum()) and word.lower() not in _LINKING


def _credible(letters: list[str], found: str) -> bool:
    """Whether a long form is a name or a term, not a clause that happens to hold the letters."""
    told = [word for word in found.replace("-", " ").split() if word.lower() not in _LINKING]
    return (
        2 <= len(told) <= len(letters) + 1
        and len(found) > 2 * len(letters)
        and sum(word[0].lower() in "".join(letters).lower() for word in told) >= len(told) - 1
    )


Counts = tuple[dict[str, int], list[tuple[str, str, dict[str, int]]]]
"""Passages by the word that they hold, as written; (short, folded long form, passages by the long
form as written). Plain values, for JSON."""


class VocabularyBuilder:
    """Counts the words and abbreviations of passages, from the `counts` of another one on."""

    def __init__(self, counts: Counts | None = None) -> None:
        forms, long = counts or ({}, [])
        self._forms = Counter(forms)  # passages that hold a word as it is written
        self._long = {(short, folded): Counter(said) for short, folded, said in long}

    def add(self, text: str, times: int = 1) -> None:
        """Count a passage; with ``times`` -1, one that was counted is there no more."""
        for form in set(_TOKEN.findall(text)):
            self._forms[form] += times
        for short, long in definitions(text):
            self._long.setdefault((short.rstrip("s"), fold(long)), Counter())[long] += times

    def counts(self) -> Counts:
        """All counts above 0, in order: equal passages give equal counts, whatever came first."""
        long = [(*key, dict(sorted((+said).items()))) for key, said in sorted(self._long.items())]
        return dict(sorted((+self._forms).items())), [one for one in long if one[2]]

    def words(self) -> Iterator[Word]:
        """Those that more than one passage holds, in order of their folded form."""
        written: dict[str, Counter[str]] = {}
        for form, count in (+self._forms).items():
            written.setdefault(fold(form), Counter())[form] = count
        for folded in sorted(written):
            forms = written[folded]
            if forms.total() >= _SHOWN_AT_LEAST:
                yield Word(folded, max(sorted(forms), key=forms.__getitem__), forms.total())

    def abbreviations(self) -> Iterator[Abbreviation]:
        """In order of the short form."""
        for short, folded in sorted(self._long):
            forms = +self._long[short, folded]
            if forms:
                yield Abbreviation(short, max(sorted(forms), key=forms.__getitem__), forms.total())
