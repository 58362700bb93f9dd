"""Spans to an answer or an abstention: agreement, contradiction, what is newest. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from index.model import Passage
from retrieval.agreement import (
    about_the_same,
    denies,
    denies_this,
    differ,
    may_name,
    same_answer,
    timely,
)
from retrieval.answer import Abstention, Answer, Claim, Mode, Quote, Reply, Searched
from retrieval.corroboration import corroborating
from retrieval.quoting import quote_of
from retrieval.reader import Span

NOT_SAID = "the articles don't say"
NOT_OUTRIGHT = "the articles don't say so outright"

DEFAULT_THRESHOLD = 0.25
"""The least probability of a claim; what it trades is in docs/evaluation.md."""

_HINT = 0.05  # a nearest passage at least this probable bears on the question
_RIVAL = 0.5  # a further claim is at least this fraction as probable as the best
_CONTRARY = 0.25  # one that contradicts it, this fraction: both sides are to be seen
_ECHO = 0.05  # and a further quote of the same answer this fraction: that they agree is evidence

_DAYS = 30  # within which two articles may tell of one event

MOST_CLAIMS = 3
MOST_QUOTES = 3
MOST_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an answer is stamped with, and what is known of its articles.

    ``stories`` gives an article's id the story that it tells; near-duplicates tell the same one.
    ``found``: passages that the search found, read or not, which may give the same answer too.
    ``unheard``: what the question takes to exist and no article mentions.
    """

    mode: Mode
    generation: str
    notice: str | None = None
    searched: Searched | None = None
    stories: Mapping[str, str] = field(default_factory=dict)
    found: tuple[Passage, ...] = ()
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


def decide(question: str, spans: Sequence[Span], threshold: float, now: Circumstances) -> Reply:
    """An answer of the spans that are probable enough, else an abstention with the nearest."""
    asked = now.searched.text if now.searched else question
    distinct = _distinct(spans)
    best = distinct[0].score if distinct else 0.0
    named = bool(distinct) and may_name(asked, distinct[0].text)
    if not named or best < threshold or now.unheard:
        nearest = nearest_quotes(spans)
        reason = NOT_OUTRIGHT if best >= _HINT else NOT_SAID
        if now.unheard:
            reason = f"no article mentions “{now.unheard}”"
        return Abstention(
            question, reason, nearest, now.mode, now.generation, now.notice, now.searched
        )
    groups = _groups(distinct, _ECHO * best, now.stories)
    rivals = [group for group in groups if group.score >= max(threshold, _RIVAL * best)]
    if timely(asked):
        rivals = _newest_first(rivals)
    rivals[0] = _corroborated(rivals[0], asked, now)
    denial = _denial(rivals[0].spans[0], spans)
    contrary = _contrary(asked, rivals[0], groups, max(threshold, _CONTRARY * best), now)
    if denial is not None:
        rivals = [rivals[0], _Group((denial,))]
    elif contrary is not None:
        rivals = [rivals[0], contrary, *(one for one in rivals[1:] if one is not contrary)]
    claims = tuple(_claim(group) for group in rivals[:MOST_CLAIMS])
    disputed = denial is not None or contrary is not None
    return Answer(question, claims, now.mode, now.generation, now.notice, now.searched, disputed)


def nearest_quotes(spans: Sequence[Span]) -> tuple[Quote, ...]:
    """What comes closest, when nothing is probable enough."""
    return tuple(quote_of(span) for span in _distinct(spans)[:MOST_NEAREST])


def _groups(spans: Sequence[Span], least: float, stories: Mapping[str, str]) -> list[_Group]:
    """Spans that say the same, put together; one span of each story."""
    groups: list[_Group] = []
    for span in spans:
        for number, group in enumerate(groups):
            if same_answer(span.text, group.text):
                told = {_story_of(one, stories) for one in group.spans}
                if span.score >= least and _story_of(span, stories) not in told:
                    groups[number] = _Group((*group.spans, span)[:MOST_QUOTES])
                break
        else:
            groups.append(_Group((span,)))
    return groups


