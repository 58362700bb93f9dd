"""Every command does with the packages of `make setup-run` alone."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.telegram.fake_bot_api import TOKEN, FakeBotApi

QUESTION = "Who is the spokesman of the NRF?"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SEEDS.parent)}


def slim(*words: str | Path, cwd: Path, stdin: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.slim", *map(str, words)], cwd=cwd, env=ENVIRONMENT,
        input=stdin, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an index was built without torch, and without what stands on it."""
    folder = tmp_path_factory.mktemp("slim")
    slim("--index", "ix", "index", "build", SEEDS, cwd=folder)
    return folder


def test_it_asks_with_both_models(folder: Path) -> None:
    reply = json.loads(slim("--index", "ix", "ask", QUESTION, "--json", cwd=folder))
    assert (reply["mode"], reply["status"], reply["reason"]) == ("hybrid", "answered", None)
    assert "Dashti" in reply["claims"][0]["text"]


def test_it_reads_pages_and_feeds(folder: Path) -> None:
    (folder / "page.html").write_text("<title>News</title><p>" + "The bridge was opened. " * 30)
    item = (
        "<item><title>Sport</title><description>The cup was won by Zanzibar.</description></item>"
    )
    (folder / "feed.rss").write_text(f"<rss version='2.0'><channel>{item}</channel></rss>")
    said = slim("--index", "more", "index", "build", "page.html", "feed.rss", cwd=folder)
    assert "2 articles" in said


def test_it_chats(folder: Path) -> None:
    said = slim("--index", "ix", "chat", cwd=folder, stdin=f"{QUESTION}\n/quit\n")
    assert "Dashti" in said


def test_doctor_misses_nothing_that_is_needed(folder: Path) -> None:
    said = slim("--index", "ix", "doctor", cwd=folder)
    assert "torch: not installed: sentence-transformers, torch; only" in said


def test_the_bot_answers(folder: Path) -> None:
    async def tell() -> str:
        api = FakeBotApi()
        (folder / "bot.toml").write_text(f'[telegram]\nbase_url = "{await api.start()}"\n')
        words = ("--config", "bot.toml", "--index", "ix", "telegram")
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.slim", *words, cwd=folder,
            env=ENVIRONMENT | {"PULLQUOTE_TELEGRAM_TOKEN": TOKEN},
        )  # fmt: skip
        try:
            await api.say(QUESTION)
            (message,) = await api.wait_for_messages(1, 60)
        finally:
            if bot.returncode is None:
                bot.terminate()
            await api.stop()
            await bot.wait()
        return str(message["text"])

    assert "Dashti" in asyncio.run(tell())
