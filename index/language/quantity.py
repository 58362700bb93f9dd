"""A quantity as a value that can be compared. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from index.language.words import words

_ROUGHLY = 0.1  # how far "about" may be off
PEOPLE = frozenset(words("people persons others individuals victims dead casualties lives bodies"))
"""Words, as `words` gives them, for whoever is counted."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """The slice ``start:end`` of a sentence, hedge and unit included, says ``value`` of ``unit``.

    ``unit``: a currency, "%" or "" ; ``counted``: the words, as `words` gives them, for what is
    counted, the noun last. ``hedge``: "", "about", "least" ("more than") or "most" ("up to").
    """

    start: int
    end: int
    value: float
    unit: str = ""
    counted: tuple[str, ...] = ()
    hedge: str = ""

    def equals(self, other: Quantity) -> bool:
        """Whether both say one value, of one unit as far as both name it."""
        near = abs(self.value - other.value) <= 1e-9 * max(abs(self.value), abs(other.value))
        return near and not self.another_unit(other)

    def another_unit(self, other: Quantity) -> bool:
        """Whether the two can be no value of one thing: pounds and dollars, dollars and miners."""
        if not self.unit or not other.unit:
            return False
        one, two = sorted((self.unit, other.unit), key=len)
        return one != two and not two.endswith(f" {one}")

    def another_thing(self, other: Quantity) -> bool:
        """Whether the two count different things, Britons and Scots; people may be any of them."""
        if self.another_unit(other):
            return True
        if not self.counted or not other.counted:
            return False
        if PEOPLE & {self.counted[-1], other.counted[-1]}:
            return len(set(self.counted + other.counted) - PEOPLE) > 1
        return self.counted[-1] != other.counted[-1]

    def excludes(self, other: Quantity) -> bool:
        """Whether both cannot be right of one thing: "at least 30" leaves room for 35."""
        low, high = self._bounds()
        least, most = other._bounds()
        return high < least or most < low

    def _bounds(self) -> tuple[float, float]:
        slack = _ROUGHLY * abs(self.value) if self.hedge == "about" else 0.0
        low = 0.0 if self.hedge == "most" else self.value - slack
        return low, float("inf") if self.hedge == "least" else self.value + slack
