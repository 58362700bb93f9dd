"""Nothing that people send, and no trouble of the disk or the network, silences the bot."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr
from telegram import Update

from bot.config import Settings
from bot.messenger import faults as telegram_faults
from bot.messenger import polling as telegram_polling
from bot.messenger.app import Bot
from bot.messenger.texts import FAILED
from bot.service.state import State
from index.errors import ConfigError, StoreError
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.fake_markup import Refused
from tests.telegram.running import drive, running, settings_for
from tests.telegram.test_process import SECRET, _free_port

SPOKESMAN = "Who is the spokesman of the NRF?"
WORDS = "words of somebody"
CHAT = {"id": 9, "type": "private", "first_name": "A"}
SENDER = {"id": 9, "is_bot": False, "first_name": "A"}
HIDDEN = {"message_id": 3, "date": 0, "chat": CHAT}  # Telegram's "inaccessible message"
PINNED = {"message_id": 2, "date": 1, "chat": CHAT, "from": SENDER, "pinned_message": HIDDEN}
ASKED = {"message_id": 5, "date": 1, "chat": CHAT, "from": SENDER, "text": SPOKESMAN}
UNREADABLE = [
    (5, "AttributeError"),
    ({"message_id": 1, "chat": CHAT, "text": WORDS}, "KeyError"),
    ({"message_id": 1, "date": WORDS, "chat": CHAT}, "TypeError"),
    ({"message_id": 1, "date": 10**30, "chat": CHAT, "text": WORDS}, "OverflowError"),
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_faults, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(telegram_faults, "LONGEST_PAUSE", 0.2)


@asynccontextmanager
async def _at_work(
    settings: Settings, secret: SecretStr | None = None
) -> AsyncIterator[tuple[FakeBotApi, Bot]]:
    api = FakeBotApi()
    base_url = await api.start()
    try:
        async with running(settings, api, base_url, secret) as bot:
            yield api, bot
    finally:
        await api.stop()


def _by_chat(api: FakeBotApi) -> Counter[int]:
    return Counter(chat for chat, _ in api.messages)


async def _answers(api: FakeBotApi, *chats: int) -> None:
    """Each of them is answered, once."""
    await api.until(lambda: set(_by_chat(api)) >= set(chats), f"answers to {chats}", 20)
    await asyncio.sleep(0.3)
    assert {chat: _by_chat(api)[chat] for chat in chats} == dict.fromkeys(chats, 1)
    assert all("Fahim Dashti" in api.last(chat)["text"] for chat in chats)


def _undone(file: Path) -> int:
    with closing(sqlite3.connect(file)) as db:
        query = "SELECT count(*) FROM updates WHERE body IS NOT NULL"
        return int(db.execute(query).fetchone()[0])


@contextmanager
def _locked(bot: Bot, file: Path) -> Iterator[None]:
    """Another process writes to the state for longer than the bot waits."""
    bot.service.state._db.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


@contextmanager
def _full_disk(bot: Bot, file: Path) -> Iterator[None]:
    """SQLite itself says that there is no place, down to the last hundred bytes."""
    state = bot.service.state
    pages = state._db.execute("PRAGMA page_count").fetchone()[0]
    state._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match="full"):
        for number in range(10**9, 2 * 10**9):
            state.take(number, "x" * 100)
    yield
    state._db.execute("PRAGMA max_page_count = 1000000")


@pytest.mark.parametrize(
    "message", [PINNED, {**ASKED, "reply_to_message": PINNED}], ids=["pinned", "reply"]
)
def test_a_message_that_the_bot_cannot_see_does_not_silence_it(
    plain: Settings, tmp_path: Path, message: dict[str, Any]
) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.push_raw("message", message)
        await api.say(SPOKESMAN)
        await _answers(api, *([7, 9] if "text" in message else [7]))

    api = drive(plain, story)
    assert _undone(tmp_path / "telegram.sqlite") == 0
    assert not api._updates  # confirmed


@pytest.mark.parametrize(("message", "kind"), UNREADABLE, ids=[kind for _, kind in UNREADABLE])
def test_what_cannot_be_read_is_named_and_left_out(
    plain: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture, message: object, kind: str
) -> None:
    numbers: list[int] = []

    async def story(api: FakeBotApi) -> None:
        numbers.append(await api.push_raw("message", message))
        await api.say(SPOKESMAN)
        await _answers(api, 7)

    with caplog.at_level(logging.INFO):
        api = drive(plain, story)
    said = [r.getMessage() for r in caplog.records if r.name == "pullquote.telegram"]
    assert said == [f"Update {numbers[0]} cannot be read ({kind}); left out."]
    assert WORDS not in caplog.text
    assert _undone(tmp_path / "telegram.sqlite") == 0 and not api._updates


@pytest.mark.parametrize("trouble", [_locked, _full_disk])
def test_while_the_state_cannot_be_written_nothing_is_confirmed(
    plain: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture, trouble: Any
) -> None:
    async def tell() -> None:
        async with _at_work(plain) as (api, bot):
            await api.say(SPOKESMAN, chat=6)
            await _answers(api, 6)
            with trouble(bot, tmp_path / "telegram.sqlite"):
                for chat in (7, 8, 9):
                    await api.say(SPOKESMAN, chat=chat)
                await asyncio.sleep(1)
                assert len(api._updates) == 3 and set(_by_chat(api)) == {6}
            await _answers(api, 6, 7, 8, 9)

    asyncio.run(tell())
    said = [r.getMessage() for r in caplog.records if "check the disk" in r.getMessage()]
    assert 2 <= len(said) <= 12  # the pauses grow
    assert "Traceback" not in caplog.text


class Odd(BaseException):
    """Not even an Exception."""


@pytest.mark.parametrize("error", [RuntimeError, asyncio.CancelledError, Odd])
def test_polling_begins_again_whatever_ended_it(
    plain: Settings, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    async def tell() -> None:
        async with _at_work(plain) as (api, bot):
            accept, errors = bot.inbox.accept, [error(), error()]

            async def fail(*given: Any) -> int | None:
                if errors:
                    raise errors.pop()
                return await accept(*given)

            monkeypatch.setattr(bot.inbox, "accept", fail)
            await api.say(SPOKESMAN)
            await _answers(api, 7)
            assert not errors and await asyncio.to_thread(bot.health) is None

    asyncio.run(tell())


def test_a_handler_that_fails_says_so_and_the_next_question_is_answered(
    plain: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def tell() -> None:
        async with _at_work(plain) as (api, bot):
            with monkeypatch.context() as broken:
                broken.setattr(bot.service.turnstile, "of", None)
                await api.say(SPOKESMAN, chat=8)
                await api.until(lambda: _by_chat(api)[8], "a word of the failure")
                assert api.last(8)["text"] == FAILED
            await api.say(SPOKESMAN)
            await _answers(api, 7)

    asyncio.run(tell())
    assert _undone(tmp_path / "telegram.sqlite") == 0


def test_no_refusal_of_a_poll_is_the_last(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        refusals = [Refused(status, "No") for status in (401, 404, 409, 400, 502, 429)]
        api.refuse_next["getUpdates"] = refusals
        await api.say(SPOKESMAN)
        await _answers(api, 7)
        assert not refusals

    drive(plain, story)


def test_an_update_that_cannot_be_ticked_off_leaves_its_place(
    shared_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More updates than have a place; what was handled is ticked off later."""
    settings = settings_for(shared_index, tmp_path, queue=1)

    async def tell() -> None:
        async with _at_work(settings) as (api, bot):
            done = bot.service.state.done

            def fail(*_: int) -> None:
                raise StoreError("the disk is full")

            monkeypatch.setattr(bot.service.state, "done", fail)
            for chat in range(100, 180):
                await api.say("/start", chat=chat)
            await api.wait_for_messages(80)
            assert _undone(tmp_path / "telegram.sqlite") == 80
            monkeypatch.setattr(bot.service.state, "done", done)
            await api.say("/start", chat=99)
            await api.wait_for_messages(81)

    asyncio.run(tell())
    assert _undone(tmp_path / "telegram.sqlite") == 0


