"""Reasons: the words that give one. Pure."""

from __future__ import annotations

import re

_BECAUSE = re.compile(
    r"\b(?:because|since|due|after|so that|in order|to|as|over|amid|reason|caused?)\b",
    re.IGNORECASE,
)


def tells_reason(text: str) -> bool:
    """Whether ``text`` may say why; where it does not, it does not say so outright."""
    return bool(_BECAUSE.search(text))
