"""Spans put together by what they say, and in what order they are told. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.model import Passage
from retrieval.answer import Claim, Span
from retrieval.deciding.agreement import differ, same_answer
from retrieval.deciding.disputes import opposed
from retrieval.deciding.short_answers import ShortAnswer, short_answer
from retrieval.quoting import quote_of

MOST_QUOTES = 3
_DAY = len("2021-08-31")


@dataclass(frozen=True, slots=True)
class Group:
    """Spans that say the same, the most probable first, each from a story of its own."""

    spans: tuple[Span, ...]

    @property
    def score(self) -> float:
        return self.spans[0].score

    @property
    def short(self) -> ShortAnswer:
        return short_answer(self.spans[0])

    @property
    def newest(self) -> str:
        """The latest date of its articles, as far as they are dated."""
        return max((span.passage.reference.published or "" for span in self.spans), default="")

    def claim(self) -> Claim:
        spans = self.spans
        return Claim(spans[0].text, self.score, tuple(quote_of(span) for span in spans))


def grouped(
    asked: str, spans: Sequence[Span], least: float, stories: Mapping[str, str]
) -> list[Group]:
    """Spans that say the same, put together; one span of each story, none less probable than
    ``least`` but the first."""
    groups: list[Group] = []
    for span in spans:
        for number, group in enumerate(groups):
            same = same_answer(short_answer(span), group.short)
            if same and not opposed(asked, span, group.spans[0]):
                told = {story_of(one, stories) for one in group.spans}
                if span.score >= least and story_of(span, stories) not in told:
                    groups[number] = Group((*group.spans, span)[:MOST_QUOTES])
                break
        else:
            groups.append(Group((span,)))
    return groups


def newest_first(groups: list[Group]) -> list[Group]:
    """By the day of the newest article, those not dated last; where the first is not dated, which
    may be the newest, it stays the first unless another one is as probable."""
    first = groups[0]
    if not first.newest and not any(one.newest and one.score >= first.score for one in groups[1:]):
        return groups
    return sorted(groups, key=lambda group: group.newest[:_DAY], reverse=True)


def versions(
    asked: str,
    groups: Sequence[Group],
    least: float,
    passages: Iterable[Passage],
    stories: Mapping[str, str],
) -> list[Group]:
    """The first of ``groups`` and those that give other values for the same thing in the same
    story, at other times, the newest first; none where there is nothing to put in order.

    They are as probable as ``least``, or count what became of the same: "the toll rose to 240" is
    hardly read as an answer to how many were killed. Such are looked for in all ``passages``.
    """
    first = groups[0]
    story, amount = story_of(first.spans[0], stories), first.short.quantity
    fate = amount.fate if amount else ""
    told = [span for passage in passages for span in _counting(passage, fate)]
    likely = [group for group in groups[1:] if group.score >= least]
    others = [
        one
        for one in [*likely, *grouped(asked, told, 0.0, stories)]
        if one.newest
        and one.newest != first.newest
        and story_of(one.spans[0], stories) == story
        and differ(asked, first.short, one.short)
    ]
    if not others or not first.newest:
        return []
    ordered = sorted([first, *others], key=lambda group: group.newest, reverse=True)
    return [
        one
        for number, one in enumerate(ordered)
        if not any(same_answer(one.short, before.short) for before in ordered[:number])
    ]


def _counting(passage: Passage, fate: str) -> Iterator[Span]:
    """Where a passage counts all those of one ``fate``."""
    for facts in passage.facts if fate else ():
        for amount in facts.quantities:
            if amount.fate == fate and not amount.part:
                yield Span(passage, amount.start, amount.end, 0.0)


def story_of(span: Span, stories: Mapping[str, str]) -> str:
    """The story that the article of ``span`` tells, by the id of its first article."""
    article = span.passage.reference.article_id
    return stories.get(article, article)