def _corroborated(group: _Group, asked: str, now: Circumstances) -> _Group:
    """``group`` with the sentences of other stories that were found and give the same answer."""
    kept = list(group.spans)
    for span in corroborating(asked, group.text, now.found, _ECHO * group.score):
        told = {_story_of(one, now.stories) for one in kept}
        own = quote_of(span).text
        shown = any(own in quote_of(one).text for one in kept)
        if _story_of(span, now.stories) not in told and not shown:
            kept.append(span)
    return _Group(tuple(kept[:MOST_QUOTES]))


def _newest_first(groups: list[_Group]) -> list[_Group]:
    """By the day of the newest article; as they are when one of them is not dated."""
    if not all(group.newest for group in groups):
        return groups
    return sorted(groups, key=lambda group: group.newest[:10], reverse=True)


def _contrary(
    asked: str, first: _Group, groups: Sequence[_Group], least: float, now: Circumstances
) -> _Group | None:
    """The best of ``groups``, at least this probable, that cannot be right beside the ``first``: of
    another story, about the same thing, and of one time as far as they are dated."""
    for group in groups:
        if (
            group.score >= least
            and differ(asked, first.text, group.text)
            and _story(first, now) != _story(group, now)
            and about_the_same(_evidence(first), _evidence(group))
            and _of_one_time(first.spans[0], group.spans[0])
        ):
            return group
    return None


def _of_one_time(one: Span, other: Span) -> bool:
    """Whether two articles may tell of one event: years later, a toll is of another one."""
    days = [(span.passage.reference.published or "")[:10] for span in (one, other)]
    if not all(days):
        return True
    if min(map(len, days)) < len("2021-08-15"):
        return abs(int(days[0][:4]) - int(days[1][:4])) <= 1
    first, second = map(date.fromisoformat, days)
    return abs((first - second).days) <= _DAYS


def _denial(span: Span, spans: Sequence[Span]) -> Span | None:
    """A sentence beside the answer's, or in another passage that was read, that contests it; None
    when the quote says so itself, for then both sides are in it."""
    quote, end = _own_quote(span), quote_of(span).end - span.passage.start
    if denies(quote.text):
        return None
    others = {other.passage.key: other.passage for other in spans}
    others.pop(span.passage.key, None)
    elsewhere = [(passage, bound) for passage in others.values() for bound in passage.sentences]
    beside = [(span.passage, bound) for bound in _following(span, end)]
    for passage, (first, last) in [*beside, *elsewhere]:
        text = passage.text[first:last]
        same = about_the_same(text, quote.text)
        if passage.key == span.passage.key:
            contested = denies(text) and (same or denies_this(text))
        else:
            contested = denies(text) and same and _named(span, text)
        if contested:
            quoted = passage.key == span.passage.key and first < end
            return None if quoted else Span(passage, first, last, min(span.score, 0.5))
    return None


def _following(span: Span, end: int) -> list[tuple[int, int]]:
    """The sentences after the span's own, up to the first that begins at ``end`` or later."""
    after = [bound for bound in span.passage.sentences if bound[0] > span.start]
    return after[: 1 + sum(bound[0] < end for bound in after)]


def _named(span: Span, text: str) -> bool:
    """Whether a sentence of another passage names the answer itself."""
    return span.text.casefold() in text.casefold()


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


def _evidence(group: _Group) -> str:
    return _own_quote(group.spans[0]).text


def _own_quote(span: Span) -> Quote:
    """The quote of ``span`` without its neighbours, which may speak of something else."""
    return quote_of(replace(span, around=None))


def _story(group: _Group, now: Circumstances) -> str:
    return _story_of(group.spans[0], now.stories)


def _story_of(span: Span, stories: Mapping[str, str]) -> str:
    article = span.passage.reference.article_id
    return stories.get(article, article)
