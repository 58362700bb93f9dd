"""Remakes requirements.lock and requirements-run.lock: `make lock`, or `make lock UPGRADE=1`.

Versions stay as they are locked; only what pyproject.toml asks for anew is looked up, unless
everything is to be upgraded. Each version comes with the hashes of all its files as the package
index lists them, so that the locks hold on any machine and whoever makes them gets the same.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pip._internal.models.index import PyPI
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import (
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from pip._vendor.packaging.version import Version

from tools.setup_env import LOCKS, ROOT, TORCH
from tools.torch_file import SetupError, chosen

INSTALLERS = ("pip", "setuptools")
"""What installs the rest, and builds pullquote: locked like all that is installed."""

NOT_FOR_RUNNING = frozenset({"sentence-transformers", "torch"})
"""What pyproject.toml asks for that the default models do without. The package of their weights
asks for sentence-transformers, too, and is read without it."""

_HEADERS = {
    "full": """\
# Everything that `make setup` installs, at the versions that the tests ran with, except torch,
# which has a file of its own (requirements-torch.lock says why). Made by: make lock
""",
    "run": """\
# What `make setup-run` installs: enough to build, ask, chat and run the Telegram bot with the
# default models. The same versions as in requirements.lock, without torch, what stands on it, and
# the tools of the tests. Made by: make lock
""",
}
_SIMPLE = "application/vnd.pypi.simple.v1+json"

Metadata = Mapping[str, Any]


def resolved(kept: Sequence[str]) -> tuple[Mapping[str, Metadata], Mapping[str, str]]:
    """The metadata of all that a full environment holds, by name, and what markers are weighed
    against. ``kept``: lines "name==version" to keep to."""
    torch, _ = chosen(TORCH, cuda=False)
    with tempfile.TemporaryDirectory() as folder:
        report, held = Path(folder) / "report.json", Path(folder) / "kept.txt"
        held.write_text("\n".join(kept), encoding="utf-8")
        command = [
            sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet",
            "--use-feature=fast-deps", "--no-build-isolation", "--report", str(report),
            "--constraint", str(held), f"torch @ {torch.address}", f"{ROOT}[dev]", *INSTALLERS,
        ]  # fmt: skip
        if subprocess.run(command).returncode:
            raise SetupError("pip finds no set of versions (its reason stands above).")
        read = json.loads(report.read_text(encoding="utf-8"))
    about = [one["metadata"] for one in read["install"]]
    found: dict[str, Metadata] = {canonicalize_name(one["name"]): one for one in about}
    return found, read["environment"]


def closure(
    roots: Iterable[str],
    packages: Mapping[str, Metadata],
    environment: Mapping[str, str],
    without: frozenset[str] = frozenset(),
) -> set[str]:
    """The names of ``roots`` and of all that they require, past ``without``."""
    todo, seen = [Requirement(root) for root in roots], set[tuple[str, str]]()
    while todo:
        wanted = todo.pop()
        name = canonicalize_name(wanted.name)
        for extra in {"", *wanted.extras}:
            if name in without or (name, extra) in seen:
                continue
            seen.add((name, extra))
            needs = map(Requirement, packages[name].get("requires_dist", ()))
            here = {**environment, "extra": extra}
            todo += [n for n in needs if n.marker is None or n.marker.evaluate(here)]
    return {name for name, _ in seen}


def index_address() -> str:
    """The package index that pip is set up with."""
    named = os.environ.get("PIP_INDEX_URL", "")
    if not named:
        command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
        named = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    return (named or PyPI.simple_url).rstrip("/")


def hashes(page: Mapping[str, Any], version: str) -> list[str]:
    """The SHA-256 of each file of ``version`` on a project's page of the index."""
    files = page["files"]
    return sorted(f["hashes"]["sha256"] for f in files if _version(f["filename"]) == version)


def _version(file: str) -> str:
    """The version that a file's name tells; "" for the names of files that pip installs no more."""
    try:
        if file.endswith(".whl"):
            return str(parse_wheel_filename(file)[1])
        return str(parse_sdist_filename(file)[1])
    except ValueError:  # each kind of fault of a name has a class of its own below it
        return ""


def entry(about: Metadata) -> str:
    """The lines of one package."""
    name, version = about["name"], about["version"]
    address = f"{index_address()}/{canonicalize_name(name)}/"
    with urllib.request.urlopen(
        urllib.request.Request(address, headers={"Accept": _SIMPLE}), timeout=60
    ) as answer:
        found = hashes(json.load(answer), str(Version(version)))
    if not found:
        raise SetupError(f"{address} lists no file of {name} {version}.")
    return " \\\n".join([f"{name}=={version}", *(f"    --hash=sha256:{one}" for one in found)])


def write(kind: str, names: Iterable[str], entries: Mapping[str, str]) -> None:
    ordered = [entries[name] for name in sorted(names)]
    LOCKS[kind].write_text(_HEADERS[kind] + "\n".join(ordered) + "\n", encoding="utf-8")
    print(f"{LOCKS[kind].name}: {len(ordered)} packages")


def locked(lock: Path) -> list[str]:
    """The lines "name==version" of a lock."""
    lines = lock.read_text(encoding="utf-8").splitlines() if lock.exists() else []
    return [line.split(" ")[0] for line in lines if "==" in line]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.locks", description=__doc__)
    parser.add_argument("--upgrade", action="store_true")
    given = parser.parse_args(arguments)
    try:
        packages, environment = resolved([] if given.upgrade else locked(LOCKS["full"]))
        roots = ["pullquote[dev]", *INSTALLERS]
        full = closure(roots, packages, environment) - {"pullquote", "torch"}
        run = closure(["pullquote", *INSTALLERS], packages, environment, NOT_FOR_RUNNING)
        with ThreadPoolExecutor(4) as pool:
            found = pool.map(entry, [packages[name] for name in full])
            entries = dict(zip(full, found, strict=True))
        write("full", full, entries)
        write("run", run - {"pullquote"}, entries)
    except SetupError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
