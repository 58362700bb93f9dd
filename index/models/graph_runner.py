"""Graphs made once and kept, and run without torch. The one door to onnxruntime."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index import durable
from index.errors import ModelError
from index.models.importing import importing

VERSION = 1
"""Of the graphs of `index.models.bert_graph`: raised whenever equal weights make another graph."""

CACHE_VARIABLE = "PULLQUOTE_CACHE"
_DIGEST = 32  # bytes of SHA-256 before the graph, by which a damaged file is known
_STALE = 3600  # seconds after which an unfinished file is one that a killed process left

Say = Callable[[str], None]
"""Told, in one line, of something that takes time or has to be known."""

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def cache_folder() -> Path:
    """Where graphs are kept unless the settings say: $PULLQUOTE_CACHE, or the user's cache."""
    named = os.environ.get(CACHE_VARIABLE, "")
    if named:
        return Path(named).expanduser()
    caches = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(caches) if caches else Path("~/.cache").expanduser()) / "pullquote"


def cached_graph(folder: Path, name: str, make: Callable[[], bytes], say: Say) -> bytes:
    """The graph that ``folder`` keeps as ``name``; made, and kept, when it is missing or damaged.

    A folder that cannot be written is no error: the graph is made at every start, and ``say`` is
    told. Raises ModelError when it cannot be made.
    """
    file = folder / f"{name}-int8.{VERSION}.onnx"
    found = _intact(file)
    if found is not None:
        return found
    damaged = "the kept one is damaged; " if file.exists() else ""
    say(f"{damaged}preparing {name} for this machine, once: a few seconds…")
    graph = make()
    try:
        _keep(file, graph)
    except OSError as error:
        say(f"{file} cannot be written ({error.strerror}): it will be prepared at every start.")
    return graph


def _intact(file: Path) -> bytes | None:
    """The graph in ``file``, or None when it is not there whole."""
    try:
        with file.open("rb") as stream:
            digest, graph = stream.read(_DIGEST), stream.read()
    except OSError:
        return None
    return graph if hashlib.sha256(graph).digest() == digest else None


def _keep(file: Path, graph: bytes) -> None:
    """Write ``file`` whole or not at all, and remove what killed processes left."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for left in file.parent.glob("*.new"):
        with contextlib.suppress(OSError):  # another process may be as tidy
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()
    handle, temporary = tempfile.mkstemp(suffix=".new", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(graph).digest())
            stream.write(graph)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
        durable.sync(file.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def parallel_map(function: Callable[[_In], _Out], items: Sequence[_In]) -> Iterator[_Out]:
    """``function`` of each item, in order; several at once, on as many threads as there are cores.

    All models of a process share these threads, so that many questions at once do not crowd the
    cores. One item alone is worked on by the caller's thread.
    """
    return _workers().map(function, items) if len(items) > 1 else map(function, items)


@functools.cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cores(), "pullquote")


def cores() -> int:
    """How many cores this process may use; where the system does not say, how many there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class OnnxModel:
    """A graph of `index.models.bert_graph`, ready to run. Usable from several threads at once.

    Each call runs on the thread that makes it: calls side by side use the cores better than
    threads inside a call, and never wait for one another.
    """

    def __init__(self, graph: bytes) -> None:
        # Read when the library is loaded: it reports to its maker unless it is told not to.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        with importing("onnxruntime"):
            import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # The graph is made of fused operators already. onnxruntime's own fusing would give the
        # products by word piece one scale for all of them, which is wrong.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(
                graph, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # its errors share no other base class
            reason = str(error).splitlines()[0]
            raise ModelError(f"onnxruntime cannot load the prepared model: {reason}") from error

    def run(self, ids: NDArray[np.int64], kinds: NDArray[np.int64]) -> NDArray[np.float32]:
        """The graph's output for rows of one length: arrays of shape (rows, length)."""
        output: NDArray[np.float32] = self._session.run(None, {"ids": ids, "kinds": kinds})[0]
        return output
