"""Libraries that may be missing or broken: torch and what stands on it, and onnxruntime."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from index.errors import ModelError


@contextlib.contextmanager
def importing(library: str) -> Iterator[None]:
    """Whatever the imports inside raise is a ModelError that says why, in one line.

    A library that lacks a file of the system raises OSError or RuntimeError as often as
    ImportError, and half an installation raises anything.
    """
    try:
        yield
    except Exception as error:
        reason = next(iter(str(error).splitlines()), "")
        reason = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
        raise ModelError(f"{library} cannot be imported ({reason}); run: make setup") from error


def torch_version() -> str:
    """The version of torch once it has really been imported. Raises ModelError."""
    with importing("torch"):
        import torch
    return str(torch.__version__)
