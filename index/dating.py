"""The dates of the articles of a build: read when all of their source is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath

from index.build_options import BuildReport
from index.sources.dates import DateOrder, is_to_come, time_of

_DAY = len("2021-08-31")


class Dates:
    """`learn` every date, then ask for the `day` that each means; ``report`` counts the others."""

    def __init__(self, report: BuildReport, now: datetime | None = None) -> None:
        self._report, self._now = report, now or datetime.now().astimezone()
        self._order = DateOrder()

    def learn(self, text: str | None, outlet: str, file: str) -> None:
        if text:
            self._order.add(_places(outlet, file), text)

    def day(self, text: str | None, outlet: str, file: str) -> str | None:
        """The day that ``text`` means, with its time where it has one, unless it cannot be read or
        is yet to come."""
        day = self._read(text, outlet, file)
        return None if day is None or is_to_come(day[:_DAY], text or "", self._now) else day

    def count(self, text: str | None, outlet: str, file: str, origin: str) -> None:
        """Count ``text``, which an article at ``origin`` says of itself, if it is no date or one
        that is yet to come."""
        day = self._read(text, outlet, file)
        if text and day is None:
            self._report.unread_dates.add(f"{origin} ({text})")
        elif text and day and is_to_come(day[:_DAY], text, self._now):
            self._report.dates_to_come.add(f"{origin} ({text})")

    def _read(self, text: str | None, outlet: str, file: str) -> str | None:
        return time_of(text, self._order.month_first(_places(outlet, file), text)) if text else None


def _places(outlet: str, file: str) -> Iterator[str]:
    """Where dates are written alike, the likeliest first. A folder may hold those of many outlets:
    it counts where no other outlet is known than the file, or the folder."""
    path = PurePath(file)
    yield f"outlet {outlet}"
    yield f"file {file}"
    if outlet in (path.name.casefold(), path.parent.name.casefold()):
        yield f"folder {path.parent}"
