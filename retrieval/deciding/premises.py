"""Whether a sentence grants what a question takes for granted. Pure."""

from __future__ import annotations

import re

from index.language.denials import says_no
from index.language.function_words import AUXILIARIES
from index.language.names import names_in
from index.language.patterns import any_of
from index.language.words import words
from retrieval.question.kinds import yes_or_no

_DENIED = re.compile(
    rf"\b(?P<name>[^\W\d_]+) (?:{any_of(AUXILIARIES)})(?: not|n['’]t| never)\b"
    r"(?: (?P<verb>[^\W\d_]+))?",
    re.IGNORECASE,
)
_WHY = re.compile(r"^(?:and |but |so )?why\b", re.IGNORECASE)
_PLACED = re.compile(r"(?:at|near|under|above|below|beside|inside|outside|across)\b", re.IGNORECASE)
_GIVES_REASON = re.compile(
    r"\b(?:because|since|due|after|so|order|to|as|over|amid|reasons?|caused?|for|by|following|"
    r"thanks|when|if|until|cit(?:es|ed|ing)|blam(?:es|ed|ing)|says?|said|which|that|lest)\b",
    re.IGNORECASE,
)
_WINDOW = 45  # characters before a reason in which it may be said to be one
_RETOLD = 0.4  # what is left of a probability where a "why" gets the event itself
_EMPTY = frozenset("not no never yes this that it so too also very did does do".split())


def grants(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether the slice ``start:end`` of ``sentence`` may answer ``question`` by what that takes
    for granted: nobody of whom it asks is said not to have done it, and a "why" is not answered
    with where it happened."""
    said = sentence[start:end].lower().split()
    if said and set(said) <= _EMPTY:
        return yes_or_no(question)
    if _WHY.match(question) and _PLACED.match(sentence, start) and _retold(question, sentence):
        return False
    return yes_or_no(question) or says_no(question) or not _denies(question, sentence)


def share_of_reason(question: str, sentence: str, start: int, end: int) -> float:
    """How much of the probability of the slice ``start:end`` of ``sentence`` stands where a
    question asks why: less where it tells of the event again, and no word says that it gives a
    reason. It may still be one: "It fell. The wind had grown"."""
    if not _WHY.match(question) or not _retold(question, sentence):
        return 1.0
    around = sentence[max(0, start - _WINDOW) : end]
    return 1.0 if _GIVES_REASON.search(around) else _RETOLD


def _retold(question: str, sentence: str) -> bool:
    """Whether a sentence tells of the event that is asked about: it has most of its words."""
    asked = set(words(question))
    return 2 * len(asked & set(words(sentence))) > len(asked)


def _denies(question: str, sentence: str) -> bool:
    """Whether it says that somebody named in the question did not do what is asked about."""
    names, asked = names_in(question), set(words(question))
    for found in _DENIED.finditer(sentence):
        verb = set(words(found["verb"] or ""))
        if set(words(found["name"])) & names and (not verb or verb & asked):
            return True
    return False
