"""The words of the catalogue, as they are spelt, and its abbreviations."""

from __future__ import annotations

from collections.abc import Sequence

from index.folder.replaced import Select
from index.language.vocabulary import Abbreviation, Word

_AT_ONCE = 300  # words in one statement: SQLite has bounds


def spellings(select: Select, folded: Sequence[str]) -> list[Word]:
    """Those of ``folded`` that the vocabulary holds."""
    keys = [(word[0], len(word), word) for word in dict.fromkeys(folded) if word]
    rows = [
        row
        for start in range(0, len(keys), _AT_ONCE)
        for row in select(
            "SELECT folded, shown, count FROM words WHERE (initial, length, folded) IN "
            f"(VALUES {','.join(['(?,?,?)'] * len(keys[start : start + _AT_ONCE]))})",
            [part for key in keys[start : start + _AT_ONCE] for part in key],
        )
    ]
    known = {row[0]: Word(*row) for row in rows}
    return [known[word] for word in folded if word in known]


def words_like(select: Select, initial: str, shortest: int, longest: int) -> list[Word]:
    """The words of an initial letter and of about a length, in letters."""
    rows = select(
        "SELECT folded, shown, count FROM words WHERE initial = ? AND length BETWEEN ? AND ?",
        [initial, shortest, longest],
    )
    return [Word(*row) for row in rows]


def abbreviations(select: Select, forms: Sequence[str]) -> list[Abbreviation]:
    """Those whose short form, or folded long form, is one of ``forms``; commonest first."""
    marks = ",".join("?" * len(forms))
    rows = select(
        f"SELECT short, long, count FROM abbreviations WHERE short IN ({marks}) "
        f"OR folded IN ({marks}) ORDER BY count DESC, short, folded",
        [*forms, *forms],
    )
    return [Abbreviation(*row) for row in rows]
