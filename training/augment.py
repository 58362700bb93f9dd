"""Changes to questions and passages that make the reader sturdier.

Two kinds: surface noise that keeps the answer (terse questions, typos, bylines), and
edits that make a question unanswerable by its passage, in the manner in which people
wrote SQuAD 2.0's (Rajpurkar et al. 2018, table 1: swapped entities, antonyms, negation).
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

Random = np.random.Generator

STOP_WORDS: Final = frozenset(
    {
        "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as", "is",
        "are", "was", "were", "be", "been", "being", "do", "does", "did", "has", "have", "had",
        "that", "this", "these", "those", "it", "its", "and", "or", "what", "which",
    }
)  # fmt: skip
BYLINES: Final = (
    "LONDON (CNN) --", "WASHINGTON (CNN) --", "(CNN) --", "Reuters -", "NEW YORK (Reuters) -",
    "PARIS (AP) —", "BEIJING, Jan 12 (Reuters) -", "By our staff correspondent.", "AP -",
    "SYDNEY (AFP) -", "BERLIN —", "(BBC) -", "MOSCOW, March 3 -", "Updated 10:42 GMT.",
)  # fmt: skip
OPPOSITES: Final = {
    a: b
    for pair in (
        "first last", "largest smallest", "biggest smallest", "highest lowest", "most least",
        "before after", "north south", "east west", "northern southern", "eastern western",
        "increase decrease", "increased decreased", "early late", "more fewer", "above below",
        "start end", "began ended", "won lost", "win lose", "old new", "oldest newest",
        "male female", "men women", "public private", "support oppose", "supported opposed",
        "longest shortest", "best worst", "higher lower", "left right", "major minor",
        "allowed forbidden", "beginning end", "father mother", "son daughter", "rich poor",
        "inside outside", "positive negative", "rise fall", "earliest latest", "larger smaller",
    )
    for a, b in (pair.split(), pair.split()[::-1])
}  # fmt: skip
REASON: Final = re.compile(
    r"\bwhy\b|\bhow\b(?! (?:many|much|long|old|far|tall|big|large|high|often)\b)", re.IGNORECASE
)
NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][\w'’.-]*(?: (?:of |de |the )?[A-Z][\w'’.-]*)*")
YEAR: Final = re.compile(r"\b1[0-9]{3}\b|\b20[0-2][0-9]\b")
NUMBER: Final = re.compile(r"\b\d{1,3}\b")


def add_typo(text: str, random: Random) -> str:
    """Swap, drop or double one letter of one long word."""
    places = [m.span() for m in re.finditer(r"[A-Za-z]{5,}", text)]
    if not places:
        return text
    begin, end = places[int(random.integers(len(places)))]
    at = int(random.integers(begin + 1, end - 1))
    kind = random.integers(3)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + (text[at + 1 :] if kind == 1 else text[at] + text[at:])


def make_terse(text: str) -> str:
    """Leave the words that one would type into a search box."""
    words = text.rstrip("?! .").split()
    kept = [word for word in words if word.lower() not in STOP_WORDS]
    return " ".join(kept) if len(kept) >= 2 else text


def rough_question(text: str, random: Random) -> str:
    """Now and then terse (8 %), misspelt (5 %) or without its question mark (10 %)."""
    draw = random.random(3)
    if draw[0] < 0.08:
        text = make_terse(text)
    if draw[1] < 0.05:
        text = add_typo(text, random)
    return text.rstrip("?") if draw[2] < 0.10 else text


def _swap(text: str, old: re.Match[str], new: str) -> str:
    return text[: old.start()] + new + text[old.end() :]


def _swap_number(question: str, context: str, random: Random) -> str | None:
    for pattern in (YEAR, NUMBER):
        for found in pattern.finditer(question):
            new = str(int(found[0]) + int(random.choice([-20, -9, -3, -1, 1, 2, 5, 10])))
            if new != found[0] and not new.startswith("-") and new not in context:
                return _swap(question, found, new)
    return None


def _swap_name(question: str, context: str, others: list[str], random: Random) -> str | None:
    names = list(NAME.finditer(question))
    if not names or not others:
        return None
    found = names[int(random.integers(len(names)))]
    for index in random.permutation(len(others))[:6]:
        new = others[index]
        if new not in context and new not in question and found[0] not in new:
            return _swap(question, found, new)
    return None


def _swap_opposite(question: str) -> str | None:
    for found in re.finditer(r"[a-z]+", question):
        if found[0] in OPPOSITES:
            return _swap(question, found, OPPOSITES[found[0]])
    return None


def _negate(question: str) -> str | None:
    found = re.search(r"\b(did|does|do|was|were|is|are|can|could|has|have|would|will)\b", question)
    if found is None or re.search(r"\bnot\b|n't\b", question):
        return None
    short = {"can": "can't", "will": "won't"}.get(found[0], found[0] + "n't")
    return _swap(question, found, short)


def unanswerable(question: str, context: str, others: list[str], random: Random) -> str | None:
    """Edit a question so that its passage no longer answers it, or give up with None.

    ``others`` are names that stand in other questions of the same article.
    """
    swapped = _swap_number(question, context, random)
    if swapped is None or random.random() < 0.5:
        swapped = _swap_name(question, context, others, random) or swapped
    if swapped is None or random.random() < 0.3:
        swapped = _swap_opposite(question) or swapped
    if swapped is None and random.random() < 0.10:
        swapped = _negate(question)
    return swapped
