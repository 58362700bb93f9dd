"""What a generation's lexicon says of the words of one question, asked once each and in batches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.language.folding import fold
from index.language.vocabulary import Abbreviation, Word, tokens
from index.texts import Lexicon


class Lookups:
    """A lexicon that remembers what it was asked: a question asks the same words many times."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words: dict[str, Word | None] = {}
        self._counts: dict[str, int] = {}
        self._short: dict[tuple[str, ...], list[Abbreviation]] = {}

    def spellings(self, text: str) -> dict[str, Word]:
        """By their folded form, the words of ``text`` that more than one passage holds."""
        asked = [fold(match[0]) for match in tokens(text)]
        new = [word for word in dict.fromkeys(asked) if word not in self._words]
        if new:
            self._words |= dict.fromkeys(new)
            self._words |= {word.folded: word for word in self._lexicon.spellings(new)}
        found = ((word, self._words[word]) for word in asked)
        return {word: known for word, known in found if known is not None}

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """How many passages hold each of ``words``."""
        asked = list(dict.fromkeys(words))
        new = [word for word in asked if word not in self._counts]
        if new:
            self._counts |= zip(new, self._lexicon.frequencies(new), strict=True)
        return {word: self._counts[word] for word in asked}

    def frequency(self, word: str) -> int:
        return self.frequencies([word])[word]

    def words_like(self, initial: str, shortest: int, longest: int) -> list[Word]:
        return self._lexicon.words_like(initial, shortest, longest)

    def abbreviations(self, forms: Sequence[str]) -> list[Abbreviation]:
        key = tuple(forms)
        if key not in self._short:
            self._short[key] = self._lexicon.abbreviations(forms) if forms else []
        return self._short[key]
