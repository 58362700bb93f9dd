"""Lists of words as patterns."""

import re

import pytest

from index.language.patterns import any_of, capitalised


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["sep", "sept"], "sept", "sept"),  # the longer one first
        (["b", "a"], "ab", "a"),
        (["no one", "no"], "no one", "no one"),
        (["u.s"], "uss", None),  # a stop is a stop
    ],
)
def test_any_of(words: list[str], text: str, found: str | None) -> None:
    match = re.match(any_of(words), text)
    assert (match and match[0]) == found


def test_capitals() -> None:
    assert capitalised(["prime minister", "mr"]) == ["Prime Minister", "Mr"]
