"""The wheel holds every room, and works outside the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.rooms import FLOORS

ROOT = Path(__file__).parent.parent
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: nothing old in the checkout comes in, and nothing new is left there."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, source / floor, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source)
    (wheel,) = folder.glob("pullquote-*.whl")
    return wheel


def test_it_holds_every_room(wheel: Path) -> None:
    rooms = {
        file.relative_to(ROOT).as_posix()
        for floor in FLOORS
        for file in (ROOT / floor).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == rooms and "retrieval/weights/adapter.safetensors" in held


def test_it_answers_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    pip("install", "--no-deps", "--no-index", "--target", site, wheel)
    elsewhere.mkdir()
    shutil.copytree(SEEDS, elsewhere / "articles")

    def said(*words: str | Path) -> str:
        return subprocess.run(
            [sys.executable, *map(str, words)], cwd=elsewhere, text=True, check=True,
            env={**os.environ, "PYTHONPATH": str(site)}, stdout=subprocess.PIPE,
        ).stdout  # fmt: skip

    where = said("-c", "import bot, evaluation, index, retrieval; print(retrieval.__file__)")
    assert Path(where.strip()).is_relative_to(site)
    command = site / "bin" / "pullquote"
    assert said(command, "--version") == f"pullquote {VERSION}\n"
    assert "1 article" in said(command, "--index", "ix", "index", "build", "articles")
    asked = said(command, "--index", "ix", "ask", "How many people live in Panjshir?")
    assert "150,000" in asked and "Keyword search only" not in asked
