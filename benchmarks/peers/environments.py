"""One virtual environment for each peer, from pinned versions. Reaches the package index."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

REQUIREMENTS = Path(__file__).parent / "requirements"


def prepared(name: str, folder: Path) -> Path:
    """The interpreter of the environment called ``name``, made when its pins are new.

    The pins name every package, so nothing else can come in. Ends the program with one line when
    they cannot be installed.
    """
    pins = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    place, python = folder / name, folder / name / "bin" / "python"
    stamp = place / "installed.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == pins:
        return python
    print(f"installing {name}…", file=sys.stderr, flush=True)
    shutil.rmtree(place, ignore_errors=True)
    venv.create(place, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "-r"]
    done = subprocess.run([*command, str(REQUIREMENTS / f"{name}.txt")], capture_output=True)
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        sys.exit(f"{name} cannot be installed: {' '.join(last)}")
    stamp.write_text(pins, encoding="utf-8")
    return python


def version(name: str) -> str:
    """The pinned version of the package that a peer is called after."""
    packages = {"haystack": "haystack-ai", "rank_bm25": "rank-bm25"}
    wanted = packages.get(name, name)
    pins = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return dict(pin.split("==") for pin in pins)[wanted]
