"""How often may somebody ask, and who may at all. Pure but for a clock that is handed in."""

from __future__ import annotations

import hmac
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

_MOST_PEOPLE = 10_000  # in memory at a time; those whose bucket is full need no place


@dataclass(frozen=True, slots=True)
class Verdict:
    """``wait`` seconds until the next question is welcome; 0 when this one is. ``tell`` when it
    should be said: once, not at each further question."""

    wait: int = 0
    tell: bool = False
    why: Literal["", "user_limit", "total_limit"] = ""


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float
    warned: bool = False


class Limiter:
    """Token buckets: ``per_user`` and ``total`` questions a minute, which may come all at once.

    ``clock`` gives seconds; it need not be the time of day.
    """

    def __init__(self, per_user: int, total: int, clock: Callable[[], float]) -> None:
        self._per_user, self._total, self._clock = per_user, total, clock
        self._users: dict[int, _Bucket] = {}
        self._all = _Bucket(total, clock())

    def ask(self, user: int) -> Verdict:
        """Whether ``user`` may ask now; a question that may be asked is counted."""
        now = self._clock()
        if len(self._users) >= _MOST_PEOPLE:
            self._drop_full(now)
        mine = self._users.setdefault(user, _Bucket(self._per_user, now))
        _fill(mine, self._per_user, now)
        _fill(self._all, self._total, now)
        if mine.level < 1:
            return _refuse(mine, mine, self._per_user, "user_limit")
        if self._all.level < 1:
            return _refuse(mine, self._all, self._total, "total_limit")
        mine.level -= 1
        self._all.level -= 1
        mine.warned = False
        return Verdict()

    def _drop_full(self, now: float) -> None:
        for user, bucket in list(self._users.items()):
            _fill(bucket, self._per_user, now)
            if bucket.level >= self._per_user:
                del self._users[user]


def _fill(bucket: _Bucket, per_minute: int, now: float) -> None:
    bucket.level = min(per_minute, bucket.level + (now - bucket.at) * per_minute / 60)
    bucket.at = now


def _refuse(
    mine: _Bucket, short: _Bucket, per_minute: int, why: Literal["user_limit", "total_limit"]
) -> Verdict:
    tell, mine.warned = not mine.warned, True
    return Verdict(max(1, math.ceil((1 - short.level) * 60 / per_minute)), tell, why)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use the bot. ``users``, ``chats`` and ``admins`` are always let in; it matters only
    when the bot is closed or by invitation."""

    mode: Literal["open", "closed", "invite"] = "open"
    users: frozenset[int] = frozenset()
    chats: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    code: str = field(default="", repr=False)

    def allows(self, user: int, chat: int | None, members: set[int]) -> bool:
        """``chat`` is None for inline questions, which have none."""
        if self.mode == "open" or user in self.users or user in self.admins:
            return True
        return chat in self.chats or (self.mode == "invite" and user in members)

    def opens(self, code: str) -> bool:
        """Whether ``code`` is the invite code; how long it takes does not tell how near it is."""
        same = hmac.compare_digest(code.strip().encode(), self.code.encode())
        return self.mode == "invite" and same
