"""The files below a folder, and the folders that cannot be looked into: never taken for empty."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from index.paths import shown
from index.sources.raw import Skipped

Wanted = Callable[[str], bool]


def files_below(folder: Path, wanted: Wanted) -> Iterator[Path | Skipped]:
    """The files that are ``wanted`` by their names, in depth, in the order of their names.

    A folder that cannot be listed is Skipped at its place. Hidden ones are left alone, links to
    folders are not followed. A link that leads nowhere is listed: opening it says why.
    """
    left: list[tuple[Path, bool]] = [(folder, True)]
    while left:
        path, is_folder = left.pop()
        if not is_folder:
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                found = sorted((e.name, _is_folder(e)) for e in entries if _counts(e, wanted))
        except OSError as error:
            yield Skipped(shown(path), f"cannot be listed: {error.strerror or error}")
        else:
            left += ((path / name, is_folder) for name, is_folder in reversed(found))


def _counts(entry: os.DirEntry[str], wanted: Wanted) -> bool:
    if entry.name.startswith("."):
        return False
    return _is_folder(entry) or (wanted(entry.name) and _is_file(entry))


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether this is a file, or may be one: what cannot be asked is not taken for absent."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
