"""What works and what does not on this machine, without touching the network."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata

from bot import config
from bot.config import SENTENCES, Settings
from bot.wiring import load_encoder, load_span_reader, needs_torch, open_store
from index.errors import PullquoteError
from index.models.encoder import find_model
from index.models.importing import torch_version
from retrieval.pipeline import require_same_encoder

_LIBRARIES = ("faiss-cpu", "rank-bm25", "onnxruntime", "python-telegram-bot")
_FULL_ONLY = ("sentence-transformers", "torch")
"""What `make setup-run` leaves out."""


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
    found.append(_torch(needs_torch(settings)))
    return [*found, _model(settings), _reader(settings), _index(settings), _token()]


def _libraries() -> Check:
    versions, missing = _installed(_LIBRARIES)
    if missing:
        return Check("libraries", False, f"missing: {', '.join(missing)}; run: make setup")
    return Check("libraries", True, ", ".join(versions))


def _installed(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Of ``names``, what is installed, with its version, and what is missing."""
    versions, missing = [], []
    for name in names:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    return versions, missing


def _torch(needed: bool) -> Check:
    """Imported, since a file of the wrong build is installed like any other and cannot be loaded.

    One that is not needed may be missing, but not broken.
    """
    versions, missing = _installed(_FULL_ONLY)
    if missing:
        detail = f"not installed: {', '.join(missing)}; "
        detail += "run: make setup" if needed else "only other models and fp32 need torch"
        return Check("torch", not needed, detail)
    try:
        torch_version()
    except PullquoteError as error:
        spared = "" if needed else ". The models of these settings do without it"
        return Check("torch", False, f"{error}{spared}")
    return Check("torch", True, ", ".join(versions))


def _model(settings: Settings) -> Check:
    name = settings.encoder.model
    try:
        folder, weights = find_model(name)
        load_encoder(_local(settings))
    except PullquoteError as error:
        return Check("model", False, f"{error} Until then, keyword search only.")
    return Check("model", True, f"{name}, weights {weights[:12]}…, in {folder}")


def _local(settings: Settings) -> Settings:
    """These settings, with nothing taken from the network."""
    encoder = settings.encoder.model_copy(update={"download": False})
    return settings.model_copy(update={"encoder": encoder})


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
