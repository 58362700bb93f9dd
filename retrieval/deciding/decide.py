"""Spans to an answer or an abstention: agreement, contradiction, what is newest. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.model import Passage
from retrieval.answer import Abstention, Answer, Claim, Mode, Quote, Reply, Searched, Span
from retrieval.deciding.agreement import counts, same_answer
from retrieval.deciding.corroboration import corroborating
from retrieval.deciding.disputes import at_odds, denial, opposed
from retrieval.deciding.fitting import fitted, gives_none
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
MOST_QUOTES = 3
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
    ``stories`` gives an article's id the story that it tells, near-duplicates the same one;
    ``unheard``: what the question takes to exist and no article mentions."""

    passages: tuple[Passage, ...] = ()
    stories: Mapping[str, str] = field(default_factory=dict)
    unheard: str | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """Spans that say the same, the most probable first, each from a story of its own."""

    spans: tuple[Span, ...]

    @property
    def score(self) -> float:
        return self.spans[0].score

    @property
    def text(self) -> str:
        return self.spans[0].text

    @property
    def newest(self) -> str:
        """The latest date of its articles, as far as they are dated."""
        return max((span.passage.reference.published or "" for span in self.spans), default="")


def decide(
    question: Question, spans: Sequence[Span], threshold: float, found: Evidence, stamp: Stamp
) -> Reply:
    """An answer of the spans that are probable enough, else an abstention with the nearest."""
    asked = question.shown
    distinct = _distinct([one for span in spans if (one := fitted(question, span))])
    best = distinct[0].score if distinct else 0.0
    if not distinct or best < threshold or found.unheard:
        reason = NOT_OUTRIGHT if spans and spans[0].score >= _HINT else NOT_SAID
        if found.unheard:
            reason = f"no article mentions “{found.unheard}”"
        return abstention(question, reason, nearest_quotes(question, spans), stamp)
    groups = _groups(asked, distinct, _ECHO * best, found.stories)
    rivals = [group for group in groups if group.score >= max(threshold, _RIVAL * best)]
    if question.kind.timely:
        rivals = _newest_first(rivals)
    rivals[0] = _corroborated(rivals[0], question, found)
    denied = denial(asked, rivals[0].spans[0], spans)
    probable = [group for group in groups if group.score >= threshold]
    against = [_Group((denied,))] if denied else []
    against += _contrary(asked, rivals[0], probable, best, found.stories)
    # Below a denial only what contradicts: another claim would not be what is denied.
    beside = [] if denied else [group for group in rivals[1:] if group not in against]
    shown = [rivals[0], *against, *beside][:MOST_CLAIMS]
    return Answer(
        question.typed,
        tuple(map(_claim, shown)),
        stamp.mode,
        stamp.generation,
        stamp.notice,
        stamp.searched,
        disputed=bool(against),
    )


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


def _groups(
    asked: str, spans: Sequence[Span], least: float, stories: Mapping[str, str]
) -> list[_Group]:
    """Spans that say the same, put together; one span of each story."""
    groups: list[_Group] = []
    for span in spans:
        for number, group in enumerate(groups):
            if same_answer(span.text, group.text) and not opposed(asked, span, group.spans[0]):
                told = {_story_of(one, stories) for one in group.spans}
                if span.score >= least and _story_of(span, stories) not in told:
                    groups[number] = _Group((*group.spans, span)[:MOST_QUOTES])
                break
        else:
            groups.append(_Group((span,)))
    return groups


def _corroborated(group: _Group, question: Question, found: Evidence) -> _Group:
    """``group`` with the sentences of other stories that were found and give the same answer."""
    kept = list(group.spans)
    least, asked = _ECHO * group.score, question.shown
    for span in corroborating(asked, group.text, found.passages, least):
        told = {_story_of(one, found.stories) for one in kept}
        own = quote_of(span).text
        shown = any(own in quote_of(one).text for one in kept)
        if fitted(question, span) and _story_of(span, found.stories) not in told and not shown:
            kept.append(span)
    return _Group(tuple(kept[:MOST_QUOTES]))


def _newest_first(groups: list[_Group]) -> list[_Group]:
    """By the day of the newest article, those not dated last; as they are when the first is not
    dated, for it may be the newest."""
    if not groups[0].newest:
        return groups
    return sorted(groups, key=lambda group: group.newest[:10], reverse=True)


def _contrary(
    asked: str, first: _Group, groups: Sequence[_Group], best: float, stories: Mapping[str, str]
) -> list[_Group]:
    """The first of ``groups`` that cannot be right beside the ``first`` and is of another story, if
    one is.

    Another name must be a rival of the ``best`` one: sentences about a body name many people.
    """
    for group in groups:
        share = _CONTRARY if counts(first.text) and counts(group.text) else _RIVAL
        if (
            group.score >= share * best
            and _story(first, stories) != _story(group, stories)
            and at_odds(asked, first.spans[0], group.spans[0])
        ):
            return [group]
    return []


def _claim(group: _Group) -> Claim:
    return Claim(group.text, group.score, tuple(quote_of(span) for span in group.spans))


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


def _story(group: _Group, stories: Mapping[str, str]) -> str:
    return _story_of(group.spans[0], stories)


def _story_of(span: Span, stories: Mapping[str, str]) -> str:
    article = span.passage.reference.article_id
    return stories.get(article, article)
