"""What a sentence says of a claim: that it is not so, or that it is not. Pure."""

from __future__ import annotations

import re

_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:es|ed|ing)|"
    r"refut(?:es|ed|ing)|contradict(?:s|ed|ing)?|rul(?:ed|es|ing) out|debunk(?:s|ed)|"
    r"contest(?:s|ed)|rubbish(?:es|ed)|nothing to do with|(?:was|were|is|are) unaware|"
    r"plead(?:s|ed)? (?:innocent|not guilty)|"
    r"(?:was|were|is|are) (?:false|untrue|baseless|unfounded|incorrect|not true)|no truth|"
    r"false claims?|insist(?:s|ed)? (?:it|they|he|she) (?:had|did|was|were|has|have)"
    r"(?: not|n['’]t))\b",
    re.I,
)
_UNDENIED = re.compile(
    r"(?:\b(?:not|never|cannot|(?:refus|declin)(?:es?|ed|ing) to)|n['’]t)\s+"
    r"(?:den(?:y|ied)|reject(?:ed)?|dismiss(?:ed)?|disputed?|contradict(?:ed)?|ruled? out)\b",
    re.I,
)
_NEGATION = re.compile(
    r"\b(?:not(?! (?:only|just|least)\b)|no(?! (?:doubt|less)\b)|never|nor|neither|without|"
    r"nothing|none)\b|n['’]t\b",
    re.I,
)
_THIS = re.compile(
    r"\b(?:this|that|it|them|those|(?:the|such|these|any) (?:claims?|reports?|allegations?|"
    r"accusations?|charges?|figures?|suggestions?|rumou?rs?))\b",
    re.I,
)
_CLAIM = re.compile(r"\b(?:claim(?:s|ed)?|alleg(?:es|ed)|said|says|report(?:s|ed))\b", re.I)


def denies(text: str) -> bool:
    """Whether a sentence denies something; "did not rule out" does not."""
    return bool(_DENIAL.search(_UNDENIED.sub("", text)))


def denies_this(text: str) -> bool:
    """Whether a sentence denies what was said before it, and not a claim of its own."""
    found = _DENIAL.search(text)
    return bool(found and _THIS.search(text, found.start())) and not _CLAIM.search(
        text, 0, found.start() if found else 0
    )


def says_no(text: str) -> bool:
    """Whether a sentence denies something or says "not"."""
    return denies(text) or bool(_NEGATION.search(_UNDENIED.sub("", text)))
