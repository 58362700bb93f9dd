"""The build of torch that is taken, from what pip says it would take."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
import time
import venv
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.stub_wheels import folder_index, only, stub_torch
from tools import setup_env, torch_file
from tools.torch_file import CPU_INDEX, SetupError, TorchFile, chosen, heavy, judged, looked_up

ROOT = Path(__file__).parents[2]
REPORTS = Path(__file__).parent / "reports"
CUDA = "nvidia-cudnn-cu13==9.20.0.48"


def report(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REPORTS / f"{name}.json").read_text())
    return found


@pytest.mark.parametrize(
    ("name", "cuda"),
    [
        ("local-cpu", False),
        ("linux-x86_64", True),
        ("linux-aarch64", True),
        ("macos-arm64", False),  # it lists CUDA's libraries, for Linux
        ("windows-amd64", False),
    ],
)
def test_a_report_tells_the_build(name: str, cuda: bool) -> None:
    found = judged(report(name))
    assert found.cuda is cuda and found.name.startswith("torch-2.13.0")
    assert found.version == ("2.13.0+cpu" if name == "local-cpu" else "2.13.0")


@pytest.mark.parametrize(
    ("version", "cuda"), [("2.13.0+cu130", True), ("2.13.0+rocm7.1", True), ("2.13.0+cpu", False)]
)
def test_the_version_tells_the_build_when_nothing_else_does(version: str, cuda: bool) -> None:
    told = report("local-cpu")
    told["install"][0]["metadata"]["version"] = version
    assert judged(told).cuda is cuda


@pytest.mark.parametrize(
    ("line", "much"),
    [
        ("  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl (526.6 MB)", True),
        ("  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_aarch64.whl (427.2 MB)", True),
        ("  Downloading torch-2.13.0%2Bcpu-cp311-cp311-linux_x86_64.whl (526.6 MB)", False),
        ("Downloading torch-2.13.0-cp311-none-macosx_14_0_arm64.whl (111.2 MB)", False),
        ("  Downloading torch-2.13.0-cp311-cp311-linux_x86_64.whl.metadata (29 kB)", False),
        ("  Obtaining dependency information from torch 2.13.0", False),
    ],
)
def test_a_file_too_large_for_the_cpu_is_known_before_it_is_fetched(line: str, much: bool) -> None:
    assert heavy(line) is much


@pytest.mark.parametrize("cuda", [False, True])
@pytest.mark.parametrize("name", ["local-cpu", "linux-x86_64", "macos-arm64"])
def test_the_second_index_is_named_only_for_a_cuda_build(
    name: str, cuda: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def look(requirements: Path, options: tuple[str, ...] = ()) -> TorchFile:
        asked.append(options)
        return judged(report("local-cpu" if options else name))

    monkeypatch.setattr(torch_file, "looked_up", look)
    found, options = chosen(Path("requirements-torch.lock"), cuda)
    if name == "linux-x86_64" and not cuda:
        assert asked == [(), ("--index-url", CPU_INDEX)] and options == asked[1]
        assert found.version == "2.13.0+cpu"
    else:
        assert asked == [()] and options == () and found == judged(report(name))


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    lock = tmp_path / "torch.lock"
    lock.write_text("torch==2.13.0\n")
    return lock


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that is all that pip knows."""
    folder = tmp_path / "usual"
    folder.mkdir()
    for name, value in only(folder).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", folder_index(folder, tmp_path / "usual-index"))
    return folder


