"""No quote leaves that is not in the stored article, whatever a reader gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import DamagedError
from index.folder.folder_store import FolderStore
from retrieval.finding.hits import Hit
from retrieval.pipeline import Answerer
from retrieval.question.asked import Question
from retrieval.reading.reader import Span


class Forging:
    """A reader that changes a letter of the passage which it quotes, or moves it by one."""

    def __init__(self, shift: int, score: float) -> None:
        self._shift, self._score = shift, score

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        true = hits[0].passage
        text = true.text if self._shift else "#" + true.text[1:]
        forged = replace(true, text=text, start=true.start + self._shift)
        return [Span(forged, *true.sentences[0], self._score)]


@pytest.mark.parametrize("shift", [0, 1])
@pytest.mark.parametrize("score", [0.9, 0.1], ids=["answered", "refused"])
def test_a_forged_quote_is_shown_to_nobody(word_index: Path, shift: int, score: float) -> None:
    generation = FolderStore(word_index).open_current()
    answerer = Answerer(generation, None, Forging(shift, score))
    with pytest.raises(DamagedError, match="is not in the stored article"):
        answerer.answer("How many people live in Panjshir?")
