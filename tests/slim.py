"""Runs a command as `make setup-run` leaves it: what its lock does not name cannot be imported.

python -m tests.slim ask …
"""

from __future__ import annotations

import importlib.abc
import re
import sys
from collections.abc import Sequence
from importlib import metadata
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

LOCK = Path(__file__).parent.parent / "requirements-run.lock"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> set[str]:
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    return {_plain(line.split("==")[0]) for line in lines if "==" in line} | {"pullquote"}


def left_out(named: set[str]) -> set[str]:
    """The modules that only packages outside the lock ship."""
    owners = metadata.packages_distributions().items()
    return {module for module, found in owners if not named & set(map(_plain, found))}


class _Absent(importlib.abc.MetaPathFinder):
    def __init__(self, modules: set[str]) -> None:
        self._modules = modules

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.split(".")[0] in self._modules:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def leave_out() -> None:
    """From now on only what the lock names is there, by its modules and by its name."""
    named, known = locked(), metadata.distribution
    modules = left_out(named)
    assert {"torch", "transformers", "sentence_transformers", "scipy", "pytest"} <= modules

    def distribution(distribution_name: str) -> metadata.Distribution:
        if _plain(distribution_name) not in named:
            raise metadata.PackageNotFoundError(distribution_name)
        return known(distribution_name)

    metadata.distribution = distribution
    sys.meta_path.insert(0, _Absent(modules))


if __name__ == "__main__":
    leave_out()
    sys.argv[0] = "pullquote"
    from bot.cli import main

    main()
