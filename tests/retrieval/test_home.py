"""A follow-up is looked for in the last answer's article too, at half of what is found there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.build import build
from index.folder.folder_store import FolderStore
from index.model import Selection
from retrieval.finding.hits import Hit
from retrieval.finding.search import search
from retrieval.pipeline import Answerer
from retrieval.question.asked import Question
from retrieval.question.followup import Turn
from retrieval.reading.reader import Span
from tests.word_encoder import WordEncoder


class Recording:
    """A reader that keeps what it was given, and answers nothing."""

    def __init__(self) -> None:
        self.asked, self.hits = Question.alone(""), list[Hit]()

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        self.asked, self.hits = question, list(hits)
        return []


def test_passages_of_the_last_article_come_last_at_half_their_score(tmp_path: Path) -> None:
    # Eight articles that say more of the question's words than the last answer's own.
    texts = {f"other-{n}": f"Ahmad Massoud was born in town{n}. Born he was." for n in range(8)}
    texts["home"] = "The front is led by Massoud, who says little. " + "It rained in spring. " * 30
    file = tmp_path / "articles.jsonl"
    lines = [json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()]
    file.write_text("".join(lines), encoding="utf-8")
    store = FolderStore(tmp_path / "index")
    build([file], store, WordEncoder)
    generation, reader = store.open_current(), Recording()
    turn = Turn("Who is Ahmad Massoud?", "Massoud", texts["home"][:45], "home")

    Answerer(generation, None, reader).answer("Where was he born?", [turn])

    at_home = [hit for hit in reader.hits if hit.passage.reference.article_id == "home"]
    alone = search(generation, reader.asked, None, 3, Selection(article_id="home"))
    assert "Massoud" in reader.asked.text and len(reader.hits) == 6 + len(alone)
    assert reader.hits[-len(alone) :] == at_home
    assert [hit.fused for hit in at_home] == pytest.approx([hit.fused / 2 for hit in alone])
