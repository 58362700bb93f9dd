"""Whether two short answers are one, or cannot both be right. Pure."""

from __future__ import annotations

from index.language.folding import fold
from index.language.numbers import is_scaled, numerals, within
from index.language.words import words
from retrieval.deciding.short_answers import ShortAnswer
from retrieval.question.kinds import one_value

_SHARED = 3  # words that two sentences about one matter have in common
_FURTHER = 3  # words that an answer may have more than another one and say the same


def same_answer(one: ShortAnswer, other: ShortAnswer) -> bool:
    """Whether two short answers say the same: "Massoud" and "Ahmad Massoud", "21" and
    "twenty-one", "$1.2bn" and "1.2 billion dollars".

    One may hold more words than the other, but no other number.
    """
    if one.quantity and other.quantity:
        return one.quantity.equals(other.quantity)
    if one.moment and other.moment:
        return one.moment.equals(other.moment)
    return _same_words(one, other)


def differ(question: str, one: ShortAnswer, other: ShortAnswer) -> bool:
    """Whether two answers to a question that has one cannot both be right.

    Values of one thing differ, or names share no word. Anything else may be said beside the other.
    """
    if not one_value(question) or same_answer(one, other):
        return False
    if one.quantity and other.quantity:
        another = one.quantity.another_thing(other.quantity)
        return not another and one.quantity.excludes(other.quantity)
    if one.moment and other.moment:
        return not one.moment.agrees(other.moment)
    shared = set(one.content) & set(other.content) - set(numerals(one.content))
    if counts(one) and counts(other):
        apart = numerals(one.content) != numerals(other.content) or not shared
        return apart and not (_ranges_over(one, other) or _ranges_over(other, one))
    return not shared and _is_name(one.text) and _is_name(other.text)


def counts(answer: ShortAnswer) -> bool:
    """Whether an answer holds a number: "twelve", "about 30"."""
    return bool(numerals(answer.content))


def about_the_same(text: str, other: str) -> bool:
    """Whether two sentences have enough words in common to speak of one matter."""
    return len(set(words(text)) & set(words(other))) >= _SHARED


def _same_words(one: ShortAnswer, other: ShortAnswer) -> bool:
    first, second = one.content, other.content
    if not first or not second:
        return fold(one.text) == fold(other.text)
    if first == second:
        return True
    scaled = is_scaled(one.text) != is_scaled(other.text)
    if numerals(first) != numerals(second) or scaled:
        return False
    shorter, longer = sorted((first, second), key=len)
    inside = shorter == longer[-len(shorter) :] or shorter == longer[: len(shorter)]
    alike = one.text[:1].isupper() == other.text[:1].isupper()
    telling = alike or any(word[:1].isdigit() for word in shorter)
    return inside and telling and len(longer) - len(shorter) <= _FURTHER


def _ranges_over(answer: ShortAnswer, other: ShortAnswer) -> bool:
    """Whether ``answer`` is a range and all numbers of the ``other`` lie in it."""
    return all(within(number, answer.text) for number in numerals(other.content))


def _is_name(answer: str) -> bool:
    return answer[:1].isupper() and len(answer.split()) <= 4