def test_a_restart_takes_up_what_it_can_read(
    plain: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Also rows that a version before wrote, which held what the library had made of an update."""
    first = 10**6
    before = Update.de_json({"update_id": first + 4, "message": ASKED}, None).to_json()
    texted = {**ASKED, "message_id": 6, "chat": {**CHAT, "id": 8}}
    rows = [
        json.dumps({"update_id": first, "message": PINNED}),
        json.dumps({"update_id": first + 1, "message": 5}),
        "not JSON",
        json.dumps({"update_id": first + 3, "message": texted}),
        before,
    ]
    state = State(tmp_path / "telegram.sqlite")
    for number, body in enumerate(rows, first):
        state.take(number, body)
    state.close()

    async def story(api: FakeBotApi) -> None:
        await api.say(SPOKESMAN)
        await _answers(api, 7, 8, 9)

    drive(plain, story)
    assert f"Update {first + 1} cannot be read (AttributeError)" in caplog.text
    assert f"Update {first + 2} cannot be read (JSONDecodeError)" in caplog.text
    assert _undone(tmp_path / "telegram.sqlite") == 0


def test_a_restart_takes_up_more_than_there_is_room_for(shared_index: Path, tmp_path: Path) -> None:
    state = State(tmp_path / "telegram.sqlite")
    for number in range(80):
        chat = {**CHAT, "id": 100 + number}
        message = {**ASKED, "chat": chat, "text": "/start", "entities": [
            {"type": "bot_command", "offset": 0, "length": 6}]}  # fmt: skip
        body = json.dumps({"update_id": 10**6 + number, "message": message})
        state.take(10**6 + number, body)
    state.close()

    async def story(api: FakeBotApi) -> None:
        await api.wait_for_messages(80)

    drive(settings_for(shared_index, tmp_path, queue=1), story)


def test_health_tells_of_polls_that_fail_and_of_polling_that_ended(
    plain: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_polling, "POLL_SECONDS", 1)
    monkeypatch.setattr(telegram_polling, "OLD_SECONDS", 2.0)

    async def health(bot: Bot, expected: str | None) -> None:
        async with asyncio.timeout(20):
            while (said := await asyncio.to_thread(bot.health)) != expected:
                if said and expected and said.startswith(expected):
                    return
                await asyncio.sleep(0.1)

    async def tell() -> None:
        async with _at_work(plain) as (api, bot):
            await asyncio.sleep(2.5)
            assert await asyncio.to_thread(bot.health) is None
            api.refuse_next["getUpdates"] = [Refused(502, "Bad Gateway")] * 1000
            await health(bot, "no poll has succeeded for 2 seconds")
            api.refuse_next.clear()
            await health(bot, None)
            assert isinstance(bot.source, telegram_polling.Polling) and bot.source._task
            bot.source._task.cancel()
            await health(bot, "polling has ended")

    asyncio.run(tell())


def test_a_webhook_confirms_what_is_written_down_and_nothing_else(
    shared_index: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    port = _free_port()
    settings = settings_for(
        shared_index, tmp_path, webhook_url="https://bot.example.org/hook", webhook_port=port,
        monitor_port=1,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/hook"

    async def tell() -> None:
        async with _at_work(settings, SecretStr(SECRET)) as (api, bot):
            for message in (PINNED, {**ASKED, "reply_to_message": PINNED}, 5):
                await api.push_raw("message", message)
                assert await api.call_webhook(address) == 200
            await _answers(api, 9)
            await api.say(SPOKESMAN)
            with _locked(bot, tmp_path / "telegram.sqlite"):
                for _ in range(3):
                    assert await api.call_webhook(address) == 503
            assert await api.call_webhook(address) == 200
            await _answers(api, 7, 9)
            header = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
            async with ClientSession(headers=header) as session:
                for body, status in ((b'{"message": 1}', 200), (b"[]", 200), (b"{", 400)):
                    async with session.post(address, data=body) as response:
                        assert response.status == status
            assert await asyncio.to_thread(bot.health) is None

    asyncio.run(tell())
    assert "cannot be read (AttributeError)" in caplog.text
    assert SECRET not in caplog.text and "Traceback" not in caplog.text
    assert _undone(tmp_path / "telegram.sqlite") == 0


def test_a_webhook_port_that_is_taken_is_said(shared_index: Path, tmp_path: Path) -> None:
    async def tell() -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            settings = settings_for(
                shared_index, tmp_path, webhook_url="https://bot.example.org/hook",
                webhook_port=taken.getsockname()[1], monitor_port=1,
            )  # fmt: skip
            with pytest.raises(ConfigError, match=r"webhook_port \d+ cannot be used"):
                async with _at_work(settings, SecretStr(SECRET)):
                    pass

    asyncio.run(tell())
