"""A file is replaced in one step, once what it holds is on the disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index import durable


def test_content_first_then_the_name_then_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, seen = tmp_path / "CURRENT", list[tuple[str, str, str]]()
    file.write_text("old")
    sync, replace = os.fsync, os.replace

    def note(step: str, at: str) -> None:
        seen.append((step, Path(at).name, file.read_text(encoding="utf-8")))

    def noted_sync(handle: int) -> None:
        names = {path.stat().st_ino: path for path in [tmp_path, *tmp_path.iterdir()]}
        note("synced", str(names[os.fstat(handle).st_ino]))
        sync(handle)

    def noted_replace(source: Path, target: Path) -> None:
        note("replaced", str(target))
        assert source.read_text(encoding="utf-8") == "new"
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_replace)
    durable.replace_text(file, "new")
    assert seen == [
        ("synced", "CURRENT.new", "old"),
        ("replaced", "CURRENT", "old"),
        ("synced", tmp_path.name, "new"),
    ]
    assert file.read_text(encoding="utf-8") == "new" and os.listdir(tmp_path) == ["CURRENT"]
