"""What is installed is named with its hashes, and the slim lock is a part of the full one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

from tools.locks import NOT_FOR_RUNNING, closure, hashes
from tools.setup_env import LOCKS, TORCH, packages

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNNING = {Requirement(line).name for line in PROJECT["dependencies"]}
TESTING = {Requirement(line).name for line in PROJECT["optional-dependencies"]["dev"]}


def entries(kind: str) -> dict[str, tuple[str, list[str]]]:
    """Of each package its version and its hashes."""
    text = LOCKS[kind].read_text(encoding="utf-8").replace(" \\\n", " ")
    found: dict[str, tuple[str, list[str]]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            pin, *rest = line.split()
            name, version = pin.split("==")
            found[canonicalize_name(name)] = (version, rest)
    return found


@pytest.mark.parametrize("kind", LOCKS)
def test_every_package_has_hashes_and_nothing_names_a_place(kind: str) -> None:
    found = entries(kind)
    assert len(found) == packages(LOCKS[kind]) > 60
    assert list(found) == sorted(found)
    for version, given in found.values():
        assert version and given and given == sorted(given)
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in given)
    assert "://" not in LOCKS[kind].read_text(encoding="utf-8")


def test_the_slim_lock_is_a_part_of_the_full_one() -> None:
    full, run = entries("full"), entries("run")
    assert run.items() <= full.items()
    assert not run.keys() & {"torch", "transformers", "sentence-transformers", "pytest", "mypy"}


def test_the_locks_hold_what_the_project_asks_for() -> None:
    full, run = entries("full"), entries("run")
    assert set(map(canonicalize_name, RUNNING | TESTING)) - {"torch"} <= full.keys()
    assert set(map(canonicalize_name, RUNNING - NOT_FOR_RUNNING)) <= run.keys()
    assert {"pip", "setuptools"} <= run.keys()
    lines = TORCH.read_text(encoding="utf-8").splitlines()
    (pin,) = (line for line in lines if not line.startswith("#"))
    assert pin in PROJECT["dependencies"] and "torch" not in full


def test_a_closure_follows_markers_and_extras_and_stops_at_what_is_left_out() -> None:
    def package(*requires: str) -> dict[str, Any]:
        return {"requires_dist": list(requires)}

    known = {
        "app": package("lib[fast]>=1", "heavy", 'colours; sys_platform == "win32"'),
        "lib": package('speed; extra == "fast"', 'other; extra == "slow"', "Base_Part"),
        "heavy": package("huge"),
        "speed": package("app"),  # a ring
        "base-part": package(),
        "huge": package(),
    }
    here = {"sys_platform": "linux"}
    assert closure(["app"], known, here) == set(known)
    assert closure(["app"], known, here, frozenset({"heavy"})) == set(known) - {"heavy", "huge"}


def test_the_hashes_of_a_version_are_those_of_all_its_files() -> None:
    files = {
        "odd_name-1.0-py3-none-any.whl": "b", "odd-name-1.0.tar.gz": "a", "odd_name-1.0.exe": "x",
        "odd_name-1.0.1-py3-none-any.whl": "x", "odd-name-1.0d.dev.tar.gz": "x",
    }  # fmt: skip
    page = {"files": [{"filename": k, "hashes": {"sha256": v}} for k, v in files.items()]}
    assert hashes(page, "1.0") == ["a", "b"]
