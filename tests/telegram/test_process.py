"""`pullquote telegram` as an operator runs it: a process, an environment, signals, a webhook."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli import app
from bot.config import Settings
from bot.redaction import guard_logs
from tests.telegram.fake_bot_api import TOKEN, FakeBotApi
from tests.telegram.fake_markup import Refused
from tests.telegram.running import drive

ROOT = Path(__file__).parents[2]
SPOKESMAN = "Who is the spokesman of the NRF?"
SECRET = "a-secret-of-the-webhook"


@asynccontextmanager
async def process(
    index: Path, folder: Path, token: str = TOKEN, more: str = "", **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The command, with what it says in one stream; killed at the end if it still runs."""
    config = folder / "bot.toml"
    config.write_text(f'[telegram]\nstate = "s.sqlite"\n{more}\n[encoder]\nmodel = "nobody/none"\n')
    variables = {"PULLQUOTE_TELEGRAM_TOKEN": token, "PYTHONPATH": str(ROOT), **environment}
    found = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from bot.cli import main; main()",
        "telegram", "--config", str(config), "--index", str(index),
        env={**os.environ, **variables},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield found
    finally:
        if found.returncode is None:
            found.kill()
            await found.communicate()


def test_it_polls_answers_and_stops_when_asked(shared_index: Path, tmp_path: Path) -> None:
    async def tell() -> tuple[int, str]:
        api = FakeBotApi()
        base_url = f'base_url = "{await api.start()}"'
        try:
            async with process(shared_index, tmp_path, more=base_url) as bot:
                await api.say("nrf spokesman fahim dashti")
                (message,) = await api.wait_for_messages(1, 120)
                assert "Fahim Dashti" in message["text"]
                process_files = Path("/proc", str(bot.pid))  # Linux shows a process to everybody
                for name in ("cmdline", "comm", "status") if process_files.exists() else ():
                    assert TOKEN not in (process_files / name).read_text()
                bot.send_signal(signal.SIGTERM)
                said, _ = await asyncio.wait_for(bot.communicate(), 60)
        finally:
            await api.stop()
        return bot.returncode or 0, said.decode()

    status, said = asyncio.run(tell())
    assert status == 0 and TOKEN not in said and "Traceback" not in said


def test_a_second_poller_is_one_line_and_the_bot_goes_on(
    shared_index: Path, tmp_path: Path
) -> None:
    async def tell() -> str:
        api = FakeBotApi()
        address = await api.start()
        async with process(shared_index, tmp_path, more=f'base_url = "{address}"') as bot:
            await api.until(lambda: api._poll, "polling", 120)
            async with ClientSession() as session:
                for _ in range(2):
                    async with session.post(f"{address}{TOKEN}/getUpdates") as other:
                        assert other.status == 200
                    await asyncio.sleep(0.5)
            await api.say(SPOKESMAN)
            await api.until(lambda: api.messages, "answer", 120)
            bot.send_signal(signal.SIGTERM)
            said, _ = await asyncio.wait_for(bot.communicate(), 60)
        await api.stop()
        return said.decode()

    said = asyncio.run(tell())
    assert "Another process polls with this bot's token" in said
    assert "Traceback" not in said and TOKEN not in said


