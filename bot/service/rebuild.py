"""A build of the index inside the bot: one at a time, in a thread, told step by step."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bot import wiring
from bot.config import Settings
from bot.render.build_report import summary
from index.errors import BusyError, PullquoteError
from index.paths import shown


class Stopped(PullquoteError):
    """The bot is stopping; the published index is untouched."""


class Rebuild:
    """`run` may be called from any thread; the bot's shutdown calls `stop`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._one = threading.Lock()
        self._stopping = threading.Event()
        self.said = ""
        """How far the build is, in a few words."""

    def stop(self) -> None:
        """End a build at its next step. What it embedded is not lost."""
        self._stopping.set()

    def told(self, text: str) -> str:
        """``text`` as it may be sent: files by what they are called below their source, and not by
        where they lie on this machine."""
        for folder in sorted(self._folders(), key=len, reverse=True):
            text = text.replace(folder, "")
        return text

    def _folders(self) -> set[str]:
        """What stands before the names of the sources and of the index, with its slash."""
        with contextlib.suppress(PullquoteError):
            store = wiring.open_store(self._settings)
            named = [Path(store.name), *wiring.sources(self._settings)]
            with contextlib.suppress(PullquoteError):
                named += map(Path, store.manifest(store.require_current()).sources)
            paths = [each.absolute() for each in named if isinstance(each, Path)]
            parents = {each.parent for path in paths for each in (path, path.resolve())}
            return {f"{shown(parent)}/" for parent in parents if parent.name}
        return set()

    def run(self, first: Callable[[], list[str]]) -> str:
        """Do ``first``, which gives lines to report, then build; the report.

        Raises PullquoteError, BusyError when another build is at work.
        """
        from index.build import build

        if not self._one.acquire(blocking=False):
            raise BusyError("I am building the index already; please wait for it to end.")
        try:
            self.said = "Fetching…"
            lines = first()
            steps: dict[str, int] = {}

            def progress(phase: str, more: int, total: int | None) -> None:
                if self._stopping.is_set():
                    raise Stopped("Stopped: the bot is shutting down. The index is as it was.")
                steps[phase] = steps.get(phase, 0) + more
                self.said = _said(phase, steps[phase], total)

            begun = time.monotonic()
            report = build(
                wiring.sources(self._settings),
                wiring.open_store(self._settings),
                lambda: wiring.building_encoder(self._settings),
                wiring.build_options(self._settings, prune=False, strict=False),
                progress,
            )
            took = f"{time.monotonic() - begun:,.0f} s."
            return "\n".join([*lines, summary(report), took])
        finally:
            self._one.release()


def _said(phase: str, done: int, total: int | None) -> str:
    name = f"{phase.capitalize()}…"
    if total:
        return f"{name} {done:,} of {total:,} ({100 * done // total}%)"
    return f"{name} {done:,}" if done else name
