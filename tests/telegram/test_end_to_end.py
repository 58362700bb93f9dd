"""The real client library against the strict fake server, over a real socket."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.secrets import guard_logs
from tests.telegram.fake_bot_api import TOKEN, FakeBotApi, Refused, parse_html

ROOT = Path(__file__).parents[2]


@pytest.fixture
def plain(seed_index: Path, tmp_path: Path) -> Settings:
    """A bot without a model, which is quick to start."""
    return settings_for(seed_index, tmp_path)


@pytest.fixture
def real(seed_index: Path, tmp_path: Path) -> Settings:
    """A bot with the model."""
    return settings_for(seed_index, tmp_path, "all-MiniLM-L6-v2")


def test_who_leads_the_nrf(seed_index: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("who leads the NRF?")
        (message,) = await api.wait_for_messages(1)
        assert message["parse_mode"] == "HTML" and int(message["chat_id"]) == 7
        shown = parse_html(message["text"])
        assert shown.startswith("The articles don't say so outright.")
        assert (
            "Massoud claimed in a Facebook post that if the Taliban stopped attacking, the "
            "National Resistance Front of Afghanistan (NRF), which includes former Afghan security "
            "forces and local militias, would be willing to stop fighting."
        ) in shown
        assert "— Panjshir opposition calls for a truce" in shown
        assert [method for method, _ in api.calls][-2:] == ["sendChatAction", "sendMessage"]

    drive(_settings(seed_index), story)


def test_answers_come_once_each_and_bad_questions_are_explained(seed_index: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("/start")
        await api.say("How many people live in Panjshir?", chat=8)
        await api.say("?!", chat=9)
        await api.say("x" * 4000, chat=10)
        messages = await api.wait_for_messages(4)
        await asyncio.sleep(0.2)
        assert len(api.sent) == 4
        said = {int(m["chat_id"]): m["text"] for m in messages}
        assert "who leads the NRF?" in said[7]
        assert "<blockquote>Between 150,000 and 200,000 people live in Panjshir" in said[8]
        assert "holds no words" in said[9] and "4,000 characters" in said[10]

    drive(_settings(seed_index), story)


def test_without_the_model_the_message_says_so(seed_index: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("nrf spokesman")
        (message,) = await api.wait_for_messages(1)
        assert "<i>Keyword search only: The embedding model" in message["text"]

    drive(_settings(seed_index, "nobody/no-such-model"), story)


def test_groups_are_left_alone(seed_index: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("who leads the NRF?", chat=-5, kind="group")
        await api.say("?!", chat=7)
        (message,) = await api.wait_for_messages(1)
        assert int(message["chat_id"]) == 7

    drive(_settings(seed_index, "nobody/no-such-model"), story)


def test_a_refusal_does_not_stop_the_bot(seed_index: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        api.refuse_next = {
            "sendChatAction": [Refused(400, "Bad Request: not enough rights")],
            "sendMessage": [Refused(400, "Bad Request: chat not found")],
        }
        await api.say("nrf spokesman")
        async with asyncio.timeout(60):
            while api.refuse_next["sendMessage"]:
                await asyncio.sleep(0.01)
        await api.say("nrf spokesman", chat=8)
        messages = await api.wait_for_messages(1)
        assert int(messages[0]["chat_id"]) == 8

    drive(_settings(seed_index, "nobody/no-such-model"), story)


def test_the_token_is_in_no_log(seed_index: Path, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG, with the HTTP client's and the library's own loggers on."""
    factory = logging.getLogRecordFactory()
    guard_logs(SecretStr(TOKEN))

    async def story(api: FakeBotApi) -> None:
        api.refuse_next = {"sendMessage": [Refused(500, "Internal Server Error")]}
        await api.say("nrf spokesman")
        await api.say("nrf spokesman", chat=8)
        await api.wait_for_messages(1)

    try:
        with caplog.at_level(logging.DEBUG):
            drive(_settings(seed_index, "nobody/no-such-model"), story)
    finally:
        logging.setLogRecordFactory(factory)
    assert TOKEN not in caplog.text
    assert "/bot[token]/" in caplog.text  # the libraries did write the address


def test_the_command_polls_answers_and_stops_when_asked(seed_index: Path, tmp_path: Path) -> None:
    """`pullquote telegram` as an operator runs it: a process, an environment, a signal."""

    async def tell() -> tuple[int, str]:
        api = FakeBotApi()
        base_url = await api.start()
        config = tmp_path / "bot.toml"
        config.write_text(
            f'[telegram]\nbase_url = "{base_url}"\n[encoder]\nmodel = "nobody/none"\n'
        )
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from bot.cli import main; main()",
            "telegram", "--config", str(config), "--index", str(seed_index),
            env={**os.environ, "PULLQUOTE_TELEGRAM_TOKEN": TOKEN, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        try:
            await api.say("nrf spokesman")
            (message,) = await api.wait_for_messages(1)
            assert "Fahim Dashti" in message["text"]
            assert TOKEN not in Path(f"/proc/{process.pid}/cmdline").read_text()
            process.send_signal(signal.SIGTERM)
            said, _ = await asyncio.wait_for(process.communicate(), 30)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
            await api.stop()
        return process.returncode or 0, said.decode()

    status, said = asyncio.run(tell())
    assert status == 0 and TOKEN not in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("token", "base_url", "message"),
    [
        (TOKEN + "x", None, "Telegram refused the bot token"),
        (TOKEN, "http://127.0.0.1:9/bot", "The Bot API cannot be used"),
    ],
)
def test_a_wrong_token_or_address_is_one_line(
    seed_index: Path, tmp_path: Path, token: str, base_url: str | None, message: str
) -> None:
    async def tell() -> tuple[int, str]:
        api = FakeBotApi()
        served = await api.start()
        config = tmp_path / "bot.toml"
        config.write_text(f'[telegram]\nbase_url = "{base_url or served}"\n')
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from bot.cli import main; main()",
            "telegram", "--config", str(config), "--index", str(seed_index),
            env={**os.environ, "PULLQUOTE_TELEGRAM_TOKEN": token, "PYTHONPATH": str(ROOT)},
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, said = await asyncio.wait_for(process.communicate(), 90)
        await api.stop()
        return process.returncode or 0, said.decode()

    status, said = asyncio.run(tell())
    assert status == 1 and "Traceback" not in said and token not in said
    assert said.splitlines()[-1].startswith(f"error: {message}")
