"""Fills a virtual environment with what the locks name: `python -m tools.setup_env full|run`.

Run by the environment's own interpreter. Torch has a file of its own, since it alone comes without
a hash (see there).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.torch_file import SetupError, chosen, installed

ROOT = Path(__file__).parent.parent
LOCKS = {"full": ROOT / "requirements.lock", "run": ROOT / "requirements-run.lock"}
TORCH = ROOT / "requirements-torch.lock"


def say(line: str) -> None:
    print(f"\n== {line}", flush=True)


def pip(*options: str | Path) -> None:
    """Install, with pip's own lines and bars to watch. Raises SetupError."""
    command = [sys.executable, "-m", "pip", "install", "--no-input", *map(str, options)]
    if subprocess.run(command).returncode:
        raise SetupError("pip could not install this (its reason stands above).")


def set_up(kind: str, torch: str) -> None:
    """The packages of the lock, torch, and pullquote itself. Raises SetupError."""
    lock = LOCKS[kind]
    steps = 3 if kind == "full" else 2
    say(f"1 of {steps}: the {packages(lock)} packages of {lock.name}")
    # --no-deps: the lock is complete, so nothing that it does not name can come in.
    pip("--require-hashes", "--no-deps", "-r", lock)
    if kind == "full":
        install_torch(torch, f"2 of {steps}")
    say(f"{steps} of {steps}: pullquote")
    pip("--no-deps", "--no-build-isolation", "--editable", ROOT)


def packages(lock: Path) -> int:
    return sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())


def install_torch(wanted: str, step: str) -> None:
    """The torch of its lock, in the build that is ``wanted``: "cpu", "cuda", or "" for the one that
    is there already, else CPU. Raises SetupError."""
    version = TORCH.read_text(encoding="utf-8").split("torch==")[1].split()[0]
    there = installed()
    if there and there.version.split("+")[0] == version and wanted in ("", kind_of(there.cuda)):
        say(f"{step}: torch {there.version} is here already")
        return
    file, options = chosen(TORCH, cuda=wanted == "cuda")
    where = f" from {options[-1]}" if options else ""
    say(f"{step}: {file.name}, the {kind_of(file.cuda).upper()} build{where}")
    if file.cuda:  # with the libraries that it cannot be loaded without, which the lock leaves out
        pip("--force-reinstall", "--no-deps", "-r", TORCH)
        pip("-r", TORCH)
    else:
        pip("--force-reinstall", "--no-deps", "-r", TORCH, *options)


def kind_of(cuda: bool) -> str:
    return "cuda" if cuda else "cpu"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.setup_env", description=__doc__)
    parser.add_argument("kind", choices=sorted(LOCKS))
    parser.add_argument("--torch", choices=["", "cpu", "cuda"], default="")
    given = parser.parse_args(arguments)
    try:
        set_up(given.kind, given.torch)
    except SetupError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
