"""Questions for what a short form stands for. Pure."""

from __future__ import annotations

import re

_FORM = (
    r"(?:the )?(?:abbreviation |acronym |initials |letters )?"
    r"[“\"'‘]?(?P<form>[\w&./-]{2,12})[”\"'’]?"
)
_IS = r"what(?: is|'s|’s)"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"what (?:do|does|did) {_FORM} (?:stand for|mean)\W*",
        rf"{_IS} {_FORM} (?:short for|an (?:abbreviation|acronym) (?:of|for))\W*",
        rf"{_IS} the (?:full|long) (?:name|form) of {_FORM}\W*",
    )
)


def form_asked(question: str) -> str | None:
    """The short form whose meaning ``question`` asks, if that is what it asks."""
    return next((found["form"] for one in _ASKED if (found := one.fullmatch(question))), None)
