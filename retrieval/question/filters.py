"""What people type to narrow a search: ``since:2021-08``, ``source:bbc``, "…", last week. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from index.errors import QuestionError
from index.language.dates import Days, spoken
from index.model import Selection

ALL = Selection()
NAMES = ("since", "before", "on", "source", "title")

_LIKELY = ("from", "after", "until", "to", "date", "outlet", "author", "by", "site", "in", "year")
_FILTER = re.compile(r"""(?<!\S)(?P<name>[A-Za-z]+):(?P<value>"[^"]*"|“[^“”]*”|[^\s/"“]\S*)""")
_PHRASE = re.compile(r'"([^"\w]*+\w[^"]*+)"|“([^“”\w]*+\w[^“”]*+)”')


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A question without its filters.

    ``phrases`` must stand in a passage word for word. ``period`` is a time spoken of in passing
    ("last week"), with its words: it narrows the search only where the archive reaches so far.
    """

    text: str
    selection: Selection = ALL
    phrases: tuple[str, ...] = ()
    period: Selection = ALL
    period_words: str = ""

    @property
    def without_period(self) -> str:
        """The text without the words of its period."""
        return " ".join(self.text.replace(self.period_words, " ", 1).split())


def narrow(question: str, today: date) -> Narrowed:
    """Take a question apart. Raises QuestionError for a filter that is not known or not a date."""
    selection, kept, at = ALL, list[str](), 0
    for match in _FILTER.finditer(question):
        name, value = match["name"].lower(), match["value"].strip('"“”')
        if name not in NAMES:
            if not _meant(name):
                continue
            raise QuestionError(_unknown(match[0], name))
        selection = _FILTERS[name](selection, value, match[0])
        kept.append(question[at : match.start()])
        at = match.end()
    text = " ".join("".join([*kept, question[at:]]).split())
    phrases = tuple(first or second for first, second in _PHRASE.findall(text))
    plain = re.sub(r'["“”]', "", text) if phrases else text
    said = None if phrases or selection.since or selection.before else spoken(plain, today)
    if said is None:
        return Narrowed(plain, selection, phrases)
    return Narrowed(plain, selection, phrases, _of(said[1]), said[0])


def unfiltered(question: str) -> str:
    """``question`` without its filters, as a conversation remembers it."""
    kept = _FILTER.sub(lambda m: "" if m["name"].lower() in NAMES else m[0], question)
    return " ".join(kept.split())


def _since(selection: Selection, value: str, typed: str) -> Selection:
    return replace(selection, since=_span(value, typed).since)


def _before(selection: Selection, value: str, typed: str) -> Selection:
    return replace(selection, before=_span(value, typed).since)


def _on(selection: Selection, value: str, typed: str) -> Selection:
    days = _span(value, typed)
    return replace(selection, since=days.since, before=days.before)


def _source(selection: Selection, value: str, typed: str) -> Selection:
    return replace(selection, sources=(*selection.sources, value))


def _title(selection: Selection, value: str, typed: str) -> Selection:
    return replace(selection, titles=(*selection.titles, value))


_FILTERS: dict[str, Callable[[Selection, str, str], Selection]] = {
    "since": _since, "before": _before, "on": _on, "source": _source, "title": _title,
}  # fmt: skip


def _span(value: str, typed: str) -> Selection:
    """The days of a year, month or day."""
    days = Days.of(value)
    if days is None:
        raise QuestionError(
            f"{typed} is not a date; write it like since:2021, since:2021-08 or since:2021-08-31."
        )
    return _of(days)


def _of(days: Days) -> Selection:
    return Selection(days.first.isoformat(), days.after.isoformat())


def _meant(name: str) -> bool:
    """Whether an unknown ``name:`` was typed as a filter, and is not a part of the question."""
    return name in _LIKELY or bool(difflib.get_close_matches(name, (*NAMES, *_LIKELY), 1, 0.7))


def _unknown(typed: str, name: str) -> str:
    close = difflib.get_close_matches(name, NAMES, 1, 0.6)
    meant = f" Did you mean {close[0]}:…?" if close else ""
    return (
        f"There is no filter {name}:.{meant} These work: since:2021-08, before:2022, "
        f'on:2021-08-31, source:bbc, title:truce. To search for it as it is, write "{typed}".'
    )
