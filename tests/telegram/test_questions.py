"""Questions and their answers, over the real client library and a real socket."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from bot.config import Settings
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.fake_markup import Refused
from tests.telegram.running import drive, settings_for

SPOKESMAN = "Who is the spokesman of the NRF?"
PEOPLE = "How many people live in Panjshir?"


def test_who_leads_the_nrf(real: Settings) -> None:
    """The article does not say; the sentence in which Massoud speaks for it is offered first."""

    async def story(api: FakeBotApi) -> None:
        await api.say("who leads the NRF?")
        await api.wait_for_messages(1)
        message = api.last()
        assert message["html"].startswith("The articles don't say so outright.")
        assert message["rows"][0][0]["text"].startswith("Massoud claimed in a Facebook post")
        methods = [method for method, _ in api.calls if method.startswith("send")]
        assert methods == ["sendChatAction", "sendMessage"]

    drive(real, story)


def test_an_abstention_offers_the_nearest_passages_as_buttons(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("Who won the 2018 World Cup in Panjshir?")
        await api.wait_for_messages(1)
        message = api.last()
        assert message["html"].startswith("The articles don't say")
        assert "\n\nThese passages come nearest:\n\n<i>Keyword search" in message["html"]
        assert [len(row) for row in message["rows"]] == [1, 1, 1, 2]  # passages, then the votes

    drive(plain, story)


def test_an_answer_is_one_message_with_its_quote(real: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say(PEOPLE)
        (call,) = await api.wait_for_messages(1)
        assert call["parse_mode"] == "HTML" and "reply_parameters" not in call
        assert json.loads(call["link_preview_options"]) == {"is_disabled": True}
        assert call["text"] == (
            "<b>Between 150,000 and 200,000</b>\n"
            "<blockquote><b>Between 150,000 and 200,000</b> people live in Panjshir, a steep "
            "mountain valley.</blockquote>— Panjshir opposition calls for a truce and talks with "
            "the Taliban in Afghanistan"
        )
        labels = [[button["text"] for button in row] for row in api.last()["rows"]]
        assert labels[-1] == ["👍", "👎"] and labels[0][0] == "More context"
        assert labels[0][-1] == "Sources"

    drive(real, story)


def test_answers_come_once_each_and_bad_questions_are_explained(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("/start")
        await api.say(PEOPLE, chat=8)
        await api.say("?!", chat=9)
        await api.say("x" * 4000, chat=10)
        await api.say("/nonsense", chat=11)
        messages = await api.wait_for_messages(5)
        await asyncio.sleep(0.2)
        assert len(api.sent) == 5
        said = {int(m["chat_id"]): m["text"] for m in messages}
        assert "who leads the NRF?" in said[7]
        assert "people live in Panjshir, a steep mountain valley." in said[8]
        assert "holds no words" in said[9] and "4,000 characters" in said[10]
        assert "/help" in said[11]

    drive(plain, story)


def test_without_the_model_the_message_says_so(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("nrf spokesman fahim dashti")
        (message,) = await api.wait_for_messages(1)
        assert message["text"].endswith("\n\n<i>Keyword search only.</i>")

    drive(plain, story)


def test_an_edited_question_edits_its_answer(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        asked = await api.say(SPOKESMAN)
        await api.wait_for_messages(1)
        await api.edit(asked, SPOKESMAN)  # a preview was added to it, say
        await api.edit(asked, PEOPLE)
        (edit,) = await api.wait_for("editMessageText", 1)
        assert "150,000" in edit["text"] and "150,000" in api.last()["text"]
        wrong = await api.say("?!")
        await api.wait_for_messages(2)
        await api.edit(wrong, SPOKESMAN)
        await api.wait_for("editMessageText", 2)
        assert "Fahim Dashti" in api.last()["text"] and len(api.sent) == 2

    drive(plain, story)


def test_an_edit_whose_answer_was_deleted_is_answered_anew(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        asked = await api.say(SPOKESMAN)
        await api.wait_for_messages(1)
        api.messages.clear()
        await api.edit(asked, PEOPLE)
        await api.wait_for_messages(2)
        assert "150,000" in api.last()["text"]

    drive(plain, story)


def test_a_conversation_is_remembered_for_a_time_and_forgotten_at_new(
    shared_index: Path, tmp_path: Path
) -> None:
    """What the answerer is handed is what the chat said before: seen in the stored turns."""
    settings = settings_for(shared_index, tmp_path, conversation_minutes=30)

    async def story(api: FakeBotApi) -> None:
        await api.say(SPOKESMAN)
        await api.say("and where is he?")
        await api.wait_for_messages(2)
        await api.say(PEOPLE, chat=8)
        await api.say("/new", chat=8)
        await api.wait_for_messages(4)

    drive(settings, story)
    from bot.service.state import State

    state = State(tmp_path / "telegram.sqlite")
    turns = [json.loads(t) for t in state.turns(7, 7, 1800, 4, 10_000)]
    assert turns[0]["question"] == SPOKESMAN
    assert "Fahim Dashti" in turns[0]["quote"] and len(turns) == 2
    assert state.turns(8, 8, 1800, 4, 10_000) == []
    assert state.turns(7, 7, 0, 4, 10_000) == []
    state.close()


def test_a_follow_up_is_resolved_and_what_was_searched_can_be_hidden(real: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        for text in (SPOKESMAN, "how old is he?"):
            await api.say(text)
            await api.wait_for_messages(len(api.sent) + 1)
        assert "Searched: how old is Fahim Dashti?" in api.last()["text"]
        await api.say("/settings")
        await api.wait_for_messages(3)
        await api.press("Hide it", api.last())
        await api.wait_for("editMessageText", 1)
        await api.say("how old is he?")
        await api.wait_for_messages(4)
        assert "Searched: " not in api.last()["text"]

    drive(real, story)


def test_long_quotes_bring_the_sentences_around(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("/settings")
        await api.wait_for_messages(1)
        await api.press("Long quotes", api.last())
        await api.wait_for("editMessageText", 1)
        assert api.last()["rows"][0][1]["text"] == "✓ Long quotes"
        await api.say(PEOPLE)
        await api.wait_for_messages(2)
        text = api.last()["html"]
        assert "<b>Between 150,000 and 200,000</b> people live" in text
        assert "would be willing to stop fighting" in text and "a hotbed of resistance" in text

    drive(plain, story)


def test_a_refusal_does_not_stop_the_bot(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        api.refuse_next["sendChatAction"] = [Refused(400, "Bad Request: not enough rights")]
        api.refuse_next["sendMessage"] = [Refused(403, "Forbidden: bot was blocked by the user")]
        await api.say("nrf spokesman fahim dashti")
        await api.until(lambda: not api.refuse_next["sendMessage"], "refusal")
        await api.say("nrf spokesman fahim dashti", chat=8)
        messages = await api.wait_for_messages(1)
        assert int(messages[0]["chat_id"]) == 8

    drive(plain, story)


def test_a_photograph_is_told_to_be_no_question(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        message = api._from_user("", 7, "private")
        del message["text"]
        await api._arrive("message", message | {"location": {"latitude": 1, "longitude": 2}})
        (sent,) = await api.wait_for_messages(1)
        assert "only read text" in sent["text"]

    drive(plain, story)
