"""The SQLite file of a catalogue: where it lies, how it is opened, its errors as ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from index.errors import DamagedError, StoreError

FILE = "catalogue.sqlite"


def address(folder: Path) -> str:
    """How SQLite is told to open the finished catalogue in ``folder``: it never changes."""
    return f"file:{quote(str((folder / FILE).resolve()))}?mode=ro&immutable=1"


@contextmanager
def catalogue_errors(verb: str) -> Iterator[None]:
    """SQLite's errors as ours: a full disk or a damaged file is not a traceback."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        kind = StoreError if verb == "written" else DamagedError
        raise kind(f"The catalogue cannot be {verb}: {error}.") from error
