"""Groups: only what is meant for the bot, one answer, threaded; and inline mode anywhere."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.fake_markup import parse_html
from tests.telegram.running import drive, settings_for

GROUP = -5
SPOKESMAN = "Who is the spokesman of the NRF?"


@pytest.mark.parametrize(
    "text",
    [
        f"/ask {SPOKESMAN}",
        f"/ask@pullquote_bot {SPOKESMAN}",
        f"@pullquote_bot {SPOKESMAN}",
        f"🎉👩‍👩‍👧 @Pullquote_Bot, {SPOKESMAN}",
    ],
)
def test_a_question_meant_for_the_bot_is_answered_under_it(plain: Settings, text: str) -> None:
    async def story(api: FakeBotApi) -> None:
        asked = await api.say(text, chat=GROUP, kind="supergroup", user=7)
        (message,) = await api.wait_for_messages(1)
        assert "Fahim Dashti" in message["text"] and int(message["chat_id"]) == GROUP
        assert json.loads(message["reply_parameters"])["message_id"] == asked
        assert "@pullquote_bot" not in message["text"].lower()

    drive(plain, story)


@pytest.mark.parametrize("privacy", [True, False])
def test_talk_among_others_is_left_alone(plain: Settings, privacy: bool) -> None:
    async def story(api: FakeBotApi) -> None:
        api.privacy = privacy
        await api.say(SPOKESMAN, chat=GROUP, kind="group", user=7)
        await api.say(f"@other_bot {SPOKESMAN}", chat=GROUP, kind="group", user=7)
        await api.say(SPOKESMAN, chat=GROUP, kind="group", user=8, reply_to=1)
        await api.say("/ask@other_bot who?", chat=GROUP, kind="group", user=8)
        await api.say("?!", chat=7)
        (message,) = await api.wait_for_messages(1)
        await asyncio.sleep(0.2)
        assert int(message["chat_id"]) == 7 and len(api.sent) == 1

    drive(plain, story)


def test_a_reply_to_an_answer_goes_on_for_each_person_apart(
    plain: Settings, tmp_path: Path
) -> None:
    from bot.service.state import State

    async def story(api: FakeBotApi) -> None:
        await api.say(f"/ask {SPOKESMAN}", chat=GROUP, kind="group", user=7)
        await api.wait_for_messages(1)
        number = api.last(GROUP)["message_id"]
        await api.say("and how old is he?", chat=GROUP, kind="group", user=8, reply_to=number)
        await api.wait_for_messages(2)
        await api.say("/new", chat=GROUP, kind="group", user=8)
        await api.wait_for_messages(3)

    drive(plain, story)
    state = State(tmp_path / "telegram.sqlite")
    assert len(state.turns(GROUP, 7, 1800, 4, 10_000)) == 1
    assert state.turns(GROUP, 8, 1800, 4, 10_000) == []
    state.close()


def test_ask_answers_the_message_that_it_replies_to(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("/ask", chat=GROUP, kind="group")
        await api.wait_for_messages(1)
        assert "/ask who leads the NRF?" in api.last(GROUP)["text"]
        replied = api._from_user(SPOKESMAN, GROUP, "group", 9)
        message = api._from_user("/ask", GROUP, "group", 8) | {"reply_to_message": replied}
        await api._arrive("message", message)
        await api.wait_for_messages(2)
        assert "Fahim Dashti" in api.last(GROUP)["text"]

    drive(plain, story)


def test_the_question_may_be_deleted_before_the_answer(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        api.when_called = lambda method, _: api._known.clear()
        await api.say(f"/ask {SPOKESMAN}", chat=GROUP, kind="group")
        await api.wait_for_messages(1)
        await api.until(lambda: api.messages, "message")

    drive(plain, story)


async def _inline(api: FakeBotApi, text: str, user: int = 7) -> tuple[dict[str, Any], list[Any]]:
    number = await api.inline(text, user)
    await api.until(
        lambda: any(c["inline_query_id"] == number for c in api.made("answerInlineQuery")), text
    )
    call = next(c for c in api.made("answerInlineQuery") if c["inline_query_id"] == number)
    return call, json.loads(call["results"])


def test_inline_mode_offers_the_quote(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        call, results = await _inline(api, SPOKESMAN)
        assert 1 <= len(results) <= 3 and int(call["cache_time"]) == 60
        first = results[0]
        content = first["input_message_content"]
        assert first["title"] and first["description"] and "Fahim Dashti" in content["message_text"]
        assert content["parse_mode"] == "HTML" and "<blockquote>" in content["message_text"]
        assert parse_html(content["message_text"]).startswith(f"❓ {SPOKESMAN}\n\n")
        _, near = await _inline(api, "Who won the 2018 World Cup in Panjshir?")
        assert near and all(result["title"] == "Nearest passage" for result in near)
        assert "don't say so outright" in near[0]["input_message_content"]["message_text"]

    drive(plain, story)


def test_inline_mode_waits_for_a_question(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        for text in ("", "who", "?! ?!"):
            call, results = await _inline(api, text)
            assert results == [] and "Ask a question" in call["button"]
            assert int(call["cache_time"]) == 0
        assert api.sent == []

    drive(plain, story)


def test_inline_mode_is_limited_and_closed_as_the_chats_are(
    shared_index: Path, tmp_path: Path
) -> None:
    settings = settings_for(shared_index, tmp_path, access="closed", users=[7], user_per_minute=1)

    async def story(api: FakeBotApi) -> None:
        _, results = await _inline(api, SPOKESMAN, user=8)
        assert results == []
        for _ in range(5):
            assert (await _inline(api, SPOKESMAN))[1]
        call, results = await _inline(api, SPOKESMAN)
        assert results == [] and "wait" in call["button"]

    drive(settings, story)
