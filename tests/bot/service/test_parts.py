"""The parts of the bot that know nothing of Telegram: limits, access, buttons, files, the pool."""

from __future__ import annotations

import asyncio
import secrets
import threading
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.buttons import Choice, View, Vote, parse
from bot.service.context import around
from bot.service.intake import keep_file, links_in, safe_name
from bot.service.limits import Access, Limiter
from bot.service.pool import Busy, Pool
from index.errors import SourceError
from tests.generated import texts


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minute_brings_the_whole_allowance_back() -> None:
    clock = Clock()
    limiter = Limiter(2, 100, clock)
    assert [limiter.ask(7).wait for _ in range(3)] == [0, 0, 30]
    assert not limiter.ask(7).tell  # told at the first refusal
    assert limiter.ask(8).wait == 0
    clock.now = 29
    assert limiter.ask(7).wait == 1
    clock.now = 30
    assert limiter.ask(7).wait == 0
    refused = limiter.ask(7)
    assert (refused.why, refused.tell) == ("user_limit", True)  # a new one is told again
    clock.now = 1000
    assert [limiter.ask(7).wait > 0 for _ in range(3)] == [False, False, True]


def test_all_together_are_limited_and_nobody_pays_for_it() -> None:
    clock = Clock()
    limiter = Limiter(2, 3, clock)
    assert [limiter.ask(user).why for user in (1, 2, 3, 4)] == ["", "", "", "total_limit"]
    clock.now = 20  # one question more for all
    assert [limiter.ask(4).why for _ in range(2)] == ["", "total_limit"]
    clock.now = 60
    assert limiter.ask(4).why == ""  # what was refused did not count for the person


def test_people_who_left_take_no_memory() -> None:
    clock = Clock()
    limiter = Limiter(1, 10**9, clock)
    for user in range(10_000):
        limiter.ask(user)
    clock.now = 60
    limiter.ask(-1)
    assert len(limiter._users) == 1


@given(
    st.lists(st.tuples(st.integers(0, 3), st.floats(0, 30)), max_size=60),
    st.integers(1, 5), st.integers(1, 8),
)  # fmt: skip
def test_nobody_gets_more_than_the_allowance(
    asked: list[tuple[int, float]], per_user: int, total: int
) -> None:
    clock = Clock()
    limiter = Limiter(per_user, total, clock)
    granted: list[tuple[int, float]] = []
    for user, pause in asked:
        clock.now += pause
        if not limiter.ask(user).wait:
            granted.append((user, clock.now))
    for _, start in granted:
        window = [user for user, at in granted if start <= at <= start + 60]
        assert len(window) <= 2 * total + 1  # a full bucket and what flows in
        assert all(window.count(user) <= 2 * per_user + 1 for user in set(window))


@pytest.mark.parametrize(
    ("mode", "user", "chat", "allowed"),
    [
        ("open", 1, 1, True), ("closed", 1, 1, False), ("closed", 2, 2, True),
        ("closed", 1, -5, True), ("closed", 9, 9, True), ("closed", 3, 3, False),
        ("invite", 3, 3, True), ("invite", 1, 1, False), ("closed", 1, None, False),
    ],
)  # fmt: skip
def test_access(
    mode: Literal["open", "closed", "invite"], user: int, chat: int | None, allowed: bool
) -> None:
    access = Access(mode, frozenset({2}), frozenset({-5}), frozenset({9}), "secret-code")
    assert access.allows(user, chat, members={3}) == allowed
    assert access.opens(" secret-code ") == (mode == "invite")
    assert not access.opens("") and "secret-code" not in repr(access)


@pytest.mark.parametrize("number", [0, 7, 99])
def test_buttons_come_back_as_they_were(number: int) -> None:
    name = secrets.token_urlsafe(8)
    for press in (View(name, "c", number), View(name, "a"), Vote(name, True), Vote(name, False),
                  Choice("quotes", "long")):  # fmt: skip
        assert parse(press.data) == press


@given(st.text(max_size=70))
def test_any_callback_data_is_read_or_refused(data: str) -> None:
    pressed = parse(data)
    assert pressed is None or parse(pressed.data) == pressed


@given(st.text(max_size=80), st.sampled_from([".txt", ".MD", ".html", ".json", ".jsonl"]))
def test_a_safe_name_is_one_visible_file(stem: str, suffix: str) -> None:
    name = safe_name(stem + suffix)
    assert Path(name).name == name and not name.startswith((".", "-"))
    assert "\0" not in name and len(name.encode()) < 255 and name.endswith(suffix.lower())


def test_names_stay_apart_and_formats_are_known() -> None:
    assert safe_name("../../etc/news.txt") == safe_name("news.txt") == "news.txt"
    assert safe_name("\ud83d.txt") != safe_name("\ud83e.txt")
    assert safe_name("a b.txt") != safe_name("a/../b?.txt") != safe_name("b.txt")
    for name in ("a.exe", "a.txt.gz", "", ".txt.", "a", "a.rss"):
        with pytest.raises(SourceError, match="I can read"):
            safe_name(name)


def test_a_file_is_kept_only_if_it_holds_an_article(tmp_path: Path) -> None:
    added = tmp_path / "added"
    kept = keep_file(b"Title\n\nThe text of it.", "../n.txt", added, 100)
    assert (kept.name, kept.titles, kept.replaced) == ("n.txt", ("Title",), False)
    assert keep_file(b"Title\n\nAnother text.", "n.txt", added, 100).replaced
    for name, data in (("e.txt", b" \n"), ("j.json", b"{"), ("big.txt", b"x" * 101),
                       ("u.txt", b"\xff\xfe\xfa")):  # fmt: skip
        with pytest.raises(SourceError, match=name.split(".")[0]):
            keep_file(data, name, added, 100)
    assert [file.name for file in added.iterdir()] == ["n.txt"]
    assert (added / "n.txt").read_bytes().endswith(b"Another text.")


def test_a_message_of_links_is_nothing_else() -> None:
    assert links_in(" https://a.org/x\nHTTP://b.org ") == ["https://a.org/x", "HTTP://b.org"]
    for text in ("", "see https://a.org", "ftp://a.org", "https://a.org who?"):
        assert links_in(text) == []


@given(texts, st.integers(0, 400), st.integers(1, 200), st.integers(0, 3))
def test_the_context_holds_the_quote(text: str, start: int, length: int, sentences: int) -> None:
    start = min(start, len(text))
    end = min(len(text), start + length)
    first, last = around(text, start, end, sentences)
    assert 0 <= first <= start <= end <= last <= len(text)


def test_the_context_is_as_many_sentences_as_asked() -> None:
    text = "One is here. Two is here. Three is here. Four is here.\n\nFive is here."
    start = text.index("Three")
    first, last = around(text, start, start + 4, 1)
    assert text[first:last] == "Two is here. Three is here. Four is here."
    first, last = around(text, start, start + 4)
    assert text[first:last] == text


def test_the_pool_takes_what_it_has_room_for() -> None:
    async def tell() -> None:
        pool, gate = Pool("test", 2), threading.Event()
        jobs = [asyncio.create_task(pool.run(gate.wait)) for _ in range(3)]
        await asyncio.sleep(0.05)
        with pytest.raises(Busy):
            await pool.run(gate.wait)
        jobs[1].cancel()  # whoever gives up frees the place only when the worker has passed it
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*jobs, return_exceptions=True)
        await asyncio.sleep(0.05)
        assert pool.held == 0
        with pytest.raises(ZeroDivisionError):
            await pool.run(lambda: 1 / 0)
        assert await pool.run(lambda: 5) == 5
        pool.close()

    asyncio.run(tell())
