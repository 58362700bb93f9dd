"""Settings to live objects: the only place that chooses store, encoder and reader."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import OURS, SENTENCES, EncoderSettings, Settings
from index.errors import ConfigError, DamagedError, ModelError
from index.folder.folder_store import FolderStore
from index.models.encoder import DEFAULT_MODEL, Encoder, SentenceEncoder, find_model
from index.models.graph_runner import cache_folder
from index.paths import shown
from index.store import Generation, Store
from retrieval.pipeline import Answerer, require_same_encoder
from retrieval.reading.echoing import UnechoedReader
from retrieval.reading.explaining_reader import ExplainingReader
from retrieval.reading.reader import Reader
from retrieval.reading.sentence_reader import SentenceReader
from retrieval.reading.span_reader import SpanReader

if TYPE_CHECKING:  # building brings the network along, which no question needs
    from index.build import BuildOptions, Source
    from index.sources.web import FetchLimits


def open_store(settings: Settings) -> Store:
    """Raises ConfigError for a path that faiss and SQLite cannot be given."""
    folder = settings.resolve(settings.index.path)
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        raise ConfigError(
            f"{shown(folder)}: the path of the index must be UTF-8; choose another ([index] path)."
        ) from error
    return FolderStore(folder)


def build_options(settings: Settings, prune: bool, strict: bool) -> BuildOptions:
    from index.articles.passages import PassageSize
    from index.build import BuildOptions
    from index.sources.field_names import FieldNames

    size = PassageSize(settings.passages.enough_words, settings.passages.most_words)
    limits = fetch_limits(settings)
    chosen = settings.index
    names = FieldNames(tuple(chosen.fields.model_dump(exclude_defaults=True).items()))
    return BuildOptions(
        size, prune, strict, chosen.keep, limits, chosen.boilerplate, chosen.most_lost, names
    )


def building_encoder(settings: Settings) -> Encoder:
    """Loaded when the first passage is to be embedded. Raises ModelError."""
    return load_encoder(settings, lazy=True)


def load_encoder(settings: Settings, lazy: bool = False) -> Encoder:
    """``lazy``: loaded when the first text is to be embedded. Raises ModelError."""
    chosen = settings.encoder
    if _without_torch(chosen):
        from index.models.fast_encoder import FastEncoder

        return FastEncoder(_cache(settings), _say, lazy)
    return SentenceEncoder(chosen.model, chosen.download, lazy)


def _without_torch(chosen: EncoderSettings) -> bool:
    return chosen.runtime == "int8" and chosen.model == DEFAULT_MODEL


def needs_torch(settings: Settings) -> bool:
    """Whether the encoder or the reader of these settings runs by torch."""
    reader = settings.reader
    graph = reader.model == OURS and reader.runtime == "int8"
    return not _without_torch(settings.encoder) or not (graph or reader.model == SENTENCES)


def _cache(settings: Settings) -> Path:
    chosen = settings.encoder.cache
    return settings.resolve(chosen) if chosen else cache_folder()


def _say(line: str) -> None:
    """Tell whoever waits at the terminal."""
    sys.stderr.write(line + "\n")


def sources(settings: Settings) -> list[Source]:
    """What the settings name, paths from the folder of the config file."""
    from index.sources.reading import named_source

    named = [named_source(name) for name in settings.index.sources]
    return [settings.resolve(str(s)) if isinstance(s, Path) else s for s in named]


def fetch_limits(settings: Settings) -> FetchLimits:
    from index.sources.web import FetchLimits

    web = settings.web
    return FetchLimits(web.timeout_seconds, web.max_bytes, web.max_redirects, web.allow_private)


def load_span_reader(settings: Settings, download: bool) -> SpanReader:
    """The reader that ships with pullquote, or a checkpoint. Raises ModelError."""
    chosen = settings.reader
    if chosen.model != OURS:
        from retrieval.network.checkpoint import CALIBRATION, CheckpointModel

        return SpanReader(CheckpointModel(chosen.model, download), CALIBRATION)
    from retrieval.network.shipped import calibration

    if chosen.runtime == "int8":
        from retrieval.network.int8_reader import OnnxSpanModel

        return SpanReader(OnnxSpanModel(_cache(settings), _say), calibration())
    from retrieval.network.fp32_reader import AdapterModel

    return SpanReader(AdapterModel(), calibration())


class Desk:
    """Answers from the published generation, and takes up a new one as soon as it is published.

    The encoder is loaded once. A question keeps the generation that it began with. When the
    published generation is damaged, the newest older one that is whole answers, and says so.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = open_store(settings)
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._encoder_fault: str | None = None
        self._span_reader: SpanReader | None = None
        self._reader_fault: str | None = None
        self._published: str | None = None
        self._answerer: Answerer | None = None

    def answerer(self) -> Answerer:
        """Raises StoreError when nothing is published or nothing can serve."""
        with self._lock:
            current = self._store.require_current()
            if self._answerer is None or self._published != current:
                self._answerer = self._answer_from(*self._open(current))
                self._published = current
            return self._answerer

    def _open(self, current: str) -> tuple[Generation, str | None]:
        """The published generation, or an older one with what to say about it."""
        try:
            return self._store.open(current), None
        except DamagedError as damage:
            again = self._store.current()
            if again and again != current:  # replaced while we looked
                return self._store.open(again), None
            for name in reversed([n for n in self._store.generations() if n < current]):
                try:
                    generation = self._store.open(name)
                except DamagedError:
                    continue
                made = generation.manifest.created
                return generation, f"the newest index is damaged; this is the one of {made}"
            raise damage

    def _answer_from(self, generation: Generation, notice: str | None) -> Answerer:
        fault = generation.dense_fault
        # Side by side: who asks the first question waits for both.
        with ThreadPoolExecutor(1) as beside:
            loaded = beside.submit(self._load_reader)
            if fault is None:
                self._load_encoder(generation)
                fault = self._encoder_fault
            span_reader = loaded.result()
        encoder = None if fault else self._encoder
        sentences = SentenceReader(encoder)
        reader: Reader = UnechoedReader(sentences)
        if span_reader is not None:
            reader = ExplainingReader(span_reader)
        elif self._reader_fault:
            said = f"whole sentences only: {self._reader_fault}"
            notice = "; ".join(filter(None, (notice, said)))
        threshold = self._settings.answer.threshold
        return Answerer(generation, encoder, reader, fault, notice, threshold, sentences=sentences)

    def _load_reader(self) -> SpanReader | None:
        """The configured span reader, loaded once; None when sentences are wanted or must do."""
        chosen = self._settings.reader
        if self._span_reader is None and chosen.model != SENTENCES and not self._reader_fault:
            try:
                self._span_reader = load_span_reader(self._settings, chosen.download)
            except ModelError as error:
                self._reader_fault = str(error)
        return self._span_reader

    def _load_encoder(self, generation: Generation) -> None:
        """Load the encoder once, or note why it cannot serve. Raises EncoderMismatch."""
        if self._encoder is not None:
            return
        chosen = self._settings.encoder
        try:
            # The weights are compared before seconds are spent on loading them.
            _, weights = find_model(chosen.model, chosen.download)
            require_same_encoder(generation, weights, chosen.model)
            self._encoder = load_encoder(self._settings)
            self._encoder_fault = None
        except ModelError as error:
            self._encoder_fault = str(error)
