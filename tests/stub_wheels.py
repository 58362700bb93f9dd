"""Wheels made by hand, and a folder of them installed as pip installs anything."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path


def stub_torch(folder: Path, code: str, version: str = "2.13.0", requires: str = "") -> Path:
    """A wheel of torch whose import runs ``code``, in ``folder``."""
    folder.mkdir(exist_ok=True)
    wheel = folder / f"torch-{version}-py3-none-any.whl"
    about = f"torch-{version}.dist-info"
    needed = f"Requires-Dist: {requires}\n" if requires else ""
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("torch/__init__.py", code)
        archive.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: torch\nVersion: {version}\n{needed}"
        )
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    return wheel


def only(folder: Path) -> dict[str, str]:
    """The environment in which pip knows the wheels of ``folder`` and nothing else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return kept | {
        "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }  # fmt: skip


def install(folder: Path, target: Path, *requirements: str) -> None:
    """Install from the wheels of ``folder`` to ``target``, without what they require."""
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps",
         "--target", str(target), *requirements],
        env=only(folder), check=True, capture_output=True,
    )  # fmt: skip


def folder_index(wheels: Path, folder: Path) -> str:
    """The address of an index in ``folder`` that lists the wheels of torch."""
    page = folder / "torch" / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    links = (f'<a href="{wheel.as_uri()}">{wheel.name}</a>' for wheel in wheels.glob("*.whl"))
    page.write_text("<!DOCTYPE html>" + "\n".join(links))
    return folder.as_uri()
