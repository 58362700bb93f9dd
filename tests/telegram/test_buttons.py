"""Buttons under answers: now, after a restart, and after the index has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.config import Settings
from bot.service.service import FORGOTTEN, GONE
from bot.service.state import State
from index.build import build
from index.folder.folder_store import FolderStore
from tests.conftest import SEEDS
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.running import Story, drive, settings_for
from tests.word_encoder import WordEncoder

PEOPLE = "How many people live in Panjshir?"
NOT_SAID = "Who won the 2018 World Cup in Panjshir?"


async def _ask(api: FakeBotApi) -> None:
    await api.say(PEOPLE)
    await api.wait_for_messages(1)


def _pressing(label: str, expected: str) -> Story:
    """Press a button of the last message and expect a text in it."""

    async def story(api: FakeBotApi) -> None:
        edits = len(api.made("editMessageText"))
        await api.press(label, api.last())
        await api.wait_for("editMessageText", edits + 1)
        await api.until(lambda: expected in api.last()["text"], expected)

    return story


def test_each_button_shows_another_side_and_back(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        await _ask(api)
        answer = api.last()["html"]
        await _pressing("More context", "a hotbed of resistance")(api)
        assert "<b>Between 150,000 and 200,000 people live" in api.last()["html"]
        assert "Massoud claimed in a Facebook post" in api.last()["html"]
        await _pressing("‹ Back", "150,000")(api)
        assert api.last()["html"] == answer
        await _pressing("Sources", "1. Panjshir opposition")(api)
        await _pressing("‹ Back", "150,000")(api)
        assert len(api.sent) == 1  # all of it in one message
        await api.wait_for("answerCallbackQuery", 4)

    drive(plain, story)


def test_other_quotes_are_the_other_claims(plain: Settings) -> None:
    bold = plain.answer.model_copy(update={"threshold": 0.1})  # one article has little to say

    async def story(api: FakeBotApi) -> None:
        await api.say("What did the Taliban do?")
        await api.wait_for_messages(1)
        before = api.last()["html"]
        await _pressing("Other quotes", "Other quotes")(api)
        assert api.last()["html"].count("<blockquote") in (1, 2)
        quote = before[before.index("<blockquote") : before.index("</blockquote>")]
        assert quote not in api.last()["html"]

    drive(plain.model_copy(update={"answer": bold}), story)


def test_the_nearest_passages_of_an_abstention_open(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say(NOT_SAID)
        await api.wait_for_messages(1)
        row = api.last()["rows"][0]
        assert len(row) == 1 and len(row[0]["text"]) <= 48
        await _pressing(row[0]["text"], row[0]["text"].rstrip("…"))(api)
        await _pressing("‹ Back", "The articles don't say")(api)

    drive(plain, story)


def test_buttons_work_after_a_restart(plain: Settings) -> None:
    drive(plain, _ask, _pressing("More context", "a hotbed of resistance"))


def test_buttons_work_after_a_new_generation_until_the_old_one_is_gone(
    word_index: Path, tmp_path: Path
) -> None:
    async def rebuild(api: FakeBotApi) -> None:
        more = tmp_path / "more"
        more.mkdir()
        (more / "news.txt").write_text("Other news of Zanzibar came in.")
        build([SEEDS, more], FolderStore(word_index), WordEncoder)
        await _pressing("Sources", "1. Panjshir opposition")(api)

    async def remove(api: FakeBotApi) -> None:
        oldest = FolderStore(word_index).generations()[0]
        shutil.rmtree(word_index / "generations" / oldest)

    async def gone(api: FakeBotApi) -> None:
        calls = len(api.made("answerCallbackQuery"))
        await api.press("‹ Back", api.last())
        said = (await api.wait_for("answerCallbackQuery", calls + 1))[-1]
        assert said["text"] == GONE and said["show_alert"] in (True, "true")

    drive(settings_for(word_index, tmp_path), _ask, rebuild, remove, gone)


def test_votes_are_kept_once_for_each_person(plain: Settings, tmp_path: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        await _ask(api)
        for label, user in (("👍", 7), ("👎", 7), ("👍", 8)):
            await api.press(label, api.last(), user)
        said = await api.wait_for("answerCallbackQuery", 3)
        assert {given["text"] for given in said} == {"Thank you!"}

    drive(plain, story)
    state = State(tmp_path / "telegram.sqlite")
    votes = state.feedback()
    state.close()
    assert sorted(vote["vote"] for vote in votes) == [-1, 1]
    assert {vote["question"] for vote in votes} == {PEOPLE}
    assert all(vote["answer"] == "Between 150,000 and 200,000" for vote in votes)
    assert all(vote["generation"] for vote in votes)


def test_pressed_twice_or_from_elsewhere_does_no_harm(plain: Settings) -> None:
    async def story(api: FakeBotApi) -> None:
        await _ask(api)
        await api.press("Sources", api.last())
        await api.press("Sources", api.last())
        await api.wait_for("answerCallbackQuery", 2)
        for data in ("v:AAAAAAAAAAA:a", "nonsense", "s:quotes:huge", "f:AAAAAAAAAAA:+"):
            calls = len(api.made("answerCallbackQuery"))
            await api.press_data(data, api.last())
            said = (await api.wait_for("answerCallbackQuery", calls + 1))[-1]
            assert said["text"] == FORGOTTEN

    drive(plain, story)


def test_forget_erases_everything_about_a_person(plain: Settings, tmp_path: Path) -> None:
    import sqlite3

    async def story(api: FakeBotApi) -> None:
        await _ask(api)
        await api.press("👍", api.last())
        await api.press("👎", api.last(), user=8)
        await api.wait_for("answerCallbackQuery", 2)
        await api.say("/settings")
        await api.wait_for_messages(2)
        await api.press("Long quotes", api.last())
        await api.wait_for("answerCallbackQuery", 3)
        await api.say("A question of somebody else in Panjshir?", chat=8)
        await api.wait_for_messages(3)
        await api.say("/forget")
        await api.wait_for_messages(4)
        assert "erased" in api.last()["text"]
        raw = b"".join(file.read_bytes() for file in tmp_path.glob("telegram.sqlite*"))
        assert PEOPLE.encode() not in raw and b"somebody else" in raw  # while the bot runs

    drive(plain, story)
    db = sqlite3.connect(tmp_path / "telegram.sqlite")
    for table in ("turns", "answers", "feedback", "members", "told"):
        rows = db.execute(f"SELECT count(*) FROM {table} WHERE user = 7").fetchone()
        assert rows == (0,), table
    for table in ("settings", "feedback"):  # another's vote held the question, too
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM updates WHERE body NOT NULL").fetchone() == (0,)
    db.close()
