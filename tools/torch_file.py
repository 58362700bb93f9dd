"""Which file of torch to install: the build for the CPU, unless CUDA is asked for.

PyPI's file of torch for Linux is a CUDA build: half a gigabyte, and gigabytes of libraries that it
cannot be loaded without. Other indexes give the CPU build. So pip is asked what it would take, and
only where that is a CUDA build is PyTorch's own index of CPU builds named.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CPU_INDEX = "https://download.pytorch.org/whl/cpu"

_GPU_BUILD = re.compile(r"(cu|rocm|xpu)\d*")  # the local part of a version: 2.13.0+cu130
_GPU_LIBRARY = re.compile(r"nvidia-|cuda-|triton|pytorch-triton")
_FETCHING = re.compile(r"\s*Downloading (?P<file>\S+\.whl)\S* \((?P<size>[\d.]+) (?P<unit>[kMG]?B)")
_UNITS = {"B": 1e-6, "kB": 1e-3, "MB": 1.0, "GB": 1e3}
_LARGEST_CPU = 300  # megabytes; a CPU build has some 200 and a CUDA build more than 400


class SetupError(Exception):
    """The environment cannot be made; one line that says what to do."""


@dataclass(frozen=True, slots=True)
class TorchFile:
    """A file of torch that pip would take."""

    name: str
    version: str
    cuda: bool
    """Whether it needs the libraries of a graphics card, which the lock leaves out."""
    address: str = ""


def judged(report: Mapping[str, Any]) -> TorchFile:
    """The file of torch in a report of ``pip install --report``, with what it is."""
    (found,) = (one for one in report["install"] if one["metadata"]["name"].lower() == "torch")
    address, about = found["download_info"]["url"], found["metadata"]
    name = urllib.parse.unquote(urllib.parse.urlparse(address).path).rsplit("/", 1)[-1]
    build = about["version"].partition("+")[2]
    needs = _needed(about.get("requires_dist", ()), report["environment"])
    cuda = bool(_GPU_BUILD.match(build)) or any(map(_GPU_LIBRARY.match, needs))
    return TorchFile(name, about["version"], cuda and build != "cpu", address)


def _needed(requirements: Iterable[str], environment: Mapping[str, str]) -> list[str]:
    """The names of what is required on this kind of machine. The file for macOS lists CUDA's
    libraries, too, with the remark that they are for Linux."""
    # Not at the top: when setting up begins, pip is not yet the one that the lock names.
    from pip._vendor.packaging.requirements import Requirement
    from pip._vendor.packaging.utils import canonicalize_name

    read = map(Requirement, requirements)
    here = {**environment, "extra": ""}
    return [canonicalize_name(r.name) for r in read if r.marker is None or r.marker.evaluate(here)]


def heavy(line: str) -> bool:
    """Whether pip says in this line that it fetches what can only be a CUDA build."""
    said = _FETCHING.match(line)
    if said is None or "+cpu" in urllib.parse.unquote(said["file"]):
        return False
    return float(said["size"]) * _UNITS[said["unit"]] > _LARGEST_CPU


def looked_up(requirements: Path, options: Sequence[str] = ()) -> TorchFile:
    """What pip would take for torch, found without fetching it. Raises SetupError.

    ``fast-deps``: of an index that serves no metadata, only the few kilobytes of the file that hold
    it are read. Where even that cannot be done pip begins to fetch the file, and is stopped when
    it is too large for a CPU build.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        command = [
            sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps",
            "--use-feature=fast-deps", "--progress-bar=off", "--report", str(file),
            "-r", str(requirements), *options,
        ]  # fmt: skip
        said: list[str] = []
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as pip:
            assert pip.stdout
            for line in pip.stdout:
                said.append(line)
                if heavy(line):
                    pip.terminate()
                    return TorchFile(line.split()[1].rsplit("/", 1)[-1], "", cuda=True)
        if pip.returncode:
            where = f" at {options[-1]}" if options else ""
            raise SetupError(
                f"pip finds no torch{where}: {_reason(said)} (make setup-run needs none)"
            )
        return judged(json.loads(file.read_text(encoding="utf-8")))


def _reason(said: Sequence[str]) -> str:
    errors = [line.removeprefix("ERROR:") for line in said if line.startswith("ERROR:")]
    return " ".join((errors or ["no reason given"])[-1].split())


def chosen(requirements: Path, cuda: bool) -> tuple[TorchFile, tuple[str, ...]]:
    """The file to install, and the options that make pip take it. Raises SetupError."""
    usual = looked_up(requirements)
    if cuda or not usual.cuda:
        return usual, ()
    options = ("--index-url", CPU_INDEX)
    found = looked_up(requirements, options)
    if found.cuda:
        raise SetupError(
            f"{CPU_INDEX} gives {found.name}, which is a CUDA build; "
            "for that one, run: make setup TORCH=cuda"
        )
    return found, options


def installed() -> TorchFile | None:
    """The torch that this interpreter can import, or None."""
    code = "import torch; print(torch.__version__, torch.version.cuda or torch.version.hip)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if done.returncode:
        return None
    version, library = done.stdout.split()[-2:]
    return TorchFile("", version, library != "None")
