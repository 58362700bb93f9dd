"""A question, made once: what was typed, what is searched, and all that is known of its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.language.dates import Days
from index.language.moments import moments
from index.language.names import names_in
from index.language.words import words
from index.model import ALL, Selection
from retrieval.question.abbreviations import form_asked
from retrieval.question.kinds import timely
from retrieval.question.lookups import Lookups
from retrieval.question.role_questions import RoleAsked, role_asked
from retrieval.question.said import (
    doing_asked,
    identity_asked,
    speaker_asked,
    topic_asked,
)
from retrieval.question.weighing import Weighed
from retrieval.question.wording import capitals, other_forms, spelt_out

# Before a time that is only one end of the time asked about.
_OPEN = re.compile(
    r"\b(?:since|before|after|from|until|till|by|between|and|to) (?:the )?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a question asks for: how things are now (``timely``), who holds an ``office``, what a
    short ``form`` stands for, what a ``speaker`` said (about a ``topic``), who did something (the
    verb, ``doing``), who the bearer of a name is (``identity``), how things were at a time that it
    names (``when``)."""

    timely: bool = False
    office: RoleAsked | None = None
    form: str | None = None
    speaker: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    identity: frozenset[str] = frozenset()
    doing: str = ""
    when: tuple[Days, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """``typed``: by the person. ``text``: what is searched, made to stand alone, its slips mended
    and its filters, which are the ``selection``, taken off. ``shown``: that, in the archive's
    capitals. ``spelt``: the text with what its abbreviations stand for.

    ``weighed``: the words of the text; ``wide``: those of the spelt text. Both weigh a word by how
    rare it is in the archive.
    """

    typed: str
    text: str
    shown: str
    spelt: str
    weighed: Weighed
    wide: Mapping[str, float] = field(default_factory=dict)
    selection: Selection = ALL
    kind: Kind = field(default_factory=Kind)

    @classmethod
    def of(
        cls, typed: str, text: str, known: Lookups, passages: int, selection: Selection = ALL
    ) -> Question:
        """A question to an archive of so many ``passages``."""
        shown, spelt = capitals(text, known), spelt_out(text, known)
        # Names are known by their capitals, which phones leave out: the archive has them then.
        names, forms = names_in(text) or names_in(shown), other_forms(text, known)
        counts = known.frequencies([*words(text), *words(spelt)])
        weighed = Weighed.by_frequency(text, counts.__getitem__, passages, forms, names)
        wide = Weighed.by_frequency(spelt, counts.__getitem__, passages).weights
        return cls(typed, text, shown, spelt, weighed, wide, selection, _kind(text, shown, spelt))

    @classmethod
    def alone(cls, text: str) -> Question:
        """A question to no archive: all its words weigh the same."""
        weighed = Weighed.plain(text)
        return cls(text, text, text, text, weighed, weighed.weights, kind=_kind(text, text, text))

    @property
    def sought(self) -> tuple[str, ...]:
        """All words that matter where they stand in an article."""
        forms = self.weighed.forms.values()
        return tuple(sorted({*self.weighed.weights, *self.weighed.names, *self.wide}.union(*forms)))

    @property
    def own_text(self) -> str:
        """What it tells by itself: nobody who asks what a short form stands for knows that."""
        return self.text if self.kind.form else self.spelt


def _kind(text: str, shown: str, spelt: str) -> Kind:
    office = role_asked(shown, frozenset(words(spelt)))
    when = tuple(
        moment.days
        for moment in moments(text, None)
        if moment.days and not _OPEN.search(text[: moment.start])
    )
    return Kind(
        timely=timely(text),
        office=office,
        form=form_asked(text),
        speaker=speaker_asked(shown),
        topic=topic_asked(shown),
        identity=frozenset() if office else identity_asked(shown),
        doing=doing_asked(shown),
        when=when,
    )
