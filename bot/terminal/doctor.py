"""What works and what does not on this machine, without touching the network."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata

from bot import config
from bot.config import SENTENCES, Settings
from bot.wiring import load_span_reader, open_store
from index.errors import PullquoteError
from index.models.encoder import find_model
from retrieval.pipeline import require_same_encoder

_LIBRARIES = ("sentence-transformers", "faiss-cpu", "rank-bm25", "onnxruntime",
    "python-telegram-bot", "torch")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    detail: str


def checks(load_settings: Callable[[], Settings]) -> list[Check]:
    """All checks, in an order that explains: what fails first may cause what fails later."""
    found = [Check("python", sys.version_info >= (3, 11), platform.python_version()), _libraries()]
    try:
        settings = load_settings()
    except PullquoteError as error:
        return [*found, Check("settings", False, str(error))]
    found.append(Check("settings", True, f"index in {open_store(settings).name}"))
    return [*found, _model(settings), _reader(settings), _index(settings), _token()]


def _libraries() -> Check:
    versions, missing = [], []
    for name in _LIBRARIES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check("libraries", False, f"missing: {', '.join(missing)}; run: make setup")
    return Check("libraries", True, ", ".join(versions))


def _model(settings: Settings) -> Check:
    name = settings.encoder.model
    try:
        folder, weights = find_model(name)
    except PullquoteError as error:
        return Check("model", False, f"{error} Until then, keyword search only.")
    return Check("model", True, f"{name}, weights {weights[:12]}…, in {folder}")


def _reader(settings: Settings) -> Check:
    name = settings.reader.model
    if name == SENTENCES:
        return Check("reader", True, "whole sentences, as the settings say")
    try:
        load_span_reader(settings, download=False)
    except PullquoteError as error:
        return Check("reader", False, f"{error} Until then, whole sentences only.")
    return Check("reader", True, f"{name} can be loaded")


def _index(settings: Settings) -> Check:
    try:
        generation = open_store(settings).open_current()
        manifest = generation.manifest
        if generation.dense_fault:
            detail = f"{generation.dense_fault}; keyword search only. pullquote index build"
            return Check("index", False, detail)
        try:
            _, weights = find_model(settings.encoder.model)
        except PullquoteError:
            pass  # reported by the check of the model
        else:
            require_same_encoder(generation, weights, settings.encoder.model)
    except PullquoteError as error:
        return Check("index", False, str(error))
    detail = f"{manifest.generation}: {manifest.articles} articles, {manifest.passages} passages"
    return Check("index", True, detail)


def _token() -> Check:
    there = bool(os.environ.get(config.TOKEN_VARIABLE, "").strip())
    detail = "is set" if there else "is not set (only `pullquote telegram` needs it)"
    return Check("token", True, f"{config.TOKEN_VARIABLE} {detail}")
