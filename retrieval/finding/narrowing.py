"""Which passages a narrowed question may be answered from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.errors import QuestionError
from index.language.vocabulary import fold
from index.language.words import words
from index.model import Selection
from index.store import Generation
from retrieval.question.filters import Narrowed

Keys = NDArray[np.int64]

_AT_ONCE = 1_000  # passages whose texts are held while a phrase is looked for


@dataclass(frozen=True, slots=True)
class Scope:
    """``keys``: the passages that may be found, ascending; None for all. ``text``: what to search
    for. ``empty`` says why nothing may be found, ``remark`` what the person should know."""

    text: str
    keys: Keys | None = None
    empty: str | None = None
    remark: str | None = None


def scope_of(asked: Narrowed, generation: Generation) -> Scope:
    """The passages that meet the filters and hold the phrases of a question.

    Raises QuestionError for a phrase that cannot be looked up.
    """
    keys, text, remark = None, asked.text, None
    if asked.selection:
        keys = generation.select(asked.selection)
        if not len(keys):
            return Scope(text, keys, f"no article fits these filters{_reach(generation)}")
    for phrase in asked.phrases:
        held = _holding(phrase, generation)
        keys = held if keys is None else np.intersect1d(keys, held, assume_unique=True)
        if not len(keys):
            return Scope(text, keys, f"no article says “{phrase}”")
    if asked.period:
        dated = generation.select(_both(asked.selection, asked.period))
        if len(dated):
            return Scope(asked.without_period, dated)
        remark = f"no article is from {asked.period_words.lower()}; all were searched"
    return Scope(text, keys, None, remark)


def _both(one: Selection, period: Selection) -> Selection:
    return Selection(period.since, period.before, one.sources, one.titles)


def _reach(generation: Generation) -> str:
    """From when to when the archive's articles are."""
    dates = generation.span_of_dates()
    return f" (they are from {dates[0][:10]} to {dates[1][:10]})" if dates else ""


def _holding(phrase: str, generation: Generation) -> Keys:
    """The passages in which ``phrase`` stands, whatever its case, accents and spaces.

    Raises QuestionError for function words alone, which are not indexed.
    """
    told = words(phrase)
    if not told:
        raise QuestionError(
            f"“{phrase}” is made of words too common to be looked up; quote one that tells more."
        )
    wanted, keys = _flat(phrase), generation.holding(told).tolist()
    found = [
        passage.key
        for start in range(0, len(keys), _AT_ONCE)
        for passage in generation.passages(keys[start : start + _AT_ONCE])
        if wanted in _flat(passage.text)
    ]
    return np.array(found, np.int64)


def _flat(text: str) -> str:
    return fold(" ".join(text.replace("’", "'").split()))
