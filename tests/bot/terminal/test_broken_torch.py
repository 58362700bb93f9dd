"""A torch that is installed and cannot be loaded: said in one line, and missed only by fp32."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.bot.test_cli import failed, run
from tests.conftest import SEEDS
from tests.stub_wheels import install, stub_torch

LACKING = "libcudart.so.13: cannot open shared object file: No such file or directory"
QUESTION = "Who is the spokesman of the NRF?"
ENCODER, READER = '[encoder]\nruntime = "fp32"\n', '[reader]\nruntime = "fp32"\n'


def broken_torch(folder: Path, error: str) -> str:
    """PYTHONPATH with a torch before any other that cannot be imported, and says so at length."""
    stub_torch(folder / "wheels", f"raise {error}({LACKING!r} + '\\nand more')")
    install(folder / "wheels", folder / "site", "torch==2.13.0")
    return f"{folder / 'site'}:{SEEDS.parent}"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    return broken_torch(tmp_path_factory.mktemp("broken"), "OSError")


@pytest.fixture
def index(seed_index: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seed_index, tmp_path / "ix"))


@pytest.mark.parametrize("error", ["ImportError", "OSError", "RuntimeError"])
def test_fp32_fails_in_one_line(error: str, tmp_path: Path) -> None:
    broken = broken_torch(tmp_path, error)
    (tmp_path / "config.toml").write_text(ENCODER)
    built = run("index", "build", SEEDS, "--index", "new", cwd=tmp_path, PYTHONPATH=broken)
    failed(built, f"cannot be imported ({error}: {LACKING}); run: make setup")


@pytest.mark.parametrize("settings", [ENCODER, READER])
def test_asking_does_without_what_fp32_would_do(
    broken: str, index: Path, tmp_path: Path, settings: str
) -> None:
    (tmp_path / "config.toml").write_text(settings)
    asked = run("ask", QUESTION, "--json", "--index", index, cwd=tmp_path, PYTHONPATH=broken)
    reply = json.loads(asked.stdout)
    assert asked.returncode == 0 and "Traceback" not in asked.stderr
    assert reply["mode"] == ("lexical" if settings == ENCODER else "hybrid")
    assert LACKING in reply["reason"]


def test_the_default_runtime_needs_no_torch(broken: str, tmp_path: Path) -> None:
    built = run("index", "build", SEEDS, "--index", "new", cwd=tmp_path, PYTHONPATH=broken)
    assert built.returncode == 0, built.stderr
    asked = run("ask", QUESTION, "--json", "--index", "new", cwd=tmp_path, PYTHONPATH=broken)
    reply = json.loads(asked.stdout)
    assert reply["mode"] == "hybrid" and reply["reason"] is None and LACKING not in asked.stderr


@pytest.mark.parametrize("settings", ["", ENCODER, READER])
def test_doctor_imports_it(broken: str, index: Path, tmp_path: Path, settings: str) -> None:
    (tmp_path / "config.toml").write_text(settings)
    found = run("doctor", "--json", "--index", index, cwd=tmp_path, PYTHONPATH=broken)
    checks = {check["name"]: check for check in map(json.loads, found.stdout.splitlines())}
    assert found.returncode == 1 and "Traceback" not in found.stderr
    assert not checks["torch"]["ok"] and LACKING in checks["torch"]["detail"]
    assert ("do without" in checks["torch"]["detail"]) is (settings == "")
    assert checks["model"]["ok"] is (settings != ENCODER)
    assert checks["reader"]["ok"] is (settings != READER)
