"""Edits after which a question is about what its passage holds, and as a rule not answered by it.

The population of the valley is told, that of the city beside it is asked; or its language is asked.
A reader that goes by which words stand there answers such a question with the valley's population.
Now and then the passage tells the other thing too, or a verb is taken for a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from training.augment import NAME, YEAR

Random = np.random.Generator

NOUN: Final = re.compile(
    r"(?:^(?:What|Which) |\bthe )(?P<noun>[a-z]{4,})"
    r"(?= (?:of|in|for|at|on|behind|between|did|does|was|is|were|are|has|had) )"
)
VAGUE: Final = frozenset(
    "kind type sort name term word part number amount most least best other same".split()
)
_OWNER: Final = re.compile(r"['’]s?$")
_NEXT_SENTENCE: Final = re.compile(r"(?<=[a-z]{2})\.(?: .*)?$")
_STEM: Final = 4  # letters; "Tang" is no other name than "Tangs"


def near_miss(
    question: str, context: str, answers: Sequence[str], nouns: Sequence[str], random: Random
) -> str | None:
    """``question`` with a name or year of ``context`` put for its own, or a noun of ``nouns`` that
    the context lacks; None where nothing can be done. A name in ``answers`` is not put in."""
    for kind in random.permutation(3):
        if kind == 0:
            edited = _another_name(question, context, answers, random)
        elif kind == 1:
            edited = _another_year(question, context, answers, random)
        else:
            edited = _another_noun(question, context, nouns, random)
        if edited is not None:
            return edited
    return None


def nouns_of(questions: Iterable[str]) -> list[str]:
    """The nouns that questions ask about, as often as they do."""
    found = (match["noun"] for text in questions for match in NOUN.finditer(text))
    return [noun for noun in found if noun not in VAGUE]


def _another_name(
    question: str, context: str, answers: Sequence[str], random: Random
) -> str | None:
    names = list(NAME.finditer(question))
    if not names:
        return None
    old = names[int(random.integers(len(names)))]
    said = _stems(" ".join((question, *answers)))
    there = [name for name in NAME.finditer(context) if _is_another(_whole(name), said)]
    # "of Kabul" for "of Panjshir": a place for a place, more often than not.
    alike = [one for one in there if _before(context, one) == _before(question, old)] or there
    if not alike:
        return None
    new = _whole(alike[int(random.integers(len(alike)))])
    owner = _OWNER.search(old[0])
    return question[: old.start()] + new + (owner[0] if owner else "") + question[old.end() :]


def _another_year(
    question: str, context: str, answers: Sequence[str], random: Random
) -> str | None:
    old = YEAR.search(question)
    told = " ".join((question, *answers))
    there: list[str] = [year for year in dict.fromkeys(YEAR.findall(context)) if year not in told]
    if old is None or not there:
        return None
    return question[: old.start()] + str(random.choice(there)) + question[old.end() :]


def _another_noun(question: str, context: str, nouns: Sequence[str], random: Random) -> str | None:
    found = [match for match in NOUN.finditer(question) if match["noun"] not in VAGUE]
    if not found or not nouns:
        return None
    old = found[int(random.integers(len(found)))]
    known = _stems(context + " " + question)
    for number in random.integers(len(nouns), size=8):
        new = nouns[int(number)]
        if new[:_STEM] not in known:
            return question[: old.start("noun")] + new + question[old.end("noun") :]
    return None


def _whole(name: re.Match[str]) -> str:
    """The name alone: no "'s", and nothing of the sentence after it."""
    return _OWNER.sub("", _NEXT_SENTENCE.sub("", name[0]))


def _is_another(name: str, said: set[str]) -> bool:
    return len(name) >= _STEM and said.isdisjoint(_stems(name))


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"\w+", text.lower()) if len(word) > 2}


def _before(text: str, found: re.Match[str]) -> str:
    return text[: found.start()].rsplit(None, 1)[-1]
