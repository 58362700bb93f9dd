"""Who leads, heads, runs … what, by a verb. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.language.dates import YEAR
from index.language.function_words import BEING, JOINING_OFFICES, PREPOSITIONS
from index.language.nouns import GROUPS, PLACES
from index.language.offices import BELOW, ENDED, PAST_VERBS, TO_COME, VERBS, office_at
from index.language.pronouns import OWNERS
from index.language.role import Role
from index.language.standing import CLAUSE_ENDS
from index.language.tokens import NO_NAME, Token, bare_end
from index.language.words import words

JOINING = JOINING_OFFICES | OWNERS | frozenset("with and the &".split())
"""Words that may join the parts of what an office is of."""
ONE_OF = frozenset("a an another one some two three several".split())
"""Words that say that an office is one of several."""
HELPING = BEING | frozenset(
    "who now also still then once both later currently recently just".split()
)
"""Words that may stand between somebody and what he does or is."""
ARTICLES = OWNERS | frozenset("the this that".split())
_MOST_AFTER = 12  # tokens that what is led takes
_NOT_LED = frozenset("into over against after before until since while as and".split())
_YEAR = re.compile(YEAR)


def doers(tokens: Sequence[Token], lows: list[str], names: list[tuple[int, int]]) -> Iterator[Role]:
    """Who leads, heads, runs … what, by a verb."""
    for at, low in enumerate(lows):
        kind = VERBS.get(low)
        if kind is None or (office_at(lows, at) and not low.endswith(("s", "ed"))):
            continue
        if at + 1 < len(lows) and lows[at + 1] in ("by", "up"):
            named = (name for name in names if at + 2 <= name[0] <= _apposed(lows, at + 2) + 1)
            holder = next((n for n in named if not _describes(tokens, lows, n)), None)
            led = _clause(tokens, range(at - 1, max(-1, at - _MOST_AFTER), -1))
        else:
            holder = next((n for n in names if n[1] <= at and _does(lows[n[1] : at])), None)
            led = _clause(tokens, range(at + 1, min(len(tokens), at + _MOST_AFTER)))
        if holder:
            body = capitals(tokens, lows, led)
            place = tokens[holder[0]].start, bare_end(tokens[holder[1] - 1])
            yield Role(
                *place, kind, frozenset(body), body, _small(tokens, lows, led),
                ended=_ended(lows, holder[0], at),
                to_come=not TO_COME.isdisjoint(lows[holder[1] : at]),
            )  # fmt: skip


def _apposed(lows: list[str], at: int) -> int:
    """Where a name may begin that follows "by": at once, or behind an office and a comma ("by its
    treasurer, Una Falk")."""
    first = at + (lows[at : at + 1] != [] and lows[at] in ARTICLES)
    office = office_at(lows, first)
    end = first + office[1] if office else at
    return end + (lows[end : end + 1] == [","]) if office else at


def _describes(tokens: Sequence[Token], lows: list[str], name: tuple[int, int]) -> bool:
    """Whether a name only describes what follows: "led by the Guangdong provincial government"."""
    then = name[1]
    plain = then < len(tokens) and tokens[then].word and not tokens[then].capital
    return plain and lows[then] not in HELPING | PREPOSITIONS | {"and", "as", "while"}


def _does(between: list[str]) -> bool:
    """Whether only helping words stand between who does something and the verb."""
    return set(between) <= HELPING | {",", "used", "to"}


def _clause(tokens: Sequence[Token], places: range) -> range:
    """``places`` up to the end of their clause, in the order of the sentence."""
    end = next((n for n in places if _ends_clause(tokens, n)), places.stop)
    return range(places.start, end) if places.step > 0 else range(end + 1, places.start + 1)


def _ends_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause ends at a token: at a mark, or at an "and" that goes on with no name."""
    then = tokens[at + 1] if at + 1 < len(tokens) else None
    joins = tokens[at].low == "and" and then is not None and not then.capital
    return tokens[at].text in CLAUSE_ENDS or joins


def _small(tokens: Sequence[Token], lows: list[str], led: range) -> frozenset[str]:
    """What is led, where that is no name: an inquiry into a bank is not the bank. A "group" is
    whoever was spoken of."""
    found: list[str] = []
    seen = False
    for n in led:
        if lows[n] in ARTICLES | HELPING and not found:
            continue
        if tokens[n].capital:
            return frozenset()
        if not tokens[n].word or lows[n] in PREPOSITIONS | _NOT_LED:
            if seen:
                break
            continue
        seen = True
        found += [] if lows[n] in GROUPS | PLACES else words(lows[n])
    return frozenset(found)


def _ended(lows: list[str], holder: int, at: int) -> bool:
    """Whether what somebody does by the verb at ``at`` is over."""
    behind = lows[at : at + _MOST_AFTER]
    past = lows[at] in PAST_VERBS | {"led"}
    dated = past and any(_YEAR.fullmatch(low) for low in behind)
    before = lows[holder:at]
    return "until" in behind or "used" in before or "had" in before or dated or (
        past and "before" in lows[:holder]
    )  # fmt: skip


def capitals(tokens: Sequence[Token], lows: list[str], places: range) -> tuple[str, ...]:
    """The words of the names at ``places``, in order."""
    skipped = JOINING | ONE_OF | ENDED | BELOW | NO_NAME
    return tuple(
        word
        for n in places
        if tokens[n].capital and lows[n] not in skipped and not office_at(lows, n)
        for word in words(tokens[n].text)
    )