def test_pip_is_asked_and_a_cuda_build_passed_over(
    usual: Path, lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub_torch(usual, "raise OSError('libcudart.so.13')", requires=CUDA)
    monkeypatch.setenv("PIP_INDEX_URL", folder_index(usual, tmp_path / "usual-index"))
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    cpu = tmp_path / "cpu"
    stub_torch(cpu, "", version="2.13.0+cpu")
    monkeypatch.setattr(torch_file, "CPU_INDEX", folder_index(cpu, tmp_path / "cpu-index"))
    assert looked_up(lock).cuda
    found, options = chosen(lock, cuda=False)
    assert (found.version, found.cuda) == ("2.13.0+cpu", False) and options[0] == "--index-url"
    found, options = chosen(lock, cuda=True)
    assert (found.version, found.cuda, options) == ("2.13.0", True, ())


class _Plain(BaseHTTPRequestHandler):
    """An index that tells no metadata, and serves files from their beginning only."""

    sent: ClassVar[list[int]] = []

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        wheel = self.path.endswith(".whl")
        self.send_header("Content-Length", str(526_600_000 if wheel else len(PAGE)))
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()
        if not self.path.endswith(".whl"):
            self.wfile.write(PAGE)
            return
        with contextlib.suppress(OSError):  # who asked has gone
            for _ in range(5000):
                self.sent.append(self.wfile.write(bytes(10_000)))
                time.sleep(0.01)

    def log_message(self, *of: object) -> None:
        """Nothing."""


PAGE = b"<!DOCTYPE html><a href='/torch-2.13.0-py3-none-any.whl'>torch-2.13.0-py3-none-any.whl</a>"


def test_no_index_makes_it_fetch_a_cuda_build(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Plain) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, value in only(Path("nowhere")).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS"):
            monkeypatch.delenv(name)
        assert looked_up(lock) == TorchFile("torch-2.13.0-py3-none-any.whl", "", cuda=True)
        server.shutdown()
    assert sum(_Plain.sent) < 30_000_000


def test_what_cannot_be_had_is_said_in_one_line(
    usual: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(
        SetupError, match=r"^pip finds no torch: .*No matching distribution"
    ) as said:
        chosen(lock, cuda=False)
    assert "\n" not in str(said.value)
    stub_torch(usual, "", requires=CUDA)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(SetupError, match=r"gives torch-2\.13\.0.*TORCH=cuda"):
        chosen(lock, cuda=False)


def test_setting_up_takes_the_file_and_takes_a_broken_one_again(tmp_path: Path) -> None:
    """In an environment of its own, with a folder of wheels for an index."""
    wheels, place = tmp_path / "wheels", tmp_path / "venv"
    version = "class version: cuda = hip = None"
    stub_torch(wheels, "raise OSError('libcudart.so.13: cannot open shared object file')")
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"

    def set_up() -> str:
        code = "from tools.setup_env import install_torch; install_torch('', '2 of 3')"
        return subprocess.run(
            [python, "-c", code], cwd=ROOT, env=only(wheels), check=True, capture_output=True,
            text=True,
        ).stdout  # fmt: skip

    assert "2 of 3: torch-2.13.0-py3-none-any.whl, the CPU build" in set_up()
    assert (
        b"libcudart" in subprocess.run([python, "-c", "import torch"], capture_output=True).stderr
    )
    stub_torch(wheels, f"__version__ = '2.13.0'\n{version}\n")
    assert "Successfully installed torch-2.13.0" in set_up()
    assert "2 of 3: torch 2.13.0 is here already" in set_up()


@pytest.mark.parametrize(
    ("there", "wanted", "kept"),
    [
        (None, "", False),
        (TorchFile("", "2.13.0+cpu", False), "", True),
        (TorchFile("", "2.13.0+cu130", True), "", True),  # asked for once, and kept
        (TorchFile("", "2.12.0+cpu", False), "", False),
        (TorchFile("", "2.13.0+cpu", False), "cpu", True),
        (TorchFile("", "2.13.0+cpu", False), "cuda", False),
        (TorchFile("", "2.13.0+cu130", True), "cpu", False),
    ],
)
def test_a_torch_that_works_is_kept_unless_another_is_asked_for(
    there: TorchFile | None, wanted: str, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = judged(report("linux-x86_64" if wanted == "cuda" else "local-cpu"))
    options = () if wanted == "cuda" else ("--index-url", CPU_INDEX)
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(setup_env, "installed", lambda: there)
    monkeypatch.setattr(setup_env, "chosen", lambda lock, cuda: (taken, options))
    monkeypatch.setattr(setup_env, "pip", lambda *given: commands.append(tuple(map(str, given))))
    setup_env.install_torch(wanted, "2 of 3")
    lock = ("-r", str(setup_env.TORCH))
    forced = ("--force-reinstall", "--no-deps", *lock, *options)
    # CUDA's libraries come with it: the lock leaves them out.
    assert commands == ([] if kept else [forced, lock] if wanted == "cuda" else [forced])
