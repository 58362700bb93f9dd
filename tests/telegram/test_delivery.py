"""What reaches people when Telegram limits, fails or is slow, and when the bot stops."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.service.state import State
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.fake_markup import Refused
from tests.telegram.running import drive, settings_for

SPOKESMAN = "Who is the spokesman of the NRF?"


def _by_chat(api: FakeBotApi) -> Counter[int]:
    return Counter(chat for chat, _ in api.messages)


def test_a_limited_chat_waits_and_stalls_no_other(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        begun = time.monotonic()
        api.limited[7] = begun + 3
        for chat in (7, 8, 9):
            await api.say(SPOKESMAN, chat=chat)
        await api.until(lambda: {8, 9} <= set(_by_chat(api)), "other chats")
        assert time.monotonic() - begun < 3 and 7 not in _by_chat(api)
        await api.until(lambda: 7 in _by_chat(api), "limited chat")
        assert time.monotonic() - begun >= 3
        assert _by_chat(api) == {7: 1, 8: 1, 9: 1}

    drive(plain, story)


def test_a_chat_limited_for_long_is_given_up_at_once(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        api.limited[7] = time.monotonic() + 600
        await api.say(SPOKESMAN)
        await asyncio.sleep(0.5)
        await api.say(SPOKESMAN, chat=8)
        await api.until(lambda: 8 in _by_chat(api), "other chat")

    drive(plain, story)  # and it ends: no answer waits ten minutes


@pytest.mark.parametrize("status", [500, 502, 504])
def test_errors_of_the_server_are_tried_again(plain: Settings, status: int) -> None:
    async def story(api: FakeBotApi) -> None:
        api.refuse_next["sendMessage"] = [Refused(status, "Internal Server Error")] * 2
        await api.say(SPOKESMAN)
        await api.until(lambda: _by_chat(api)[7], "answer")
        assert _by_chat(api)[7] == 1

    drive(plain, story)


def test_trying_again_has_an_end(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        api.refuse_next["sendMessage"] = [Refused(500, "Internal Server Error")] * 4
        await api.say(SPOKESMAN)
        await api.until(lambda: not api.refuse_next["sendMessage"], "four tries")
        await asyncio.sleep(1)
        assert not api.messages
        await api.say(SPOKESMAN)
        await api.until(lambda: _by_chat(api)[7], "the next answer")

    drive(plain, story)


def test_slow_answers_of_the_server_double_nothing(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        api.slow = {"sendMessage": 2, "sendChatAction": 3}
        begun = time.monotonic()
        for chat in range(10, 20):
            await api.say(SPOKESMAN, chat=chat)
        await api.until(lambda: len(api.messages) == 10, "answers")
        assert time.monotonic() - begun < 3  # nobody waits for the sign or for another chat
        await asyncio.sleep(2.5)
        assert len(api.messages) == 10

    drive(plain, story)


def test_stopping_finishes_the_answers_in_flight(shared_index: Path, tmp_path: Path) -> None:
    """`stop` is called while all of them wait for the one worker."""
    settings = settings_for(shared_index, tmp_path)

    async def story(api: FakeBotApi) -> None:
        api.slow = {"sendMessage": 0.5}
        for chat in range(10, 40):
            await api.say(SPOKESMAN, chat=chat)
        await api.until(lambda: api.made("sendChatAction"), "a first question at work")

    api = drive(settings, story)
    handed = {given["chat_id"] for given in api.made("sendChatAction")}
    assert {int(chat) for chat in handed} == set(_by_chat(api))
    # What had not been fetched yet is still there for the next start.
    left = {update["message"]["chat"]["id"] for update in api._updates}
    assert left | set(_by_chat(api)) == set(range(10, 40))


def test_what_waits_at_telegram_is_answered_after_a_restart(plain: Settings) -> None:
    async def first(api: FakeBotApi) -> None:
        await api.say(SPOKESMAN)
        await api.until(lambda: _by_chat(api)[7], "answer")

    async def second(api: FakeBotApi) -> None:
        await api.until(lambda: _by_chat(api)[8], "answer")
        await asyncio.sleep(0.3)
        assert _by_chat(api) == {7: 1, 8: 1}

    async def tell() -> None:
        from tests.telegram.running import running

        api = FakeBotApi()
        base_url = await api.start()
        async with running(plain, api, base_url):
            await first(api)
        await api.say(SPOKESMAN, chat=8)  # while nobody polls
        async with running(plain, api, base_url):
            await second(api)
        await api.stop()

    asyncio.run(tell())


def test_an_update_that_comes_twice_is_handled_once(plain: Settings) -> None:
    """As after an end in which the last poll could not be confirmed."""
    taken: list[dict[str, Any]] = []

    async def story(api: FakeBotApi) -> None:
        await api.say(SPOKESMAN)
        taken.extend(api._updates)
        await api.until(lambda: _by_chat(api)[7], "answer")

    async def again(api: FakeBotApi) -> None:
        async with api._arrived:
            api._updates = taken + api._updates
            api._arrived.notify_all()
        await api.say(SPOKESMAN, chat=8)
        await api.until(lambda: _by_chat(api)[8], "answer")
        await asyncio.sleep(0.2)
        assert len(taken) == 1 and _by_chat(api) == {7: 1, 8: 1}

    drive(plain, story, again)


def test_an_update_that_was_begun_twice_is_given_up(tmp_path: Path) -> None:
    state = State(tmp_path / "s.sqlite")
    assert state.take(5, "{}") and not state.take(5, "{}")
    assert state.undone() == [(5, "{}")] and state.undone() == []
    assert not state.take(5, "{}")
    state.close()
