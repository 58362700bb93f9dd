"""Nothing leaves the machine, and nothing is written but index, cache and state.

Each command runs as people run it, without the CI variable that keeps some libraries quiet, in a
process that the kernel ends at its first socket.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.confined import SUPPORTED
from tests.conftest import SEEDS
from tests.telegram.fake_bot_api import TOKEN, FakeBotApi

pytestmark = pytest.mark.skipif(not SUPPORTED, reason="needs Linux's seccomp")

ROOT = Path(__file__).parents[2]
REPORTED_AFTER = 12  # seconds; onnxruntime's first report went out after nine
KILLED = -signal.SIGSYS if SUPPORTED else 0
QUESTION = "Who is the spokesman of the NRF?"


class Home:
    """A person's folders, empty but for what pullquote may write."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.home, self.index, self._cache = folder / "home", folder / "index", cache
        self.config = folder / "config.toml"
        for made in (self.home, self.home / "tmp"):
            made.mkdir()
        self.config.write_text("")

    def command(self, *words: str, sockets: str = "none") -> list[str]:
        options = ("--config", str(self.config), "--index", str(self.index))
        return [sys.executable, "-m", "tests.confined", sockets, "bot.cli", *options, *words]

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in ("CI", "XDG_CACHE_HOME")}
        own = {"HOME": str(self.home), "TMPDIR": str(self.home / "tmp"), "PYTHONPATH": str(ROOT)}
        return kept | own | {"PULLQUOTE_CACHE": str(self._cache), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, *words: str, asked: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words), env=self.environment, cwd=self.home, input=asked,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def left(self) -> list[str]:
        """What was written where nothing should be."""
        return [str(p.relative_to(self.home)) for p in self.home.rglob("*") if p.is_file()]


@pytest.fixture
def home(tmp_path: Path, cache: Path) -> Home:
    return Home(tmp_path, cache)


@pytest.mark.parametrize("sockets", ["none", "tcp"])
def test_the_guard_ends_a_process_that_looks_up_a_name(home: Home, sockets: str) -> None:
    (home.home / "look_up.py").write_text("import socket\nsocket.gethostbyname('example.org')\n")
    command = [sys.executable, "-m", "tests.confined", sockets, "look_up"]
    environment = home.environment | {"PYTHONPATH": f"{ROOT}:{home.home}"}
    assert subprocess.run(command, env=environment, cwd=home.home).returncode == KILLED


def test_build_ask_and_doctor_open_no_socket(home: Home) -> None:
    for words in (("index", "build", str(SEEDS)), ("ask", QUESTION), ("doctor",)):
        done = home.run(*words)
        assert done.returncode == 0, done.stderr
    assert home.left() == []


@pytest.mark.parametrize(
    "settings",
    [
        '[encoder]\nruntime = "fp32"\n[reader]\nruntime = "fp32"',
        '[encoder]\nmodel = "nobody/none"\n[reader]\nmodel = "nobody/none"',
    ],
)
def test_neither_torch_nor_a_model_of_the_hub_opens_one(
    home: Home, seed_index: Path, settings: str
) -> None:
    home.index = seed_index
    home.config.write_text(settings)
    done = home.run("ask", QUESTION)
    assert done.returncode == 0 and "Dashti" in done.stdout, done.stderr
    assert home.left() == []


def test_a_chat_that_stays_open_reports_to_nobody(home: Home, seed_index: Path) -> None:
    home.index = seed_index
    with subprocess.Popen(
        home.command("chat"), env=home.environment, cwd=home.home, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as chat:  # fmt: skip
        assert chat.stdin and chat.stdout
        chat.stdin.write(f"{QUESTION}\n")
        chat.stdin.flush()
        time.sleep(REPORTED_AFTER)
        said, _ = chat.communicate("/quit\n")
    assert chat.returncode == 0 and "Dashti" in said
    assert home.left() == []


def test_the_bot_calls_the_bot_api_and_nobody_else(home: Home, seed_index: Path) -> None:
    home.index = seed_index

    async def tell() -> int:
        api = FakeBotApi()
        state = home.home.parent / "state.sqlite"
        home.config.write_text(f'[telegram]\nbase_url = "{await api.start()}"\nstate = "{state}"\n')
        bot = await asyncio.create_subprocess_exec(
            *home.command("telegram", sockets="tcp"), cwd=home.home,
            env=home.environment | {"PULLQUOTE_TELEGRAM_TOKEN": TOKEN},
        )  # fmt: skip
        await api.say(QUESTION)
        (message,) = await api.wait_for_messages(1)
        assert "Dashti" in message["text"]
        await asyncio.sleep(REPORTED_AFTER)
        if bot.returncode is None:
            bot.terminate()
        await api.stop()
        return await bot.wait()

    assert asyncio.run(tell()) == 0
    assert home.left() == []
