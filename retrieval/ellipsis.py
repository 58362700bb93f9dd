"""Questions that are no sentence: "why?", "when was that?", "and in 2003?". Pure."""

from __future__ import annotations

import re

from retrieval.mentions import mentions

_OPENING = re.compile(r"^(?:(?:and|but|so|or|ok|okay|then|also|well)\b[, ]*)+", re.I)
_ABOUT = re.compile(r"^(?:what|how) about (?P<what>.+)$", re.I)
_ASKING = r"(?:who|whom|what|when|where|why|how(?: (?:many|much|long|old|far|often|big))?|which)"
_BARE = re.compile(rf"^(?P<ask>{_ASKING})(?: exactly| else| so)?$", re.I)
_THAT = re.compile(
    rf"^(?P<ask>{_ASKING})(?: (?:\w+ )?(?:is|was|were|did|does|has)) "
    r"(?:that|this|it)(?: (?:happen|happened|be|take place|all))?$",
    re.I,
)
_YEAR = re.compile(r"\b(?:1[0-9]{3}|20[0-9]{2})\b")
_IN = re.compile(
    r"^(?P<prep>in|at|on|for|by|from|with|before|after|during|since) (?P<what>.+)$", re.I
)
_AUX = r"(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would|should|may|might|must)"
_INVERTED = re.compile(rf"^(?:.*?\b)?(?:{_ASKING})\b.*?\b(?P<aux>{_AUX})\b (?P<rest>.+)$", re.I)
_SUBJECT = re.compile(
    rf"^(?:who|what|which(?: \w+)?|how many(?: \w+)?) (?P<rest>(?!{_AUX}\b).+)$", re.I
)
_YES_NO = re.compile(rf"^(?P<aux>{_AUX}) (?P<rest>.+)$", re.I)
_COPULA = re.compile(r"^(?:who|what) (?P<aux>is|are|was|were) (?P<rest>.+)$", re.I)
_MOST_WORDS = 6  # a longer fragment is a question of its own


def without_opening(question: str) -> str:
    """The question without its "and" or "but"."""
    return _OPENING.sub("", question) or question


def complete(question: str, before: str, answer: str) -> str | None:
    """A fragment made whole by the question ``before`` it and its ``answer``; None: no fragment."""
    opened = bool(_OPENING.match(question))
    text = without_opening(question).strip(" ?!.")
    bare = _BARE.match(text) or _THAT.match(text)
    if bare:
        return _ask(bare["ask"], before.strip(" ?!."), answer)
    about = _ABOUT.match(text)
    what = about["what"] if about else text
    short = len(what.split()) <= _MOST_WORDS
    if short and (about or (opened and not re.match(rf"{_ASKING}\b|{_AUX}\b", text, re.I))):
        return _replace(before.strip(" ?!."), what)
    if short and not opened and _IN.match(text):
        return _replace(before.strip(" ?!."), what)
    return None


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


def _replace(before: str, what: str) -> str:
    """The question before, about something else of the same kind."""
    led = _IN.match(what)
    fresh = led["what"] if led else what
    if _YEAR.search(fresh) and _YEAR.search(before):
        return f"{_YEAR.sub(_YEAR.search(fresh)[0], before, count=1)}?"  # type: ignore[index]
    old = mentions(before)
    if led:
        same = [m for m in old if re.search(rf"\b{led['prep']} {re.escape(m.text)}", before, re.I)]
        if same:
            return f"{before.replace(same[-1].text, fresh, 1)}?"
        return f"{before} {what}?"
    if old:
        return f"{before.replace(old[-1].text, fresh, 1)}?"
    return f"{before} {what}?"
