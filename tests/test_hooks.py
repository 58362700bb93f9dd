"""The commit hooks run what `make check` runs, and fetch nothing."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_hooks_are_make_check() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.search(r"^check:.*\n((?:\t.+\n)+)", makefile, re.MULTILINE)
    assert found
    checks = [line.strip().replace("$(BIN)", ".venv/bin") for line in found[1].splitlines()]
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^ +entry: (.+)$", hooks, re.MULTILINE) == checks
    assert re.findall(r"repo: (.+)$", hooks, re.MULTILINE) == ["local"]
    assert set(re.findall(r"language: (.+)$", hooks, re.MULTILINE)) == {"system"}
