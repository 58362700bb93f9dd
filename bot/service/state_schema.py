"""The tables of the bot's state, and the steps from each version of them to the next.

A step that was released is never changed: add another.
"""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE settings (chat INTEGER, name TEXT, value TEXT NOT NULL, "
        "PRIMARY KEY (chat, name))",
        "CREATE TABLE turns (chat INTEGER, user INTEGER, message INTEGER, made REAL NOT NULL, "
        "turn TEXT NOT NULL, PRIMARY KEY (chat, message))",
        "CREATE TABLE answers (id TEXT PRIMARY KEY, chat INTEGER NOT NULL, "
        "user INTEGER NOT NULL, message INTEGER NOT NULL, reply INTEGER, question TEXT NOT NULL, "
        "record TEXT, made REAL NOT NULL)",
        "CREATE INDEX answers_by_message ON answers (chat, message)",
        "CREATE INDEX answers_by_time ON answers (made)",
        "CREATE TABLE feedback (answer TEXT, user INTEGER, asker INTEGER NOT NULL, "
        "vote INTEGER NOT NULL, question TEXT NOT NULL, said TEXT NOT NULL, "
        "generation TEXT NOT NULL, made REAL NOT NULL, PRIMARY KEY (answer, user))",
        "CREATE TABLE members (user INTEGER PRIMARY KEY, joined REAL NOT NULL)",
        "CREATE TABLE told (user INTEGER, what TEXT, PRIMARY KEY (user, what))",
        "CREATE TABLE updates (id INTEGER PRIMARY KEY, body TEXT, tries INTEGER NOT NULL, "
        "made REAL NOT NULL)",
    ),
)
