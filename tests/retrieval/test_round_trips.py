"""What a question costs the store: a backend on another machine pays for each call."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest

from index.build import build
from index.folder.folder_store import FolderStore
from index.language.sentences import sentence_bounds
from index.store import Generation
from retrieval.answer import Span
from retrieval.finding.hits import Hit
from retrieval.pipeline import Answerer
from retrieval.question.asked import Question
from tests.generated import random_article
from tests.word_encoder import WordEncoder

ARTICLES = 300
MOST_CALLS, MOST_STATEMENTS = 8, 12


class Counting:
    """A generation, or its lexicon, that counts what it is asked."""

    def __init__(self, inner: Any, calls: Counter[str]) -> None:
        self._inner, self._calls = inner, calls

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name == "lexicon":
            return Counting(found, self._calls)
        if not callable(found):
            return found

        def counted(*given: Any) -> Any:
            self._calls[name] += 1
            return found(*given)

        return counted


class Firsts:
    """A reader that takes the beginning of each passage for an answer."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        ends = [sentence_bounds(hit.passage.text)[0][1] for hit in hits]
        return [Span(h.passage, 0, end, 0.9) for h, end in zip(hits, ends, strict=True)]


@dataclass(frozen=True)
class Opened:
    """A generation, and the one connection by which it asks SQLite."""

    generation: Generation
    connection: sqlite3.Connection


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("many")
    with (folder / "a.jsonl").open("w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            raw = random_article(number)
            text = f"{raw.text}\n\nThe National Trust of Valley{number} (NTV) met Ann Lind there."
            file.write(json.dumps({"id": str(number), "title": raw.title, "text": text}) + "\n")
    store = FolderStore(folder / "ix")
    assert build([folder / "a.jsonl"], store, WordEncoder).articles >= ARTICLES - 10
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def recorded(*given: Any, **named: Any) -> sqlite3.Connection:
        made.append(connect(*given, **named))
        return made[-1]

    with patch.object(sqlite3, "connect", recorded):
        generation = store.open_current()
    (connection,) = made
    yield Opened(generation, connection)


@pytest.mark.parametrize(
    "question",
    [
        "who did the NTV meet?",
        "did Ann Lind meet the National Trust of Valley7?",
        "what did Ann Lnid say to the ntv in valley12?",
        'who met "Ann Lind" source:x since:2020 last week',
        "title:a what was said there?",
    ],
)
def test_a_question_makes_few_round_trips(opened: Opened, question: str) -> None:
    calls: Counter[str] = Counter()
    statements: list[str] = []
    counting: Any = Counting(opened.generation, calls)
    answerer = Answerer(counting, WordEncoder(), Firsts(), threshold=0.0, sentences=Firsts())
    opened.connection.set_trace_callback(statements.append)
    try:
        answerer.answer(question)
    finally:
        opened.connection.set_trace_callback(None)
    assert 0 < calls.total() <= MOST_CALLS, calls
    assert 0 < len(statements) <= MOST_STATEMENTS, statements
