"""The bot's state: migrations, times, privacy, and what is said when the file cannot be used."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path
from typing import Any, cast

import pytest

from bot.service.state import State, StoredReply
from bot.service.state_schema import MIGRATIONS
from index.errors import StoreError

DAY = 86_400


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def _kept(answer: str, message: int = 1, user: int = 7) -> StoredReply:
    return StoredReply(answer, 7, user, message, None, "who?", "{}")


def test_it_survives_closing_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "s.sqlite"
    state = State(file)
    state.keep(_kept("one"))
    state.sent("one", 5)
    state.choose(7, "quotes", "long")
    state.join(3)
    state.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    state = State(file)
    found = state.answer_to(7, 1)
    assert found and (found.id, found.reply) == ("one", 5)
    assert state.settings(7) == {"quotes": "long"} and state.members() == {3}
    state.close()


def test_the_last_answer_to_a_message_counts(tmp_path: Path) -> None:
    state = State(tmp_path / "s", Clock())
    state.keep(_kept("one"))
    state.keep(_kept("two"))
    found = state.answer_to(7, 1)
    assert found and found.id == "two" and state.answer("one") and state.answer("three") is None
    state.close()


def test_turns_end_with_time_and_follow_the_order_of_messages(tmp_path: Path) -> None:
    clock = Clock()
    state = State(tmp_path / "s", clock)
    for message in (3, 1, 2, 4):
        state.add_turn(7, 7, message, f"turn {message}")
    state.add_turn(7, 8, 9, "another's")
    assert state.turns(7, 7, 60, 2, before=4) == ["turn 2", "turn 3"]
    state.add_turn(7, 7, 3, "edited")
    assert state.turns(7, 7, 60, 9, before=99) == ["turn 1", "turn 2", "edited", "turn 4"]
    clock.now += 60
    assert state.turns(7, 7, 60, 9, before=99) == []
    state.close()


def test_what_is_past_its_time_is_erased(tmp_path: Path) -> None:
    clock = Clock()
    state = State(tmp_path / "s", clock)
    state.keep(_kept("one"))
    state.add_turn(7, 7, 1, "turn")
    state.take(1, "body")
    state.vote(_kept("one"), 7, True, "said", "g")
    state.prune(1800, 30)
    assert state.answer("one") and state.turns(7, 7, 1800, 9, 99)
    clock.now += 31 * DAY
    state.prune(1800, 30)
    assert state.answer("one") is None and state.take(1, "body")
    assert len(state.feedback()) == 1  # what readers thought stays until /forget
    state.close()


def test_an_update_is_taken_once_and_its_words_go_when_it_is_done(tmp_path: Path) -> None:
    state = State(tmp_path / "s")
    assert state.take(1, "one") and state.take(2, "two") and not state.take(1, "one")
    state.done(1)
    assert not state.take(1, "one") and state.undone() == [(2, "two")]
    state.close()
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"two" in raw and b"one" not in raw


class FullDisk:
    """A connection whose changes find no place on the disk when they are to be kept."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    def execute(self, query: str, *values: Any) -> sqlite3.Cursor:
        if query == "COMMIT":
            raise sqlite3.OperationalError("database or disk is full")
        return self._db.execute(query, *values)


def test_what_finds_no_place_on_the_disk_is_not_taken_and_can_be_later(tmp_path: Path) -> None:
    state = State(tmp_path / "s")
    db, full = state._db, FullDisk(state._db)
    state._db = cast(sqlite3.Connection, full)
    for _ in range(2):
        with pytest.raises(StoreError, match="disk is full"):
            state.take(1, "one")
    state._db = db
    assert state.take(1, "one") and not state.take(1, "one")
    state.close()


def test_first_time_is_once(tmp_path: Path) -> None:
    state = State(tmp_path / "s")
    assert [state.first_time(7, "x"), state.first_time(7, "x"), state.first_time(8, "x")] == [
        True, False, True,
    ]  # fmt: skip
    state.close()


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_every_older_file_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    db = sqlite3.connect(tmp_path / "s")
    for steps in MIGRATIONS[:version]:
        for step in steps:
            db.execute(step)
    db.execute(f"PRAGMA user_version = {version}")
    db.commit()
    db.close()
    state = State(tmp_path / "s")
    state.keep(_kept("one"))
    assert state.answer("one") == _kept("one")
    state.close()


def test_a_newer_a_damaged_and_an_impossible_file_are_one_line(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "newer")
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    (tmp_path / "noise").write_bytes(b"noise" * 1000)
    cases = (("newer", "newer pullquote"), ("noise", "delete the file"),
             ("noise/below", "cannot be made"))  # fmt: skip
    for name, message in cases:
        with pytest.raises(StoreError, match=message) as caught:
            State(tmp_path / name)
        assert "\n" not in str(caught.value)