def test_doctor_does_not_say_the_token(shared_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_TELEGRAM_TOKEN", TOKEN)
    shown = CliRunner().invoke(app, ["doctor", "--json", "--index", str(shared_index)])
    assert "PULLQUOTE_TELEGRAM_TOKEN is set" in shown.output and TOKEN not in shown.output


def test_a_kill_in_the_middle_of_an_answer_loses_and_doubles_nothing(
    shared_index: Path, tmp_path: Path
) -> None:
    """Two questions answered, then kill -9 while the third waits for Telegram's server."""

    async def tell() -> None:
        api = FakeBotApi()
        base_url = f'base_url = "{await api.start()}"'
        async with process(shared_index, tmp_path, more=base_url) as bot:
            for chat in (8, 9):
                await api.say(SPOKESMAN, chat=chat)
            await api.until(lambda: len(api.messages) == 2, "answers", 120)
            api.refuse_next["sendMessage"] = [Refused(500, "Internal Server Error")] * 4
            await api.say(SPOKESMAN, chat=7)
            await api.until(lambda: len(api.refuse_next["sendMessage"]) < 4, "a try", 30)
            bot.kill()
            await bot.communicate()
        api.refuse_next.clear()
        async with process(shared_index, tmp_path, more=base_url) as bot:
            await api.until(lambda: len(api.messages) == 3, "the third answer", 120)
            await asyncio.sleep(1)
            assert sorted(chat for chat, _ in api.messages) == [7, 8, 9]
        await api.stop()

    asyncio.run(tell())


def test_a_webhook_with_its_secret_and_its_health(shared_index: Path, tmp_path: Path) -> None:
    async def tell() -> str:
        api = FakeBotApi()
        port, health = _free_port(), _free_port()
        more = (
            f'base_url = "{await api.start()}"\nwebhook_url = "https://bot.example.org/hook"\n'
            f"webhook_port = {port}\nmonitor_port = {health}"
        )
        address = f"http://127.0.0.1:{port}/hook"
        environment = {"PULLQUOTE_TELEGRAM_WEBHOOK_SECRET": SECRET}
        async with process(shared_index, tmp_path, more=more, **environment) as bot:
            await api.until(lambda: api.webhook, "webhook", 120)
            assert api.webhook["url"] == "https://bot.example.org/hook"
            await _healthy(health)
            await api.say(SPOKESMAN)
            for wrong in ("", "another"):
                header = {"X-Telegram-Bot-Api-Secret-Token": wrong}
                assert await api.call_webhook(address, **header) == 403
            assert await api.call_webhook(address) == 200
            await api.until(lambda: api.messages, "answer")
            bot.send_signal(signal.SIGTERM)
            said, _ = await asyncio.wait_for(bot.communicate(), 60)
        await api.stop()
        assert bot.returncode == 0
        return said.decode()

    said = asyncio.run(tell())
    assert SECRET not in said and TOKEN not in said


async def _healthy(port: int) -> None:
    async with ClientSession() as session, asyncio.timeout(60):
        while True:
            async with session.get(f"http://127.0.0.1:{port}/health") as page:
                if page.status == 200:
                    return
            await asyncio.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


HOOK = 'webhook_url = "https://x.org/hook"\nmonitor_port = 9'


@pytest.mark.parametrize(
    ("token", "more", "message"),
    [
        (TOKEN + "x", "", "Telegram refused the bot token"),
        (TOKEN, 'base_url = "http://127.0.0.1:9/bot"', "The Bot API cannot be used"),
        (TOKEN, HOOK, "A webhook needs a secret: set PULLQUOTE_TELEGRAM_WEBHOOK_SECRET"),
    ],
)
def test_a_mistake_is_one_line(
    shared_index: Path, tmp_path: Path, token: str, more: str, message: str
) -> None:
    async def tell() -> tuple[int, str]:
        api = FakeBotApi()
        served = await api.start()
        chosen = more if "base_url" in more else f'base_url = "{served}"\n{more}'
        async with process(shared_index, tmp_path, token, chosen) as bot:
            said, _ = await asyncio.wait_for(bot.communicate(), 120)
        await api.stop()
        return bot.returncode or 0, said.decode()

    status, said = asyncio.run(tell())
    assert status == 1 and "Traceback" not in said and token not in said
    assert said.splitlines()[-1].startswith(f"error: {message}")


def test_the_token_is_in_no_log(plain: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG, with the HTTP client's and the library's own loggers on."""
    factory = logging.getLogRecordFactory()
    guard_logs(SecretStr(TOKEN))

    async def story(api: FakeBotApi) -> None:
        api.refuse_next["sendMessage"] = [Refused(403, "Forbidden: blocked")]
        await api.say("nrf spokesman fahim dashti")
        await api.upload("a.txt", b"text", user=9)
        await api.say("nrf spokesman fahim dashti", chat=8)
        await api.inline("nrf spokesman fahim dashti")
        await api.wait_for_messages(2)
        await api.wait_for("answerInlineQuery", 1)
        await api.press("More", api.last(8))
        await api.wait_for("editMessageText", 1)

    try:
        with caplog.at_level(logging.DEBUG):
            drive(plain, story)
    finally:
        logging.setLogRecordFactory(factory)
    assert TOKEN not in caplog.text
    assert "/bot[token]/" in caplog.text  # the libraries did write the address
