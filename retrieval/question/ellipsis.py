"""Questions that are no sentence: "why?", "when was that?", "and in 2003?". Pure."""

from __future__ import annotations

import re

from index.language.dates import MONTHS, WEEKDAYS, YEAR
from index.language.function_words import ASKING, AUXILIARIES, BE, PREPOSITIONS, TIMING
from index.language.names import Mention, mentions
from index.language.nouns import PEOPLE
from index.language.patterns import any_of
from index.language.pronouns import SUBJECTS

_OPENING = re.compile(r"^(?:(?:and|but|so|or|ok|okay|then|also|well)\b[, ]*)+", re.I)
_ABOUT = re.compile(r"^(?:what|how) about (?P<what>.+)$", re.I)
_ASKING = rf"(?:how (?:many|much|long|old|far|often|big)|{any_of(ASKING - {'whose'})})"
_BARE = re.compile(rf"^(?P<ask>{_ASKING})(?: exactly| else| so)?$", re.I)
_THAT = re.compile(
    rf"^(?P<ask>{_ASKING})(?: (?:\w+ )?(?:is|was|were|did|does|has)) "
    r"(?:that|this|it)(?: (?:happen|happened|be|take place|all))?$"
    rf"|^(?P<did>why|when|where|how) (?:did|do|does) {any_of(SUBJECTS)} do (?:that|this|it|so)$",
    re.I,
)
_IN = re.compile(
    rf"^(?P<prep>{any_of((PREPOSITIONS | TIMING) - {'of', 'to'})}) (?P<what>.+)$", re.I
)
_AUX = any_of(AUXILIARIES)
_INVERTED = re.compile(rf"^(?:.*?\b)?(?:{_ASKING})\b.*?\b(?P<aux>{_AUX})\b (?P<rest>.+)$", re.I)
_SUBJECT = re.compile(
    rf"^(?:(?:who|what) (?!{_AUX}\b)|(?:which|what|how many) \w+ (?!(?:did|do|does)\b))"
    r"(?P<rest>.+)$",
    re.I,
)
_YES_NO = re.compile(rf"^(?P<aux>{_AUX}) (?P<rest>.+)$", re.I)
_COPULA = re.compile(rf"^(?:who|what) (?P<aux>{any_of(BE)}) (?P<rest>.+)$", re.I)
_LIKE = tuple(
    re.compile(rf"\b(?:{words})\b", re.I)
    for words in (
        YEAR,
        any_of(MONTHS),
        any_of(WEEKDAYS),
        any_of(PEOPLE),
    )
)
_MOST_WORDS = 6  # a longer fragment is a question of its own


def without_opening(question: str) -> str:
    """The question without its "and" or "but"."""
    return _OPENING.sub("", question) or question


def complete(question: str, before: str, answer: str) -> str | None:
    """A fragment made whole by the question ``before`` it and its ``answer``; None: no fragment."""
    opened = bool(_OPENING.match(question))
    text = without_opening(question).strip(" ?!.")
    before = before.strip(" ?!.")
    bare = _BARE.match(text) or _THAT.match(text)
    if bare:
        return _ask(bare["ask"] or bare["did"], before, answer)
    about = _ABOUT.match(text)
    what = about["what"] if about else text
    led = _IN.match(what)
    asks = re.match(rf"(?:{_ASKING}|{_AUX})\b", led["what"] if led else what, re.I)
    if asks or len(what.split()) > _MOST_WORDS or not (about or opened or led):
        return None
    return _replace(before, what, led["prep"] if led else "")


def _ask(word: str, before: str, answer: str) -> str:
    """Ask ``word`` of what ``before`` asked something else of."""
    asked = word[:1].upper() + word[1:]
    subject = _SUBJECT.match(before)
    if subject:
        return f"{asked} {answer} {subject['rest']}?".replace("  ", " ")
    copula = _COPULA.match(before)
    if copula and answer and word.lower() in ("why", "when", "where", "how"):
        return f"{asked} {copula['aux']} {answer} {copula['rest']}?"
    inverted = _YES_NO.match(before) or _INVERTED.match(before)
    if inverted:
        return f"{asked} {inverted['aux'].lower()} {inverted['rest']}?"
    return f"{asked} {before}?"


def _replace(before: str, what: str, preposition: str) -> str:
    """The question before, about something else of the same kind."""
    for kind in _LIKE:
        new = kind.search(what)
        old = kind.search(before)
        if new and old:
            return f"{before[: old.start()]}{new[0]}{before[old.end() :]}?"
    fresh = what[len(preposition) :].strip()
    chosen = _counterpart(mentions(before), before, fresh, preposition)
    if chosen is None:
        return f"{before} {what}?"
    return f"{before[: chosen.start]}{fresh}{before[chosen.start + len(chosen.text) :]}?"


def _counterpart(old: list[Mention], before: str, fresh: str, preposition: str) -> Mention | None:
    """The mention that ``fresh`` stands for: after the same preposition, else with or without "the"
    as it is, the last of these."""
    if preposition:
        led = [m for m in old if before[: m.start].lower().endswith(f"{preposition.lower()} ")]
        return led[-1] if led and mentions(f"x {fresh}") else None
    definite = fresh.lower().startswith("the ")
    same = [m for m in old if m.text.lower().startswith("the ") == definite] or old
    return same[-1] if same else None
