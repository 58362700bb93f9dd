"""What the bot remembers, in one SQLite file: settings, conversations, answers, feedback.

Deleting the file loses nothing but that. It is written from several threads; each call is one
transaction.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.service.state_schema import MIGRATIONS
from index.errors import StoreError

_DAY = 86_400
_UPDATES_DAYS = 1  # after which Telegram no longer holds an update either


@dataclass(frozen=True, slots=True)
class StoredReply:
    """An answer as it was sent. ``reply`` is the bot's message, ``record`` see `bot.service.kept`;
    None for an error that was said instead of an answer."""

    id: str
    chat: int
    user: int
    message: int
    reply: int | None
    question: str
    record: str | None


class State:
    """Raises StoreError when the file cannot be used. ``clock`` gives seconds since 1970."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        self._file, self._clock, self._lock = file, clock, threading.RLock()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{file.parent}: cannot be made: {error.strerror}.") from error
        with self._transaction(connect=True) as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > len(MIGRATIONS):
                raise StoreError(
                    f"{file} was written by a newer pullquote; upgrade, or set [telegram] state."
                )
            for number, steps in enumerate(MIGRATIONS[version:], version + 1):
                for step in steps:
                    db.execute(step)
                db.execute(f"PRAGMA user_version = {number}")
        file.chmod(0o600)  # people's questions are nobody else's affair

    def close(self) -> None:
        with self._lock:
            self._db.close()

    # Settings of a chat: name to value.

    def settings(self, chat: int) -> dict[str, str]:
        return dict(self._all("SELECT name, value FROM settings WHERE chat = ?", chat))

    def choose(self, chat: int, name: str, value: str) -> None:
        self._do("INSERT OR REPLACE INTO settings VALUES (?,?,?)", chat, name, value)

    # Turns of a conversation, as JSON, oldest first.

    def turns(self, chat: int, user: int, seconds: float, most: int, before: int) -> list[str]:
        """The last ``most`` turns that are not older than ``seconds``, of messages earlier than
        ``before``: an edited question does not follow itself."""
        rows = self._all(
            "SELECT turn FROM turns WHERE chat = ? AND user = ? AND made > ? AND message < ? "
            "ORDER BY message DESC LIMIT ?",
            chat, user, self._clock() - seconds, before, most,
        )  # fmt: skip
        return [row[0] for row in reversed(rows)]

    def add_turn(self, chat: int, user: int, message: int, turn: str) -> None:
        row = (chat, user, message, self._clock(), turn)
        self._do("INSERT OR REPLACE INTO turns VALUES (?,?,?,?,?)", *row)

    def forget_turns(self, chat: int, user: int) -> None:
        self._do("DELETE FROM turns WHERE chat = ? AND user = ?", chat, user)

    # Answers: what their buttons and an edited question need.

    def keep(self, kept: StoredReply) -> None:
        row = (kept.id, kept.chat, kept.user, kept.message, kept.reply, kept.question,
               kept.record, self._clock())  # fmt: skip
        self._do("INSERT OR REPLACE INTO answers VALUES (?,?,?,?,?,?,?,?)", *row)

    def sent(self, answer: str, reply: int) -> None:
        self._do("UPDATE answers SET reply = ? WHERE id = ?", reply, answer)

    def answer(self, answer: str) -> StoredReply | None:
        return self._kept("id = ?", answer)

    def answer_to(self, chat: int, message: int) -> StoredReply | None:
        """What the bot last said to a message."""
        return self._kept("chat = ? AND message = ?", chat, message)

    def _kept(self, where: str, *values: object) -> StoredReply | None:
        columns = "id, chat, user, message, reply, question, record"
        order = "ORDER BY made DESC, rowid DESC LIMIT 1"
        rows = self._all(f"SELECT {columns} FROM answers WHERE {where} {order}", *values)
        return next((StoredReply(*row) for row in rows), None)

    # Feedback: the last vote of each person on each answer.

    def vote(self, kept: StoredReply, user: int, up: bool, said: str, generation: str) -> None:
        row = (kept.id, user, kept.user, 1 if up else -1, kept.question, said, generation,
               self._clock())  # fmt: skip
        self._do("INSERT OR REPLACE INTO feedback VALUES (?,?,?,?,?,?,?,?)", *row)

    def feedback(self) -> list[dict[str, Any]]:
        """Every vote, oldest first, without who gave it."""
        names = ("vote", "question", "answer", "generation", "at")
        rows = self._all(
            "SELECT vote, question, said, generation, made FROM feedback ORDER BY made"
        )
        return [dict(zip(names, row, strict=True)) for row in rows]

    # Who was let in by a code, and who was told what they may not do.

    def members(self) -> set[int]:
        return {row[0] for row in self._all("SELECT user FROM members")}

    def join(self, user: int) -> None:
        self._do("INSERT OR IGNORE INTO members VALUES (?,?)", user, self._clock())

    def first_time(self, user: int, what: str) -> bool:
        """Whether ``user`` was never told ``what``; from now on they were."""
        return self._do("INSERT OR IGNORE INTO told VALUES (?,?)", user, what) > 0

    # Updates that were taken from Telegram: each is handled once, also after a crash.

    def take(self, update: int, body: str) -> bool:
        """Remember an update until it is done. False when it was taken before."""
        row = (update, body, self._clock())
        return self._do("INSERT OR IGNORE INTO updates VALUES (?,?,0,?)", *row) > 0

    def done(self, *updates: int) -> None:
        """Keep the numbers, which Telegram may send again, and nothing of what was said."""
        with self._transaction() as db:
            numbers = [(update,) for update in updates]
            db.executemany("UPDATE updates SET body = NULL WHERE id = ?", numbers)

    def undone(self) -> list[tuple[int, str]]:
        """The updates that a crash left with their numbers, oldest first. One that was begun twice
        is given up: it may be what crashes the bot."""
        with self._transaction() as db:
            db.execute("UPDATE updates SET body = NULL WHERE tries >= 1")
            db.execute("UPDATE updates SET tries = tries + 1 WHERE body IS NOT NULL")
            query = "SELECT id, body FROM updates WHERE body IS NOT NULL ORDER BY id"
            return db.execute(query).fetchall()

    # Privacy.

    def forget(self, user: int) -> None:
        """Erase everything about a person; their private chat has their number."""
        with self._transaction() as db:
            for table in ("turns", "answers", "feedback", "members", "told"):
                db.execute(f"DELETE FROM {table} WHERE user = ?", (user,))
            db.execute("DELETE FROM settings WHERE chat = ?", (user,))
            # Other people's votes hold the words of whoever asked.
            db.execute("DELETE FROM feedback WHERE asker = ?", (user,))
        with self._lock:  # nor may the log of changes keep them
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def prune(self, conversation_seconds: float, keep_days: int) -> None:
        """Erase what is past its time."""
        now = self._clock()
        with self._transaction() as db:
            db.execute("DELETE FROM turns WHERE made <= ?", (now - conversation_seconds,))
            db.execute("DELETE FROM answers WHERE made <= ?", (now - keep_days * _DAY,))
            old = now - _UPDATES_DAYS * _DAY
            db.execute("DELETE FROM updates WHERE made <= ?", (old,))

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._transaction() as db:
            return db.execute(query, values).fetchall()

    def _do(self, query: str, *values: object) -> int:
        with self._transaction() as db:
            return db.execute(query, values).rowcount

    @contextmanager
    def _transaction(self, connect: bool = False) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if connect:
                    self._db = _connect(self._file)
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                    self._db.execute("COMMIT")
                except BaseException:
                    if self._db.in_transaction:  # SQLite itself ends it when the disk is full
                        self._db.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise StoreError(
                    f"{self._file}: {error}; check the disk, or delete the file: it holds only "
                    "what the bot remembers of chats."
                ) from error


def _connect(file: Path) -> sqlite3.Connection:
    """Transactions are ours to begin; readers do not wait for a writer of another process."""
    db = sqlite3.connect(file, check_same_thread=False, isolation_level=None, timeout=10)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
        db.execute(f"PRAGMA {pragma}")
    return db


def export(file: Path) -> Sequence[dict[str, Any]]:
    """The feedback in ``file``. Raises StoreError when there is no such file."""
    if not file.is_file():
        raise StoreError(f"{file}: no such file; the bot has not run yet with these settings.")
    state = State(file)
    try:
        return state.feedback()
    finally:
        state.close()
