"""Settings to live objects: the only place that chooses store, encoder and reader."""

from __future__ import annotations

import threading
from pathlib import Path

from bot.config import Settings
from index.encoder import Encoder, SentenceEncoder, find_model
from index.errors import ModelError
from index.local import LocalGeneration, LocalStore
from index.passages import PassageSize
from retrieval.pipeline import Answerer, require_same_encoder
from retrieval.sentence_reader import SentenceReader


def open_store(settings: Settings) -> LocalStore:
    return LocalStore(settings.resolve(settings.index.path))


def passage_size(settings: Settings) -> PassageSize:
    return PassageSize(settings.passages.enough_words, settings.passages.most_words)


def load_encoder(settings: Settings) -> Encoder:
    """Raises ModelError."""
    return SentenceEncoder(settings.encoder.model, settings.encoder.download)


def sources(settings: Settings) -> list[Path]:
    return [settings.resolve(path) for path in settings.index.sources]


class Desk:
    """Answers from the published generation, and takes up a new one as soon as it is published.

    The encoder is loaded once. A question keeps the generation that it began with.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = open_store(settings)
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._fault: str | None = None
        self._answerer: Answerer | None = None

    def answerer(self) -> Answerer:
        """Raises StoreError when nothing is published or it cannot serve."""
        with self._lock:
            ready = self._answerer
            current = self._store.current()
            if ready is None or ready.generation.manifest.generation != current:
                ready = self._answerer = self._open(self._store.open_current())
            return ready

    def _open(self, generation: LocalGeneration) -> Answerer:
        fault = generation.dense_fault
        if fault is None:
            self._load_encoder(generation)
            fault = self._fault
        encoder = None if fault else self._encoder
        threshold = self._settings.answer.threshold
        return Answerer(generation, encoder, SentenceReader(encoder), fault, threshold)

    def _load_encoder(self, generation: LocalGeneration) -> None:
        """Load the encoder once, or note why it cannot serve."""
        if self._encoder is not None:
            return
        name = self._settings.encoder.model
        try:
            # The weights are compared before seconds are spent on loading them.
            _, weights = find_model(name, self._settings.encoder.download)
            require_same_encoder(generation, weights, name)
            self._encoder, self._fault = load_encoder(self._settings), None
        except ModelError as error:
            self._fault = str(error)
