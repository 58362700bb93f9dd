"""The files below a folder, and the folders that cannot be looked into: never taken for empty."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from index.paths import shown
from index.sources.raw import Skipped

Wanted = Callable[[str], bool]
_PACKED = (".gz", ".bz2", ".xz", ".zst")


def files_below(folder: Path, wanted: Wanted) -> Iterator[Path | Skipped]:
    """The files that are ``wanted`` by their names, in depth, in the order of their names; all else
    is Skipped at its place, by its kind.

    A folder that cannot be listed is Skipped, too. Hidden ones are left alone, links to folders are
    not followed. A link that leads nowhere is listed: opening it says why.
    """
    left: list[tuple[Path, bool]] = [(folder, True)]
    while left:
        path, is_folder = left.pop()
        if not is_folder:
            yield _file(path, wanted)
            continue
        try:
            with os.scandir(path) as entries:
                found = sorted((e.name, _is_folder(e)) for e in entries if _counts(e))
        except OSError as error:
            yield Skipped(shown(path), f"cannot be listed: {error.strerror or error}")
        else:
            left += ((path / name, is_folder) for name, is_folder in reversed(found))


def _file(path: Path, wanted: Wanted) -> Path | Skipped:
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError:
        regular = True  # what cannot be asked is not taken for absent
    if not wanted(path.name):
        kind = kind_of(path.name)
        return Skipped(shown(path), f"{kind} is not read", failed=False, unread=False, kind=kind)
    return path if regular else Skipped(shown(path), "not a file, but a pipe, socket or device")


def kind_of(name: str) -> str:
    """The ending of a file's name, as people tell kinds of files apart.

    >>> kind_of("Minutes.DOCX"), kind_of("a.tar.gz"), kind_of("LICENSE")
    ('.docx', '.tar.gz', 'no ending')
    """
    endings = [ending.lower() for ending in Path(name).suffixes[-2:]]
    whole = len(endings) == 2 and endings[1] in _PACKED
    return shown("".join(endings if whole else endings[-1:])) or "no ending"


def _counts(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and (_is_folder(entry) or not _leads_to_folder(entry))


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
