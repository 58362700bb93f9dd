"""A headline that tells what its text does not: whom, or how many. Pure.

Short news is often told by its headline alone, above "Read the full story on our site." What only
repeats the text adds nothing.
"""

from __future__ import annotations

import re

from index.language.numbers import in_digits, numerals
from index.language.words import surface_words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER_OR_WORD = re.compile(r"(?<![\w.,])\d[\d.,]*(?![\w])|[a-z]+")
_LEAST = 4
"""Words of a headline that tells something: "Late news" does not."""
_SHORT = 60
"""Words of a text that may leave the news to its headline, at most."""


def tells_alone(title: str, text: str) -> bool:
    """Whether ``title`` has a name or a number that the short ``text`` under it has not.

    >>> tells_alone("Eva Lund to lead the port", "The port has a new director.")
    True
    >>> tells_alone("Port of Odd has 21 ships", "There are twenty-one ships at Odd, a port.")
    False
    """
    words = text.split()
    if len(title.split()) < _LEAST or len(words) > _SHORT:
        return False
    return bool(_numbers(title) - _numbers(text)) or bool(_names(title) - set(surface_words(text)))


def _numbers(text: str) -> set[str]:
    found = (each.rstrip(".,") for each in _NUMBER_OR_WORD.findall(text.lower()))
    return set(numerals(in_digits(list(found)))) - {"1"}  # "one" is seldom a number


def _names(title: str) -> set[str]:
    """The words that are written as names: not the first, unless another one follows."""
    words = [found[0] for found in _WORD.finditer(title)]
    capital = [word[0].isupper() for word in words]
    names = [word for at, word in enumerate(words) if capital[at] and (at > 0 or any(capital[1:2]))]
    return {each for name in names for each in surface_words(name)}
