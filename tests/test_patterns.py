"""No pattern of ours takes longer than its text is long: texts come from anybody.

Each pattern is tried, in the way that the code uses it, on texts made from the pattern itself to be
hard. Four times the text may take about four times the time, measured in one run against itself; a
pattern that is quadratic takes sixteen times, and is far beyond the bound.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.pumps import pumps

ROOT = Path(__file__).parent.parent
PACKAGES = ("index", "retrieval", "evaluation", "bot")
SIZES = (500, 2_000, 8_000)  # characters
BOUND = 8.0  # times the time of a quarter of the text
TOO_SHORT = 0.002  # seconds, below which nothing is measured
RUNS = 30
ENDLESS = 2.0  # seconds after which a text is given up
USES: dict[str, Callable[[re.Pattern[str], str], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: deque(pattern.finditer(text), 0),
}
SEARCHES = ("search", "finditer", "findall", "sub", "subn", "split")


def _patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern that a module of ours holds, by where it stands."""
    found: dict[str, re.Pattern[Any]] = {}
    for package in PACKAGES:
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for place, pattern in _inside(f"{module.name}.{name}", value):
                    if pattern not in found.values():
                        found[place] = pattern
    return found


def _inside(name: str, value: object) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, tuple | list):
        for number, one in enumerate(value):
            yield from _inside(f"{name}[{number}]", one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _inside(f"{name}[{key}]", one)


PATTERNS = {place: one for place, one in _patterns().items() if isinstance(one.pattern, str)}
SOURCES = "\n".join(f.read_text() for p in PACKAGES for f in sorted((ROOT / p).rglob("*.py")))


def _uses(place: str) -> list[str]:
    """How the code uses the pattern: by the name that holds it, else as its module uses any."""
    module, name = place.split("[")[0].rsplit(".", 1)
    methods = "|".join(("match", "fullmatch", *SEARCHES))
    called = re.findall(rf"\b{name}\.({methods})\(", SOURCES)
    if not called:
        source = (ROOT / f"{module.replace('.', '/')}.py").read_text()
        called = re.findall(rf"\b[a-z]\w*\.({methods})\(", source)
    return sorted({"search" if one in SEARCHES else one for one in called} or USES.keys())


class _Endless(Exception):
    pass


@pytest.fixture(autouse=True)
def bell() -> Iterator[None]:
    """A pattern that does not end is interrupted."""

    def ring(_: int, __: FrameType | None) -> None:
        raise _Endless

    before = signal.signal(signal.SIGALRM, ring)
    yield
    signal.signal(signal.SIGALRM, before)


def _seconds(
    use: Callable[[re.Pattern[str], str], object], pattern: Any, text: str, enough: float
) -> float:
    """The least time of three runs, or of more until it is ``enough``: on a busy machine any one
    may take long."""
    least = float("inf")
    for run in range(RUNS):
        signal.setitimer(signal.ITIMER_REAL, ENDLESS)
        begun = time.perf_counter()
        try:
            use(pattern, text)
        except _Endless:
            return float("inf")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        least = min(least, time.perf_counter() - begun)
        if least <= TOO_SHORT / BOUND or (run > 1 and least <= enough):
            break
    return least


def _hard(pattern: re.Pattern[Any], use: str) -> str | None:
    """The text that takes too long, as (beginning, what is repeated, end); None if none does."""
    for first, repeated in sorted(pumps(pattern.pattern)):
        for end in ("", "\0!"):
            before = TOO_SHORT / BOUND
            for size in SIZES:
                text = f"{first}{repeated * max(1, size // len(repeated))}{end}"
                most = BOUND * max(before, TOO_SHORT / BOUND)
                taken = _seconds(USES[use], pattern, text, most)
                if taken > most:
                    return f"{use}: {first!r} {repeated!r} {end!r}"
                before = taken
    return None


@pytest.mark.parametrize("place", PATTERNS)
def test_time_grows_with_the_text_and_no_faster(place: str) -> None:
    for use in _uses(place):
        assert _hard(PATTERNS[place], use) is None


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"terms(?: ?[|·•] ?[\w ]+)*", "fullmatch"),
        (r"(a+)+$", "match"),
        (r"<!--.*?-->", "search"),
        (r'"([^"]*\w[^"]*)"', "search"),
        (r"\s*\d+\s*\d*\s*,", "search"),
    ],
)
def test_a_pattern_that_grows_faster_is_found(pattern: str, use: str) -> None:
    assert _hard(re.compile(pattern, re.DOTALL), use)
