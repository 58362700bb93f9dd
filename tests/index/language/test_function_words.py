"""The words of each list, by sentences in which only they are left out."""

import ast
from pathlib import Path

import pytest

from index.language import function_words, numbers, pronouns, titles
from index.language.dates import MONTHS, WEEKDAYS
from index.language.function_words import (
    ARTICLES,
    ASKING,
    AUXILIARIES,
    CONJUNCTIONS,
    DEMONSTRATIVES,
    PREPOSITIONS,
)

ROOT = Path(__file__).parents[3]
SENTENCES = {
    "Has the man who was in an army met a general?": "man army met general",
    "Which of these towns might Oslo have lost to this rebel and that party?": (
        "towns oslo lost rebel party"
    ),
    "Why did it rain with thunder on Monday, or by night?": "it rain thunder monday night",
}


@pytest.mark.parametrize(("sentence", "left"), SENTENCES.items())
def test_function_words_say_nothing_by_themselves(sentence: str, left: str) -> None:
    lists = (ARTICLES, ASKING, AUXILIARIES, CONJUNCTIONS, DEMONSTRATIVES, PREPOSITIONS)
    skipped = frozenset[str]().union(*lists)
    words = sentence.lower().replace(",", "").rstrip("?").split()
    assert " ".join(word for word in words if word not in skipped) == left


@pytest.mark.parametrize("module", [function_words, pronouns, titles])
def test_all_are_in_lower_case(module: object) -> None:
    lists = [value for value in vars(module).values() if isinstance(value, frozenset)]
    assert lists and all(word == word.lower() for words in lists for word in words)


LISTS = {
    "months": (MONTHS, 3),
    "weekdays": (WEEKDAYS, 3),
    "numbers": (numbers.WORDS, 4),
    "titles": (titles.TITLES | titles.ABBREVIATED, 4),
    "auxiliaries": (AUXILIARIES, 6),
    "pronouns": (pronouns.PERSON | pronouns.GROUP | pronouns.THING, 5),
}
"""Lists of words, and how many of one a text may hold without being that list."""


@pytest.mark.parametrize("name", LISTS)
def test_no_list_stands_twice(name: str) -> None:
    """Words about language are in `index/language`, and everybody else takes them from there."""
    words, most = LISTS[name]
    for floor in ("index", "retrieval"):
        for file in (ROOT / floor).rglob("*.py"):
            if file.parent.name != "language":
                for text in _texts(file):
                    found = set(words) & set(text.lower().replace("|", " ").split())
                    assert len(found) <= most, f"{file}: {sorted(found)}"


def _texts(file: Path) -> list[str]:
    """The literals of a file."""
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    constants = [node.value for node in tree if isinstance(node, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]
