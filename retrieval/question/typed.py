"""A question as typed to a question that can be searched. Pure."""

from __future__ import annotations

import unicodedata

from index.errors import QuestionError
from index.language.folding import APOSTROPHES

MAX_CHARACTERS = 1000
_SIGNS = {
    **dict.fromkeys(map(ord, APOSTROPHES), "'"),
    **{ord(one): unicodedata.normalize("NFKC", one) for one in "ﬀﬁﬂﬃﬄﬅﬆ"},
}


def checked(text: str) -> str:
    """``text`` on one line, in NFC, its apostrophes straight and without signs that nobody sees.
    Raises QuestionError when there is nothing to search for."""
    question = " ".join(unicodedata.normalize("NFC", text).translate(_SIGNS).split())
    question = "".join(c for c in question if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    if not question:
        raise QuestionError("The question is empty; ask something like: who leads the NRF?")
    if len(question) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(question):,} characters; ask it in at most {MAX_CHARACTERS:,}."
        )
    if not any(c.isalnum() for c in question):
        raise QuestionError("The question holds no words; ask something like: who leads the NRF?")
    return question
