"""Work off the event loop: one thread, and a bounded queue before it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Busy(Exception):
    """The queue is full; nothing was begun."""


class Pool:
    """One worker, first come first served. At most ``waiting`` jobs wait for it.

    One thread, because the models use every core that they are given, and two answers at a time
    would both be late.
    """

    def __init__(self, name: str, waiting: int) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._most = waiting + 1  # and one at work
        self.held = 0

    async def run(self, work: Callable[[], T]) -> T:
        """The result of ``work``. Raises Busy at once when there is no place."""
        if self.held >= self._most:
            raise Busy
        self.held += 1
        loop = asyncio.get_running_loop()
        job = self._worker.submit(work)
        # Not in a `finally` of ours: whoever waits may give up before the worker does.
        job.add_done_callback(lambda _: _soon(loop, self._release))
        return await asyncio.wrap_future(job)

    def _release(self) -> None:
        self.held -= 1

    def close(self) -> None:
        """Wait for what is at work; drop what waits."""
        self._worker.shutdown(wait=True, cancel_futures=True)


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    if not loop.is_closed():  # it is when the process ends under a job
        loop.call_soon_threadsafe(call)
