"""The archive's own wording for a question: slips mended, abbreviations spelt out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from index.language.folding import fold
from index.language.vocabulary import Abbreviation, Word, tokens
from index.language.words import words
from retrieval.question.lookups import Lookups

_SHORTEST = 5  # letters; shorter words have too many neighbours
_LONG = 9  # letters from which two slips are believed
_HELD_BY = 3  # passages that must hold a correction
_CLEAR = 2  # an abbreviation's meaning is this many times as frequent as its next one
_MOST_WORDS = 7  # of a long form


def corrected(question: str, known: Lookups) -> str:
    """``question`` with words that no passage holds replaced by ones a slip away, if any are."""
    found = list(tokens(question))
    held = known.spellings(question)
    parts, at = [], 0
    for match in found:
        word = fold(match[0])
        if len(word) < _SHORTEST or word in held or any(known.frequencies(words(word)).values()):
            continue
        better = _nearest(word, known)
        if better is not None:
            parts += [question[at : match.start()], _cased(better.shown, match[0])]
            at = match.end()
    return "".join([*parts, question[at:]])


def capitals(text: str, known: Lookups) -> str:
    """``text`` with the capitals that the archive gives its words: phones leave them out."""
    found = list(tokens(text))
    held = known.spellings(text)
    parts, at = [], 0
    for match in found:
        word = held.get(fold(match[0]))
        better = word.shown if word else match[0]
        if match[0].islower() and better[:1].isupper() and words(match[0]):
            parts += [text[at : match.start()], better]
            at = match.end()
    return "".join([*parts, text[at:]])


def _nearest(word: str, known: Lookups) -> Word | None:
    """The commonest of the words that are the fewest slips away (Damerau: swaps count once)."""
    most = 2 if len(word) >= _LONG else 1
    best: tuple[int, int, str] | None = None
    chosen = None
    for other in known.words_like(word[0], len(word) - most, len(word) + most):
        slips = OSA.distance(word, other.folded, score_cutoff=most)
        if slips <= most and other.count >= _HELD_BY:
            rank = (slips, -other.count, other.folded)
            if best is None or rank < best:
                best, chosen = rank, other
    return chosen


def _cased(shown: str, typed: str) -> str:
    return shown if shown[:1].isupper() or typed[:1].islower() else shown.capitalize()


def spelt_out(question: str, known: Lookups) -> str:
    """``question`` with each abbreviation's meaning, and each long name's short form, in brackets.

    Only what the archive itself explains, and where it means one thing above all.
    """
    added = question
    for typed, other in _explained(question, known):
        if fold(other) not in fold(added):
            added = added.replace(typed, f"{typed} ({other})", 1)
    return added


def other_forms(question: str, known: Lookups) -> dict[str, frozenset[str]]:
    """The words that may stand for a word of ``question``: a long form's for its abbreviation,
    the abbreviation for each word of the long form."""
    found = _explained(question, known)
    return {word: frozenset(words(other)) for typed, other in found for word in words(typed)}


def _explained(question: str, known: Lookups) -> Iterator[tuple[str, str]]:
    """(as typed, its other form) for what ``question`` abbreviates or spells out."""
    forms = _forms(question, known)
    found = known.abbreviations(list(forms))
    for form, typed in forms.items():
        other = _meaning(form, [a for a in found if form in (a.short.upper(), fold(a.long))])
        if other is not None:
            yield typed, other


def _forms(question: str, known: Lookups) -> dict[str, str]:
    """What might be a short or a long form in ``question``: its form to look up, as it is typed.

    "who" is no abbreviation but for "WHO"; "nrf" is one where the archive writes it in capitals.
    """
    found = list(tokens(question))
    shown = {folded: word.shown for folded, word in known.spellings(question).items()}
    forms = {}
    for number, match in enumerate(found):
        written = match[0] if match[0].isupper() else shown.get(fold(match[0]), "")
        if len(written) >= 2 and written[1:] != written[1:].lower() and words(match[0]):
            forms[written.upper()] = match[0]
        for last in found[number + 1 : number + _MOST_WORDS]:
            typed = question[match.start() : last.end()]
            forms[fold(typed)] = typed
    return forms


def _meaning(form: str, known: Sequence[Abbreviation]) -> str | None:
    """The other form of ``form``, if one is clearly meant."""
    other: dict[str, int] = {}
    for one in known:
        name = one.long if one.short.upper() == form else one.short
        other[name] = other.get(name, 0) + one.count
    ranked = sorted(other, key=lambda name: (-other[name], name))
    if not ranked or (len(ranked) > 1 and other[ranked[0]] < _CLEAR * other[ranked[1]]):
        return None
    return ranked[0]
