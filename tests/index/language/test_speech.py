"""Who speaks, by name."""

import pytest

from index.language.sentences import sentence_bounds
from index.language.speech import speakers

# text: who speaks in each of its sentences, "" for nobody
SPOKEN = {
    "Ann Lind told reporters that the pool would open.": ["Ann Lind"],
    "The pool will open, Ann Lind said on Friday.": ["Ann Lind"],
    "“It will open,” said the mayor, Ann Lind.": ["Ann Lind"],
    "Ann Lind, who has led the town since May, said it would open.": ["Ann Lind"],
    "Ann Lind on Tuesday denied that it would close.": ["Ann Lind"],
    "According to Ann Lind, it will open.": ["Ann Lind"],
    "“It will open. We are glad,” said Ann Lind.": ["Ann Lind"],
    "“It will open,” said Ann Lind. “We are glad.”": ["Ann Lind", "Ann Lind"],
    "Ann Lind said it would open. She added that it was cold.": ["Ann Lind", "Ann Lind"],
    "Ann Lind said it would open. Per Falk laughed. He said that it was cold.": [
        "Ann Lind",
        "",
        "",
    ],
    # nobody by name
    "Officials said it would open.": [""],
    "Ann Lind was told that it would open.": [""],
    "Ann Lind’s claim was false.": [""],
    "It was a claim on Tuesday.": [""],
}


@pytest.mark.parametrize(("text", "spoken"), SPOKEN.items())
def test_who_speaks(text: str, spoken: list[str]) -> None:
    bounds = sentence_bounds(text)
    assert [" + ".join(names) for names in speakers(text, bounds)] == spoken
