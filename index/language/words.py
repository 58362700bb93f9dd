"""Text to the words that BM25 counts: one function for passages and for questions."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from index.language.folding import APOSTROPHES, fold
from index.language.function_words import STOP

VERSION = 2
"""Recorded in the manifest: words of another version would never match."""

_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)*|[^\W_]+(?:[{APOSTROPHES}\u00ad\u200b-\u200d][^\W_]+)*"
)
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)


def words(text: str) -> list[str]:
    """Lower-case, unaccented, stemmed words of ``text``, in order, function words left out.

    >>> words("The NRF's leaders rejected U.S. claims of 1,000 casualties.")
    ['nrf', 'leader', 'reject', 'us', 'claim', '1000', 'casualti']
    """
    return [word for word in map(_telling, _WORD.findall(text)) if word]


def surface_words(text: str) -> list[str]:
    """All words of ``text``, function words too, normalised like `words`."""
    return list(map(_normal, _WORD.findall(text)))


@lru_cache(maxsize=1 << 17)
def _telling(token: str) -> str:
    """The word that counts, "" for a function word."""
    word = _normal(token)
    return word if word not in STOP or token == "WHO" else ""  # in capitals, the organisation


@lru_cache(maxsize=1 << 17)
def _normal(token: str) -> str:
    if token[0].isdigit():
        return token.replace(",", "")
    plain = fold(_POSSESSIVE.sub("", token)).replace(".", "")
    if plain in STOP or not plain.isalpha():
        return plain
    stem: str = _stemmer().stemWord(plain)
    return stem


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    # The stemmer keeps no state between words; its own cache is replaced by ours above.
    return Stemmer.Stemmer("english", 0)
