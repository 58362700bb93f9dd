"""A builder who may not read all: root runs `tests.index.sources.another_user FOLDER MODE`.

It builds an archive in FOLDER, becomes nobody, takes away its own rights to a file and, by MODE, to
a sub-folder, builds again, and prints how many articles there are, were kept, and were skipped.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from index.build import build
from index.folder.folder_store import FolderStore
from tests.word_encoder import WordEncoder

NOBODY = 65534


def main(root: Path, mode: int) -> None:
    source, store = root / "in", FolderStore(root / "ix")
    (source / "sub").mkdir(parents=True)
    for name in ("a", "sub/b", "sub/c", "sub/d"):
        (source / f"{name}.txt").write_text(f"News of {name} alone.")
    build([source], store, WordEncoder)  # as root, who may read the libraries that this loads
    for path in (root, *root.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    (source / "a.txt").chmod(0)
    (source / "sub").chmod(mode)
    report = build([source], store, WordEncoder)
    sys.stdout.write(f"{report.articles} {report.kept.total()} {len(report.skipped)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
