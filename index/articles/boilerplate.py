"""Lines of a page that are not news: by rules, by the settings, and learned per outlet. Pure.

What an outlet prints under many articles is furniture, whatever it says. But sentences of news
recur too: the background of a long story, "Terms were not disclosed.", the rows of a table. So a
repeated line is learned only if it is in enough articles, in a share of the outlet's, and either
does not look like a sentence, a quotation or a figure, or speaks of the page itself.

And furniture may say what nothing else does: who leads the firm, whom to call. Such a line stays in
one article, the newest that has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain
from pathlib import PurePath

from index import links
from index.articles.boilerplate_rules import MAX_LINE, compiled, is_furniture
from index.articles.code_lines import is_code
from index.articles.plain import Paragraphs
from index.articles.recurring_lines import is_page_furniture, line_key, states
from index.errors import ConfigError
from index.model import LearnedLine
from index.sources.dates import day_of
from index.sources.raw import RawArticle

_SLOTS = 2**27
"""Bits of the table of lines seen once (16 MB). 200,000 articles of 30 lines fill under 5 % of
it, so fewer than one line in twenty is counted once too often."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What to leave out: the known rules, ``extra`` patterns and ``learned`` (outlet, key) pairs.
    ``keepers`` name the article that keeps a line of these.

    An extra pattern is a regular expression that must match the whole line, without regard to
    case. Raises ConfigError for one that is not a regular expression.
    """

    extra: tuple[str, ...] = ()
    learned: frozenset[tuple[str, str]] = frozenset()
    keepers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _kept: dict[str, str] = field(init=False, repr=False, compare=False)
    _rules: tuple[re.Pattern[str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for pattern in self.extra:
            try:
                re.compile(pattern)
            except re.error as error:
                shown = " ".join(pattern.split())
                raise ConfigError(
                    f"boilerplate pattern {shown!r} is not a regular expression "
                    f"({str(error).splitlines()[0]}); correct or remove it."
                ) from None
        object.__setattr__(self, "_rules", compiled(self.extra))
        kept: dict[str, list[str]] = {}
        for (_, key), name in sorted(self.keepers.items()):
            kept.setdefault(name, []).append(key)
        named = {name: "\n".join(["", *keys]) for name, keys in kept.items()}
        object.__setattr__(self, "_kept", named)

    def is_boilerplate(self, line: str, outlet: str, name: str = "") -> bool:
        """Whether the whole normalised ``line`` is furniture of a page of ``outlet``, and not kept
        in the article ``name``."""
        return self.is_known(line) or self.is_learned(line, outlet, name)

    def is_known(self, line: str) -> bool:
        """Whether ``line`` is furniture by the rules, whosever page it is on."""
        return (
            is_furniture(line) or is_code(line) or any(rule.fullmatch(line) for rule in self._rules)
        )

    def is_learned(self, line: str, outlet: str, name: str = "") -> bool:
        """Whether ``line`` was found to recur over the articles of ``outlet``, of which another
        than ``name`` keeps it, if any does."""
        if not self.learned or (outlet, key := line_key(line)) not in self.learned:
            return False
        return not name or self.keepers.get((outlet, key)) != name

    def kept_in(self, name: str) -> str:
        """All that the article ``name`` keeps; "" for nearly all."""
        return self._kept.get(name, "")


@dataclass(slots=True)
class _Repeated:
    """A line as the newest article that has it writes it, with that one's name and day."""

    line: str
    name: str
    day: str
    articles: int = 1


class LineCounts:
    """Counts in how many articles of an outlet each line stands. Add every article once.

    A line met for the first time costs a bit; only repeated ones are kept as text. Copies and
    updates of an article already added count as that article, or ten stories that a feed repeats
    would teach their own sentences.
    """

    def __init__(self) -> None:
        self._once = bytearray(_SLOTS // 8)
        self._repeated: dict[tuple[str, str], _Repeated] = {}
        self._articles: Counter[str] = Counter()
        self._seen_texts: set[int] = set()

    def add(
        self, outlet: str, paragraphs: Paragraphs, name: str = "", published: str | None = None
    ) -> None:
        """Count the lines of the article ``name`` of ``outlet``."""
        lines = list(chain.from_iterable(paragraphs))
        if not lines:
            return
        more = int(not self._is_copy(outlet, lines))
        self._articles[outlet] += more
        day = None
        for key, line in {line_key(line): line for line in lines if len(line) <= MAX_LINE}.items():
            found = self._repeated.get((outlet, key))
            if found is None and (not key or not more or not self._met(f"{outlet}\n{key}")):
                continue
            day = (day_of(published) if published else "") or "" if day is None else day
            found = found or self._repeated.setdefault((outlet, key), _Repeated(line, name, day))
            found.articles += more
            if day >= found.day:
                found.line, found.name, found.day = line, name, day

    def learned(self) -> tuple[frozenset[tuple[str, str]], dict[tuple[str, str], str]]:
        """The (outlet, key) pairs that are furniture, and the keepers of those that are kept, for
        `Furniture`."""
        found = self._furniture()
        kept = {pair: one.name for pair, one in found.items() if one.name and states(one.line)}
        return frozenset(found), kept

    def told(self) -> tuple[LearnedLine, ...]:
        """What was learned, for people: by outlet, the most frequent lines first."""
        lines = [
            LearnedLine(outlet, one.line, one.articles, bool(one.name) and states(one.line))
            for (outlet, _), one in self._furniture().items()
        ]
        return tuple(sorted(lines, key=lambda one: (one.outlet, -one.articles, one.line)))

    def _furniture(self) -> dict[tuple[str, str], _Repeated]:
        return {
            (outlet, key): one
            for (outlet, key), one in self._repeated.items()
            if is_page_furniture(key, one.articles, self._articles[outlet])
        }

    def _met(self, text: str) -> bool:
        slot = _hash(text) % _SLOTS
        met = bool(self._once[slot >> 3] & (1 << (slot & 7)))
        self._once[slot >> 3] |= 1 << (slot & 7)
        return met

    def _is_copy(self, outlet: str, lines: list[str]) -> bool:
        """Whether most of the three longest lines are known: one alone may be a long footer."""
        longest = sorted(sorted(set(lines)), key=len)[-3:]
        prints = {_hash(f"{outlet}\n{line}") for line in longest}
        known_prints = prints & self._seen_texts
        self._seen_texts |= prints
        return len(known_prints) >= min(2, len(prints))


def outlet_of(raw: RawArticle) -> str:
    """Whose page ``raw`` is: its source, else its host, else its collection: a file, or a folder.

    >>> outlet_of(RawArticle("1", None, "", "a.txt", url="https://www.example.org/news"))
    'example.org'
    """
    if raw.source:
        return raw.source.casefold().strip()
    host = links.host(raw.url)
    if host:
        return host.removeprefix("www.")
    one_of_many = re.fullmatch(r"(.+)[:#]\d+", raw.origin)
    if one_of_many:
        return PurePath(one_of_many[1]).name.casefold()
    path = PurePath(raw.origin)
    return (path.parent.name or path.name).casefold()


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
