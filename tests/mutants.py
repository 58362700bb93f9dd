"""Whether the tests find mistakes: `make mutants`, or some by a part of their name.

    python -m tests.mutants [PART …]

One mutation of `tests.mutant_table` after the other is made in a copy of the project, and the tests
that are named for it are run there: they must fail. First they must pass without any mutation.
Exits with 1 when a mutant survives, that is, when a line that matters can be changed unseen; a
test is missing or too weak then.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutant_table import MUTANTS, Mutant

ROOT = Path(__file__).parent.parent
_NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "data", "__pycache__", ".*_cache", ".hypothesis", "*.svg", "*.png"
)
_PASSED, _FAILED = 0, 1  # what pytest exits with


def run(folder: Path, tests: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run ``tests`` in a copy of the project, to the first that fails."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    # Compiled files are known by size and second: a mutation may change neither.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def mutated(folder: Path, mutant: Mutant) -> str:
    """Make the mutation; the file as it was."""
    file = folder / mutant.file
    before = file.read_text(encoding="utf-8")
    if before.count(mutant.old) != 1:
        raise SystemExit(f"{mutant.name}: stands {before.count(mutant.old)} times in the file")
    file.write_text(before.replace(mutant.old, mutant.new), encoding="utf-8")
    return before


def verdict(folder: Path, mutant: Mutant) -> str:
    before = mutated(folder, mutant)
    try:
        done = run(folder, mutant.tests)
    finally:
        (folder / mutant.file).write_text(before, encoding="utf-8")
    if done.returncode == _FAILED:
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return "caught by " + failed[0].split(" - ")[0].split("::")[-1] if failed else "caught"
    # Anything else, a file that cannot be imported say, proves nothing of the tests.
    return "SURVIVED" if done.returncode == _PASSED else f"BROKEN: {done.stdout[-300:]}"


def main(parts: Sequence[str]) -> int:
    chosen = [one for one in MUTANTS if not parts or any(part in one.name for part in parts)]
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(shutil.copytree(ROOT, Path(temporary) / "copy", ignore=_NOT_COPIED))
        tests = sorted({test for one in chosen for test in one.tests})
        whole = run(folder, tests)
        if whole.returncode != _PASSED:
            sys.stdout.write(whole.stdout[-3000:] + "\nThe tests fail without any mutation.\n")
            return 1
        for number, mutant in enumerate(chosen, 1):
            begun = time.monotonic()
            said = verdict(folder, mutant)
            wrong += not said.startswith("caught")
            took = time.monotonic() - begun
            sys.stdout.write(f"{number:3} {took:5.1f} s  {mutant.name}  {said}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen) - wrong} of {len(chosen)} caught\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
