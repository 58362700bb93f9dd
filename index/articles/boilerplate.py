"""Lines of a page that are not news: by rules, by the settings, and learned per outlet. Pure.

What an outlet prints under many articles is furniture, whatever it says. But sentences of news
recur too: the background of a long story, "Terms were not disclosed.", the rows of a table. So a
repeated line is learned only if it is in enough articles, in a share of the outlet's, and either
does not look like a sentence, a quotation or a figure, or speaks of the page itself.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain
from pathlib import PurePath

from index import links
from index.articles.boilerplate_rules import MAX_LINE, compiled, is_furniture
from index.articles.code_lines import is_code
from index.articles.plain import Paragraphs
from index.errors import ConfigError
from index.sources.raw import RawArticle

MIN_ARTICLES = 6
"""Articles of one outlet that must hold a line before it is learned."""
MIN_SHARE = 0.10
"""Share of the outlet's articles that must hold it. The most frequent line of news in 16,000
articles of six corpora (a table's row, "Year") is in 1.4 %; footers are in most articles."""
SENTENCE_MIN_ARTICLES, SENTENCE_MIN_SHARE = 20, 0.5
"""The same for a line that looks like news and does not speak of the page."""

_PAGE = re.compile(
    r"\b(?:subscri\w+|newsletters?|e-?mails?|copyright|reserved|cookies?|privacy|websites?|"
    r"external (?:web ?)?sites?|content of|comments?|click|log ?in|sign ?up|sign ?in|download|"
    r"follow (?:us|@\w+)|facebook|twitter|whatsapp|instagram|podcast|app|republish\w*|syndicat\w+|"
    r"reproduc\w+|terms (?:of|and)|edited by|reporting by|editing by|writing by|this (?:article|"
    r"story|page)|advertis\w+|sponsor\w*|donat\w+|our (?:journalism|reporters|readers))\b|©|www\."
)
_LIKE_NEWS = re.compile(r"[.!?…]['’)]?\Z|[\d%$£€“”\"]")
_SLOTS = 2**27
"""Bits of the table of lines seen once (16 MB). 200,000 articles of 30 lines fill under 5 % of
it, so fewer than one line in twenty is counted once too often."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What to leave out: the known rules, ``extra`` patterns and ``learned`` (outlet, key) pairs.

    An extra pattern is a regular expression that must match the whole line, without regard to
    case. Raises ConfigError for one that is not a regular expression.
    """

    extra: tuple[str, ...] = ()
    learned: frozenset[tuple[str, str]] = frozenset()
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

    def is_boilerplate(self, line: str, outlet: str) -> bool:
        """Whether the whole normalised ``line`` is furniture of a page of ``outlet``."""
        return self.is_known(line) or self.is_learned(line, outlet)

    def is_known(self, line: str) -> bool:
        """Whether ``line`` is furniture by the rules, whosever page it is on."""
        return (
            is_furniture(line) or is_code(line) or any(rule.fullmatch(line) for rule in self._rules)
        )

    def is_learned(self, line: str, outlet: str) -> bool:
        """Whether ``line`` was found to recur over the articles of ``outlet``."""
        return bool(self.learned) and (outlet, line_key(line)) in self.learned


class LineCounts:
    """Counts in how many articles of an outlet each line stands. Add every article once.

    A line met for the first time costs a bit; only repeated ones are kept as text. Copies and
    updates of an article already added count as that article, or ten stories that a feed repeats
    would teach their own sentences.
    """

    def __init__(self) -> None:
        self._once = bytearray(_SLOTS // 8)
        self._repeated: Counter[tuple[str, str]] = Counter()
        self._articles: Counter[str] = Counter()
        self._seen_texts: set[int] = set()

    def add(self, outlet: str, paragraphs: Paragraphs) -> None:
        """Count the lines of an article of ``outlet``."""
        lines = list(chain.from_iterable(paragraphs))
        if not lines or self._is_copy(outlet, lines):
            return
        self._articles[outlet] += 1
        for key in {line_key(line) for line in lines if len(line) <= MAX_LINE}:
            if key and self._met(f"{outlet}\n{key}"):
                self._repeated[outlet, key] += 1

    def learned(self) -> frozenset[tuple[str, str]]:
        """The (outlet, key) pairs that are furniture, for `Furniture`."""
        return frozenset(
            (outlet, key)
            for (outlet, key), more in self._repeated.items()
            if _is_furniture(key, more + 1, self._articles[outlet])
        )

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


def line_key(line: str) -> str:
    """What two showings of a line of furniture have in common: case and figures may differ."""
    return re.sub(r"\d+", "0", " ".join(line.casefold().split()))


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


def _is_furniture(key: str, articles: int, of: int) -> bool:
    if _LIKE_NEWS.search(key) and not _PAGE.search(key):
        return articles >= SENTENCE_MIN_ARTICLES and articles >= SENTENCE_MIN_SHARE * of
    return articles >= MIN_ARTICLES and articles >= MIN_SHARE * of


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
