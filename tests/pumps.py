"""Texts that a regular expression may be slow in: what repeats in it, repeated. Made from the
expression itself, so that no pattern is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

# The standard library's own parser of patterns, private and untyped. A parser of ours might read a
# pattern otherwise than `re` does, and then miss what makes it slow.
_parser: Any = import_module("re._parser")

_OF_CATEGORY = {"CATEGORY_WORD": "a", "CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_ANYTHING = ("a", "a ", "A ", "1", "1.", ",", '"', "“", "(", "<", "|", " ", "\n")
_MANY = 4  # repeats that may grow
_PICKS = 3  # of the alternatives


def pumps(pattern: str) -> set[tuple[str, str]]:
    """(what comes first, what is then repeated) for everything in ``pattern`` that may repeat."""
    tree = list(_parser.parse(pattern))
    found = {("", one) for one in _ANYTHING}
    for first, repeated in _repeats(tree, ""):
        # The beginning of a match, over and over, is what a search may start at again and again.
        found |= {(first, repeated), ("", first + repeated), ("", first)}
    return {(first, repeated) for first, repeated in found if repeated}


def _repeats(tree: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    for operation, value in tree:
        for inner in _inside(str(operation), value):
            yield from _repeats(inner, before)
        if str(operation) in _REPEATS and value[1] > _MANY:
            for pick in range(_PICKS):
                yield before, _text(value[2], pick)
        before += _text([(operation, value)], 0)


def _inside(operation: str, value: Any) -> list[Any]:
    if operation in _REPEATS:
        return [value[2]]
    if operation == "SUBPATTERN":
        return [value[3]]
    if operation == "BRANCH":
        return list(value[1])
    if operation in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    return [value] if operation == "ATOMIC_GROUP" else []


def _text(tree: Iterable[Any], pick: int) -> str:
    """A short text that the tree matches, or nearly."""
    said = ""
    for operation, value in tree:
        match str(operation):
            case "LITERAL":
                said += chr(value)
            case "NOT_LITERAL" | "ANY":
                said += "b"
            case "IN":
                said += _one_of(list(value), pick)
            case "BRANCH":
                said += _text(value[1][pick % len(value[1])], pick)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                said += _text(value[2], pick) * max(value[0], min(1, value[1]))
            case "SUBPATTERN":
                said += _text(value[3], pick)
            case "ATOMIC_GROUP":
                said += _text(value, pick)
    return said


def _one_of(members: list[Any], pick: int) -> str:
    if str(members[0][0]) == "NEGATE":
        return "b1 "[pick % 3]
    operation, value = members[pick % len(members)]
    match str(operation):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(value[0])
    return _OF_CATEGORY.get(str(value), "a")
