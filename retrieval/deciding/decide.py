"""Spans to an answer or an abstention: agreement, contradiction, what is newest. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.model import Passage
from retrieval.answer import Abstention, Answer, Mode, Quote, Reply, Searched, Span
from retrieval.deciding.agreement import counts
from retrieval.deciding.corrected import corrected
from retrieval.deciding.corroboration import corroborating
from retrieval.deciding.disputes import at_odds, denial
from retrieval.deciding.fitting import fitted, gives_none, stated
from retrieval.deciding.groups import (
    MOST_QUOTES,
    Group,
    grouped,
    newest_first,
    story_of,
    versions,
)
from retrieval.deciding.live_entries import newest_entries
from retrieval.question.asked import Question
from retrieval.quoting import quote_of

NOT_SAID = "the articles don't say"
NOT_OUTRIGHT = "the articles don't say so outright"

DEFAULT_THRESHOLD = 0.25
"""The least probability of a claim; what it trades is in docs/evaluation.md."""

_HINT = 0.05  # a nearest passage at least this probable bears on the question
_RIVAL = 0.5  # a further claim is at least this fraction as probable as the best
_CONTRARY = 0.25  # a number that contradicts it, this fraction: both sides are to be seen
_ECHO = 0.05  # and a further quote of the same answer this fraction: that they agree is evidence

MOST_CLAIMS = 3
MOST_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every reply carries: how and in which generation it was searched, what is to be said."""

    mode: Mode
    generation: str
    notice: str | None = None
    searched: Searched | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the search found besides what was read. ``passages`` may give the same answer too;
    ``stories`` gives an article's id the story that it tells, copies and updates the same one, and
    ``copies`` what it is a copy of: an update may give other figures, and a copy may not.
    ``unheard``: what the question takes to exist and no article mentions; ``held``: which of the
    words sought stand in each article."""

    passages: tuple[Passage, ...] = ()
    stories: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    unheard: str | None = None
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def held_by(self, span: Span) -> frozenset[str]:
        """The words sought that stand in the article of ``span``."""
        return self.held.get(span.passage.reference.article_id, frozenset())


def decide(
    question: Question, spans: Sequence[Span], threshold: float, found: Evidence, stamp: Stamp
) -> Reply:
    """An answer of the spans that are probable enough, else an abstention with the nearest."""
    asked, spans = question.shown, newest_entries(spans)
    distinct = _distinct(_candidates(question, spans, found))
    best = distinct[0].score if distinct else 0.0
    if not distinct or best < threshold or found.unheard:
        reason = NOT_OUTRIGHT if spans and spans[0].score >= _HINT else NOT_SAID
        if found.unheard:
            reason = f"no article mentions “{found.unheard}”"
        return abstention(question, reason, nearest_quotes(question, spans), stamp)
    groups = grouped(asked, distinct, _ECHO * best, found.stories)
    told = versions(asked, groups, _ECHO * best, found.passages, found.stories)
    if told:
        # That it is what was asked for is as sure of the newest value as of the one read best.
        newest = replace(told[0].spans[0], score=best)
        told[0] = Group((newest, *told[0].spans[1:]))
        return _answer(question, told[:MOST_CLAIMS], stamp, history=True)
    rivals = [group for group in groups if group.score >= max(threshold, _RIVAL * best)]
    if question.kind.timely:
        rivals = newest_first(rivals)
    rivals[0] = _corroborated(rivals[0], question, found)
    denied = denial(asked, rivals[0].spans[0], spans)
    probable = [group for group in groups if group.score >= threshold]
    against = [Group((denied,))] if denied else []
    against += _contrary(asked, rivals[0], probable, best, found.copies)
    # Below a denial only what contradicts: another claim would not be what is denied.
    beside = [] if denied else [group for group in rivals[1:] if group not in against]
    shown = [rivals[0], *against, *beside][:MOST_CLAIMS]
    return _answer(question, shown, stamp, disputed=bool(against))


def _candidates(question: Question, spans: Sequence[Span], found: Evidence) -> list[Span]:
    """The spans that can answer by their kind, and those that say it in so many words; the most
    probable first."""
    told = corrected([*spans, *stated(question, found.passages)], found.passages)
    fitting = [one for span in told if (one := fitted(question, span, found.held_by(span)))]
    return sorted(fitting, key=lambda span: -span.score)


def _answer(
    question: Question, groups: Sequence[Group], stamp: Stamp, disputed: bool = False,
    history: bool = False,
) -> Answer:  # fmt: skip
    claims = tuple(group.claim() for group in groups)
    return Answer(
        question.typed, claims, stamp.mode, stamp.generation, stamp.notice, stamp.searched,
        disputed=disputed, history=history,
    )  # fmt: skip


def abstention(
    question: Question, reason: str, nearest: tuple[Quote, ...], stamp: Stamp
) -> Abstention:
    """That the articles do not say, and why."""
    return Abstention(
        question.typed, reason, nearest, stamp.mode, stamp.generation, stamp.notice, stamp.searched
    )


def nearest_quotes(question: Question, spans: Sequence[Span]) -> tuple[Quote, ...]:
    """What comes closest, when nothing is probable enough; who holds another office than the one
    asked for comes last."""
    near = sorted(_distinct(spans)[:MOST_NEAREST], key=lambda span: gives_none(question, span))
    return tuple(map(quote_of, near))


def _corroborated(group: Group, question: Question, found: Evidence) -> Group:
    """``group`` with the sentences of other stories that were found and give the same answer."""
    kept = list(group.spans)
    least, asked = _ECHO * group.score, question.shown
    for span in corroborating(asked, group.short, found.passages, least):
        told = {story_of(one, found.stories) for one in kept}
        own = quote_of(span).text
        shown = any(own in quote_of(one).text for one in kept)
        new = story_of(span, found.stories) not in told and not shown
        if new and fitted(question, span, found.held_by(span)):
            kept.append(span)
    return Group(tuple(kept[:MOST_QUOTES]))


def _contrary(
    asked: str, first: Group, groups: Sequence[Group], best: float, copies: Mapping[str, str]
) -> list[Group]:
    """The first of ``groups`` that cannot be right beside the ``first`` and is of no copy of its
    article, if one is.

    Another name must be a rival of the ``best`` one: sentences about a body name many people.
    """
    for group in groups:
        share = _CONTRARY if counts(first.short) and counts(group.short) else _RIVAL
        if (
            group.score >= share * best
            and story_of(first.spans[0], copies) != story_of(group.spans[0], copies)
            and at_odds(asked, first.spans[0], group.spans[0])
        ):
            return [group]
    return []


def _distinct(spans: Sequence[Span]) -> list[Span]:
    """Each quote once, the best first: a syndicated sentence says no more the second time, and a
    sentence is shown for its best answer. One that is all inside a better quote is shown there."""
    shown: list[str] = []
    kept = []
    for span in spans:
        text = quote_of(span).text
        if not any(text in other for other in shown):
            kept.append(span)
            shown.append(text)
    return kept
