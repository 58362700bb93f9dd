"""A quantity as a value that can be compared. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.language.words import words

_EXACT = 1e-9  # as a share: how far values that are written otherwise may differ
_ROUGHLY = 0.1  # how far "about" may be off
_SOMEBODY = re.compile(r"(?:er|or|ist|ian|ee|m[ae]n|ant|ent|fan|im)$")
# How words for people end, as `words` gives them: miners and workers may be the same.
PEOPLE = frozenset(words("people persons others individuals victims dead casualties lives bodies"))
"""Words, as `words` gives them, for whoever is counted."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """The slice ``start:end`` of a sentence, hedge and unit included, says ``value`` of ``unit``.

    ``unit``: a currency, "%" or "" ; ``counted``: the words, as `words` gives them, for what is
    counted, the noun last. ``hedge``: "", "about", "least" ("more than") or "most" ("up to").
    ``upto``: the other end of a range. ``part``: of what is counted with it ("including 3
    children", "41 Britons"). ``fate``: what became of those counted: "dead", "hurt", "missing",
    "held"; "" where that is not said.
    """

    start: int
    end: int
    value: float
    unit: str = ""
    counted: tuple[str, ...] = ()
    hedge: str = ""
    upto: float | None = None
    part: bool = False
    fate: str = ""

    def equals(self, other: Quantity) -> bool:
        """Whether both say one value, of one unit as far as both name it."""
        ends = ((self.value, other.value), (self._upto, other._upto))
        near = all(abs(a - b) <= _EXACT * max(abs(a), abs(b)) for a, b in ends)
        return near and not self.another_unit(other)

    def another_unit(self, other: Quantity) -> bool:
        """Whether the two can be no value of one thing: pounds and dollars, dollars and miners."""
        if not self.unit or not other.unit:
            return False
        one, two = sorted((self.unit, other.unit), key=len)
        return one != two and not two.endswith(f" {one}")

    def another_thing(self, other: Quantity) -> bool:
        """Whether the two are of different things: miners and metres, Britons and Scots, all and
        some of them. Whoever is counted may be called people."""
        if self.another_unit(other) or bool(self.unit) != bool(other.unit):
            return True
        if self.fate and other.fate and self.fate != other.fate:
            return True
        if self.part or other.part:
            return not (self.part and other.part and self.counted[-1:] == other.counted[-1:])
        heads = {*self.counted[-1:], *other.counted[-1:]}
        apart = len(heads) > 1 and bool(self.counted and other.counted)
        return apart and not all(head in PEOPLE or _SOMEBODY.search(head) for head in heads)

    def excludes(self, other: Quantity) -> bool:
        """Whether both cannot be right of one thing: "at least 30" leaves room for 35."""
        low, high = self._bounds()
        least, most = other._bounds()
        return high < least or most < low

    def _bounds(self) -> tuple[float, float]:
        slack = _ROUGHLY * abs(self.value) if self.hedge == "about" else 0.0
        low = 0.0 if self.hedge == "most" else self.value - slack
        return low, float("inf") if self.hedge == "least" else self._upto + slack

    @property
    def _upto(self) -> float:
        return self.value if self.upto is None else self.upto
