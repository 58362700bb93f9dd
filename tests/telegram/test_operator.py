"""What an operator meets: access, limits, admins, articles by link and by file, metrics."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli import app
from bot.config import Settings
from bot.messenger import texts as texts
from bot.messenger.app import assemble
from bot.service.monitor import Monitor
from index.folder.folder_store import FolderStore
from tests.index.sources.web_server import serving
from tests.telegram.fake_bot_api import TOKEN, FakeBotApi
from tests.telegram.running import drive, running, settings_for

SPOKESMAN = "Who is the spokesman of the NRF?"
STORY = "Storm in Zanzibar\n\nA storm took the roof of the old market in Zanzibar on Monday.\n"


def _model_settings(index: Path, state: Path, **telegram: Any) -> Settings:
    """A bot that can build, by the real model, and may fetch from this machine."""
    settings = settings_for(index, state, "all-MiniLM-L6-v2", **telegram)
    web = settings.web.model_copy(update={"allow_private": True})
    return settings.model_copy(update={"web": web})


def _refused(text: str) -> bool:
    return any(each in text for each in ("I can read", "larger than", "no article in it"))


def test_a_closed_bot_tells_strangers_once(shared_index: Path, tmp_path: Path) -> None:
    settings = settings_for(
        shared_index, tmp_path, access="closed", users=[7], chats=[-5], admins=[9]
    )

    async def story(api: FakeBotApi) -> None:
        for _ in range(3):
            await api.say(SPOKESMAN, chat=8)
        await api.say(f"/ask {SPOKESMAN}", chat=-6, kind="group", user=8)
        await api.wait_for_messages(1)
        assert api.last(8)["text"] == texts.CLOSED
        for chat in (7, 9):
            await api.say(SPOKESMAN, chat=chat)
        await api.say(f"/ask {SPOKESMAN}", chat=-5, kind="group", user=8)
        await api.wait_for_messages(4)
        await asyncio.sleep(0.2)
        assert sorted(int(m["chat_id"]) for m in api.sent) == [-5, 7, 8, 9]
        await api.press("Sources", api.last(7), user=8)
        (said,) = await api.wait_for("answerCallbackQuery", 1)
        assert said["text"] == texts.CLOSED

    drive(settings, story)


def test_an_invite_code_lets_in_for_good(shared_index: Path, tmp_path: Path) -> None:
    settings = settings_for(
        shared_index, tmp_path, access="invite", invite_code="panjshir-2021", user_per_minute=3
    )

    async def story(api: FakeBotApi) -> None:
        await api.say(SPOKESMAN)
        await api.wait_for_messages(1)
        assert "/start CODE" in api.last()["text"]
        await api.say("/start panjshir-2020")
        await api.say("/start panjshir-2021")
        await api.wait_for_messages(2)
        assert "You are in." in api.last()["text"]
        # Whoever tries codes is slowed down: the right one comes too late.
        for number in range(3):
            await api.say(f"/start guess-{number}", chat=8)
        await api.say("/start panjshir-2021", chat=8)
        await asyncio.sleep(0.3)

    async def later(api: FakeBotApi) -> None:
        await api.say(SPOKESMAN)
        await api.say(SPOKESMAN, chat=8)
        await api.wait_for_messages(4)
        assert "Fahim Dashti" in api.last(7)["text"] and "invitation" in api.last(8)["text"]

    drive(settings, story, later)


def test_a_person_is_limited_politely_and_told_once(shared_index: Path, tmp_path: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        for _ in range(6):
            await api.say(SPOKESMAN)
        await api.say(SPOKESMAN, chat=8)
        await api.wait_for_messages(4)
        await asyncio.sleep(0.3)
        said = [m["text"] for m in api.sent if int(m["chat_id"]) == 7]
        assert len(said) == 3 and sum("Please ask again in" in text for text in said) == 1
        assert "Fahim Dashti" in api.last(8)["text"]

    drive(settings_for(shared_index, tmp_path, user_per_minute=2), story)


def test_all_together_are_limited(shared_index: Path, tmp_path: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        for chat in range(10, 15):
            await api.say(SPOKESMAN, chat=chat)
        await api.wait_for_messages(5)
        assert sum("Please ask again" in m["text"] for m in api.sent) == 2

    drive(settings_for(shared_index, tmp_path, total_per_minute=3), story)


def test_a_full_queue_says_busy_and_loses_nobody(shared_index: Path, tmp_path: Path) -> None:
    """The worker is held up, as by a long answer, and one question waits for it."""
    settings = settings_for(shared_index, tmp_path, queue=1)

    async def tell() -> None:
        api, gate = FakeBotApi(), threading.Event()
        base_url = await api.start()
        async with running(settings, api, base_url) as bot:
            held = asyncio.create_task(bot.service._model.run(gate.wait))
            await asyncio.sleep(0)
            for chat in range(10, 20):
                await api.say(SPOKESMAN, chat=chat)
            await api.wait_for_messages(9)
            assert {m["text"] for m in api.sent} == {texts.BUSY}
            gate.set()
            await api.wait_for_messages(10)
            assert "Fahim Dashti" in api.sent[-1]["text"]
            assert len({m["chat_id"] for m in api.sent}) == 10
            await held
        await api.stop()

    asyncio.run(tell())


def test_an_admin_adds_files_and_links_and_asks_about_them(
    seed_index: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    shutil.copytree(seed_index, index)
    settings = _model_settings(index, tmp_path, admins=[9], max_file_bytes=5_000)

    async def story(api: FakeBotApi) -> None:
        await api.upload("../../storm in Zanzibar?.txt", STORY.encode(), user=9)
        await api.wait_for_messages(1)
        await api.until(lambda: "Published generation" in api.last(9)["text"], "build", 120)
        assert "Storm in Zanzibar" in api.last(9)["text"]
        assert len(api.sent) == 1 and api.made("editMessageText")  # progress in one message
        (kept,) = FolderStore(index).added.iterdir()
        assert kept.name.startswith("storm-in-Zanzibar-") and kept.read_text() == STORY
        await api.say("What did the storm take in Zanzibar?")
        await api.wait_for_messages(2)
        assert "roof of the old market" in api.last(7)["text"]
        with serving() as web:
            body = f"<html><body><article><h1>Flood</h1><p>{'The river rose in Kisumu. ' * 30}"
            url = web.page("/flood", body.encode() + b"</p></article></body></html>")
            await api.say(url, chat=9)
            await api.until(lambda: "Added:" in api.last(9)["text"], "link", 120)
        for name, data in (("a.exe", b"MZ"), ("b.txt", b"x" * 6_000), ("c.json", b"{nonsense")):
            count = len(api.sent)
            await api.upload(name, data, user=9)
            await api.wait_for_messages(count + 1)
            await api.until(lambda: _refused(api.last(9)["text"]), name)
        assert len(list(FolderStore(index).added.iterdir())) == 2

    drive(settings, story)


def test_others_are_told_once_that_they_cannot(shared_index: Path, tmp_path: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        await api.say("/reindex")
        await api.wait_for_messages(1)
        assert api.last()["text"] == texts.ADMINS_ONLY
        await api.say("/stats")
        await api.say("https://example.org/news")
        await api.upload("a.txt", STORY.encode())
        await api.say(SPOKESMAN, chat=8)
        await api.wait_for_messages(2)
        await asyncio.sleep(0.3)
        assert len(api.sent) == 2 and not api.made("getFile")

    drive(settings_for(shared_index, tmp_path, admins=[9]), story)


def test_reindex_and_stats(seed_index: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    shutil.copytree(seed_index, index)

    async def story(api: FakeBotApi) -> None:
        await api.say("/reindex", chat=9)
        await api.wait_for_messages(1)
        await api.until(lambda: "Nothing new" in api.last(9)["text"], "build", 120)
        await api.say(SPOKESMAN)
        await api.wait_for_messages(2)
        await api.press("👍", api.last(7))
        await api.wait_for("answerCallbackQuery", 1)
        await api.say("/stats", chat=9)
        await api.wait_for_messages(3)
        text = api.last(9)["text"]
        assert "Questions: 1" in text and "👍 1 👎 0" in text and "1 articles" in text

    drive(_model_settings(index, tmp_path, admins=[9]), story)


def test_commands_are_set_and_useful(shared_index: Path, tmp_path: Path) -> None:
    async def story(api: FakeBotApi) -> None:
        for text in ("/help", "/sources", "/latest", "/latest Bazarak", "/latest xyzzy"):
            await api.say(text)
            await api.wait_for_messages(len(api.sent) + 1)
        said = [m["text"] for m in api.sent]
        assert "@pullquote_bot" in said[0] and "/reindex" not in said[0]
        assert "1 article" in said[1]
        assert "1. Panjshir opposition" in said[2] and "1. Panjshir" in said[3]
        assert said[4] == texts.NOTHING_NEW
        await api.say("/help", chat=9)
        await api.wait_for_messages(6)
        assert "/reindex" in api.last(9)["text"]
        everybody, admin = api.made("setMyCommands")
        names = {command["command"] for command in json.loads(everybody["commands"])}
        assert names == {"ask", "latest", "sources", "settings", "new", "help", "forget"}
        assert json.loads(admin["scope"]) == {"chat_id": 9, "type": "chat"}
        assert "reindex" in admin["commands"]

    drive(settings_for(shared_index, tmp_path, admins=[9]), story)


def test_metrics_and_health(plain: Settings) -> None:
    async def tell() -> None:
        api = FakeBotApi()
        base_url = await api.start()
        async with running(plain, api, base_url) as bot:
            monitor = Monitor(0, bot.service.metrics.page, bot.health)

            def get(path: str) -> tuple[int, str]:
                try:
                    with urllib.request.urlopen(
                        f"http://127.0.0.1:{monitor.port}{path}", timeout=10
                    ) as page:
                        return page.status, page.read().decode()
                except urllib.error.HTTPError as error:
                    with error:
                        return error.code, error.read().decode()

            try:
                await api.say(SPOKESMAN)
                await api.say("Who won the 2018 World Cup in Panjshir?")
                await api.wait_for_messages(2)
                status, page = await asyncio.to_thread(get, "/metrics")
                assert status == 200
                expected = (
                    'questions_total{kind="private"} 2.0',
                    "abstentions_total 1.0",
                    "fallbacks_total 2.0",
                    "answer_seconds_count 2.0",
                    "queue 0.0",
                )
                for line in expected:
                    assert f"\npullquote_{line}\n" in page
                status, body = await asyncio.to_thread(get, "/health")
                assert status == 200 and json.loads(body) == {"ok": True, "fault": None}
                assert (await asyncio.to_thread(get, "/else"))[0] == 404
                bot.loop = asyncio.new_event_loop()  # one that never turns
                stuck = await asyncio.to_thread(bot.health)
                bot.loop.close()
                assert stuck == "the event loop is stuck"
            finally:
                await asyncio.to_thread(monitor.close)
        await api.stop()
        assert bot.health() == "not running"

    asyncio.run(tell())


def test_feedback_export(plain: Settings, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[telegram]\nstate = "telegram.sqlite"\n')
    missing = CliRunner().invoke(app, ["feedback", "export", "--config", str(config)])
    assert "no such file" in str(missing.exception)

    async def story(api: FakeBotApi) -> None:
        await api.say(SPOKESMAN)
        await api.wait_for_messages(1)
        await api.press("👎", api.last())
        await api.wait_for("answerCallbackQuery", 1)

    drive(plain, story)
    shown = CliRunner().invoke(app, ["feedback", "export", "--config", str(config)])
    (line,) = shown.stdout.splitlines()
    vote = json.loads(line)
    assert set(vote) == {"vote", "question", "answer", "generation", "at"}
    assert vote["vote"] == -1 and vote["question"] == SPOKESMAN and vote["at"].startswith("20")


def test_the_token_is_in_no_repr_or_health(plain: Settings) -> None:
    bot = assemble(plain, SecretStr(TOKEN))
    assert TOKEN not in repr(plain) and TOKEN not in str(bot.health())
    bot.service.close()
