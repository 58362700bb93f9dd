"""Which passages a narrowed question may be answered from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from index.errors import QuestionError
from index.language.words import words
from index.model import ALL, Selection
from index.store import Generation
from retrieval.question.filters import Narrowed


@dataclass(frozen=True, slots=True)
class Scope:
    """``selection``: the passages that may be found. ``text``: what to search for. ``empty`` says
    why nothing may be found, ``remark`` what the person should know. ``wider``: where to look when
    the days that the question speaks of tell nothing."""

    text: str
    selection: Selection = ALL
    empty: str | None = None
    remark: str | None = None
    wider: Scope | None = None


def scope_of(asked: Narrowed, generation: Generation) -> Scope:
    """The passages that meet the filters and hold the phrases of a question.

    Raises QuestionError for a phrase that cannot be looked up.
    """
    scope, chosen = _scope_of(asked, generation), asked.period or asked.selection
    dated = generation.dated() if chosen.since or chosen.before else None
    articles = generation.manifest.articles
    if dated is None or dated == articles:
        return scope
    have = f"{dated:,} of {articles:,} articles {'has' if dated == 1 else 'have'} a date"
    return replace(scope, remark="; ".join(filter(None, (scope.remark, have))))


def _scope_of(asked: Narrowed, generation: Generation) -> Scope:
    text, chosen = asked.text, asked.selection
    for phrase in asked.phrases:
        _require_telling(phrase)
    phrases = [replace(chosen, phrases=said) for said in accumulate((p,) for p in asked.phrases)]
    dated = _both(chosen, asked.period) if asked.period else None
    selections = [*([chosen] if chosen else []), *phrases, *([dated] if dated else [])]
    there = dict(zip(selections, generation.any_of(selections) if selections else [], strict=True))
    if chosen and not there[chosen]:
        return Scope(text, chosen, f"no article fits these filters{_reach(generation)}")
    for said in phrases:
        if not there[said]:
            return Scope(text, said, f"no article says “{said.phrases[-1]}”")
    whole = phrases[-1] if phrases else chosen
    if dated is None:
        return Scope(text, whole)
    spoken = asked.period_words.lower()
    if there[dated]:
        wider = Scope(text, whole, None, f"no article from {spoken} tells; all were searched")
        return Scope(asked.without_period, dated, wider=wider)
    return Scope(text, whole, None, f"no article is from {spoken}; all were searched")


def _both(one: Selection, period: Selection) -> Selection:
    return replace(one, since=period.since, before=period.before)


def _reach(generation: Generation) -> str:
    """From when to when the archive's articles are."""
    dates = generation.span_of_dates()
    return f" (they are from {dates[0][:10]} to {dates[1][:10]})" if dates else ""


def _require_telling(phrase: str) -> None:
    """Raise QuestionError for function words alone, which are not indexed."""
    if not words(phrase):
        raise QuestionError(
            f"“{phrase}” is made of words too common to be looked up; quote one that tells more."
        )
