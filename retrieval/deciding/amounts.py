"""Which number of a sentence a question asks for. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.language.facts import Facts
from index.language.numbers import tells_amount
from index.language.quantity_words import FATES
from index.language.words import words
from retrieval.answer import Span
from retrieval.deciding.places import sentence_of

_LEAST_LISTED = 3
_JOINED = re.compile(r",? (?:and|&) (?:the )?|, (?:the )?")
_CLAUSE_ENDS = re.compile(r"[;:–—]|,(?= (?:and|but|while|whereas)\b)")
_CALLED = re.compile(
    r"^how many (?:[^\W\d_]+ )?[^\W\d_]+ (?:are|were|is|was|remain|remained) (?P<state>[^\W\d_]+)$"
    r"|^how many (?P<kind>[^\W\d_]+) [^\W\d_]+ (?:are|were) there$",
    re.IGNORECASE,
)


def amount_in(question: str, span: Span, told: Sequence[Facts]) -> Span | None:
    """``span``, or the number of its sentences that counts what ``question`` asks for; None where
    it is none, or a number of something else. ``told``: the facts of those sentences."""
    if not tells_amount(span.text):
        return _listed(span, told)
    if _of_others(question, span):
        return None
    asked = _fate_asked(question)
    amounts = [one for facts in told for one in facts.quantities]
    own = [one for one in amounts if one.start < span.end and span.start < one.end]
    if not own or not asked or any(one.fate in ("", asked) for one in own):
        return span
    better = next((one for one in amounts if one.fate == asked), None)
    return replace(span, start=better.start, end=better.end) if better else None


def _listed(span: Span, told: Sequence[Facts]) -> Span | None:
    """All names of the list that ``span`` is in: who they are says how many there are."""
    names = sorted(place for facts in told for place in facts.names)
    text, listed = span.passage.text, list[tuple[int, int]]()
    for place in names:
        joined = listed and _JOINED.fullmatch(text, listed[-1][1], place[0])
        if joined:
            listed.append(place)
        elif listed and len(listed) >= _LEAST_LISTED and _holds(listed, span):
            break
        else:
            listed = [place]
    if len(listed) < _LEAST_LISTED or not _holds(listed, span):
        return None
    last = _JOINED.fullmatch(text, listed[-2][1], listed[-1][0])
    whole = last is not None and "and" in last[0]
    return replace(span, start=listed[0][0], end=listed[-1][1]) if whole else None


def _holds(listed: Sequence[tuple[int, int]], span: Span) -> bool:
    return listed[0][0] < span.end and span.start < listed[-1][1]


def _of_others(question: str, span: Span) -> bool:
    """Whether a number counts others than those asked for: what the question calls them stands in
    the sentence, but in another clause ("of 1,004 voters 47 backed X, and the rest were undecided"
    does not count the undecided)."""
    found = _CALLED.search(question.strip(" ?!."))
    called = set(words(found["state"] or found["kind"] or "")) if found else set()
    start, end = sentence_of(span)
    sentence = span.passage.text[start:end]
    if not called or not called & set(words(sentence)):
        return False
    ends = [0, *(cut.end() for cut in _CLAUSE_ENDS.finditer(sentence)), len(sentence)]
    at = span.start - start
    clause = next((sentence[a:b] for a, b in pairwise(ends) if a <= at < b), sentence)
    return not called & set(words(clause))


def _fate_asked(question: str) -> str:
    """What became of those whose number is asked for; "" where that is not said, or twice."""
    fates = {FATES[word] for word in re.findall(r"[a-z]+", question.lower()) if word in FATES}
    return fates.pop() if len(fates) == 1 else ""
