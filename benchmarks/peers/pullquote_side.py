"""pullquote's side, through what people use: `Desk`, `Answerer` and `build`."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.peers.wire import serve
from bot.config import OURS, Settings
from bot.wiring import Desk
from evaluation.rankings import by_words
from index.build import build
from index.folder.folder_store import FolderStore
from index.models.fast_encoder import FastEncoder
from index.models.graph_runner import cache_folder
from retrieval.answer import Answer
from retrieval.pipeline import Answerer

BEST = 10


class Pullquote:
    """Answers from one index."""

    def __init__(self) -> None:
        self._answerer: Answerer | None = None
        self._encoder: FastEncoder | None = None

    def load(self, index: str) -> int:
        """Open an index; how many passages it has."""
        table = {"index": {"path": index}, "reader": {"model": OURS}}
        # It says what it would answer, as Haystack does; people see it above a threshold.
        self._answerer = replace(Desk(Settings.model_validate(table)).answerer(), threshold=0.0)
        return self._opened.generation.manifest.passages

    @property
    def _opened(self) -> Answerer:
        assert self._answerer is not None
        return self._answerer

    def answer(self, question: str) -> list[str] | None:
        """(article, quote, short answer) of the first claim, or None."""
        reply = self._opened.answer(question)
        if not isinstance(reply, Answer):
            return None
        quote = reply.claims[0].quotes[0]
        return [quote.reference.article_id, quote.text, reply.claims[0].text]

    def find(self, question: str) -> list[int]:
        """The keys of the ten best passages."""
        return [hit.passage.key for hit in self._opened.find(question, BEST)]

    def worded(self, words: list[str]) -> list[int]:
        """The keys of the ten best passages by words alone."""
        return [key for key, _ in by_words(self._opened.generation, words, BEST)]

    def build(self, source: str) -> int:
        """Build an index of the articles in a file: reading, cleaning and checking included. The
        model is loaded once, as the peers' are."""
        if self._encoder is None:
            self._encoder = FastEncoder(cache_folder(), print)
        encoder = self._encoder
        with tempfile.TemporaryDirectory() as folder:
            return build([Path(source)], FolderStore(Path(folder)), lambda: encoder).passages


if __name__ == "__main__":
    side = Pullquote()
    serve({"load": side.load, "answer": side.answer, "find": side.find, "worded": side.worded,
           "build": side.build})  # fmt: skip
