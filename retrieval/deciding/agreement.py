"""Whether two short answers are one, or cannot both be right. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.function_words import ARTICLES, PREPOSITIONS
from index.language.numbers import APPROXIMATE, in_digits, is_scaled, numerals, within
from index.language.titles import TITLES
from index.language.vocabulary import fold
from index.language.words import words
from retrieval.question.kinds import one_value

_SKIPPED = (
    ARTICLES | PREPOSITIONS | APPROXIMATE | {word for title in TITLES for word in title.split()}
)
_SHARED = 3  # words that two sentences about one matter have in common


def same_answer(one: str, other: str) -> bool:
    """Whether two short answers say the same: "Massoud" and "Ahmad Massoud", "12" and "twelve".

    One may hold more words than the other, but no other number.
    """
    first, second = _content(one), _content(other)
    if not first or not second:
        return fold(one) == fold(other)
    if first == second:
        return True
    if numerals(first) != numerals(second) or is_scaled(one) != is_scaled(other):
        return False
    shorter, longer = sorted((first, second), key=len)
    inside = shorter == longer[-len(shorter) :] or shorter == longer[: len(shorter)]
    alike = one[:1].isupper() == other[:1].isupper()
    telling = alike or any(word[:1].isdigit() for word in shorter)
    return inside and telling and len(longer) - len(shorter) <= 3


def differ(question: str, one: str, other: str) -> bool:
    """Whether two answers to a question that has one cannot both be right.

    Numbers differ, or names share no word. Anything else may be said beside the other.
    """
    if not one_value(question) or same_answer(one, other):
        return False
    first, second = _content(one), _content(other)
    shared = set(first) & set(second) - set(numerals(first))
    if numerals(first) and numerals(second):
        apart = numerals(first) != numerals(second) or not shared
        return apart and not (_ranges_over(one, second) or _ranges_over(other, first))
    return not shared and _is_name(one) and _is_name(other)


def counts(answer: str) -> bool:
    """Whether an answer holds a number: "twelve", "about 30"."""
    return bool(numerals(_content(answer)))


def about_the_same(text: str, other: str) -> bool:
    """Whether two sentences have enough words in common to speak of one matter."""
    return len(set(words(text)) & set(words(other))) >= _SHARED


def _content(answer: str) -> list[str]:
    """The words of an answer that tell it from another, numbers in digits."""
    found = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", fold(answer))
    return [word for word in in_digits(found) if word not in _SKIPPED]


def _ranges_over(answer: str, other: Sequence[str]) -> bool:
    """Whether ``answer`` is a range and all numbers of the ``other`` lie in it."""
    return all(within(number, answer) for number in numerals(other))


def _is_name(answer: str) -> bool:
    return answer[:1].isupper() and len(answer.split()) <= 4
