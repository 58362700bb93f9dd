"""Names: where they stand in a question or a short answer, and what they seem to be of. Pure.

Names are known by their capitals. A sentence's runs of them, with its offices, are in
`index.language.tokens`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from index.language.dates import after_date, is_date
from index.language.function_words import (
    ARTICLES,
    ASKING,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DEMONSTRATIVES,
    DO,
    HAVE,
    MODALS,
    PLACING,
    PREPOSITIONS,
)
from index.language.nouns import BODIES, BODIES_APART, is_person
from index.language.patterns import any_of, capitalised
from index.language.pronouns import OWNERS, SUBJECTS
from index.language.titles import TITLES
from index.language.vocabulary import POSSESSIVE, tokens
from index.language.words import surface_words, words

Kind = Literal["person", "group", "place", "thing", "name"]

PARTICLES = frozenset("de da del della di du la le bin ibn al el van von der den ter".split())
"""Small words inside names."""

NO_BEGINNING = (
    ARTICLES
    | ASKING
    | CONJUNCTIONS
    | DEMONSTRATIVES
    | OWNERS
    | SUBJECTS
    | (PREPOSITIONS - {"of", "to"})  # some headlines write the "Bank Of England"
    | frozenset("after before while if as there".split())
)
"""Words that begin no name, though a capital may open them."""

_OPENING = (
    NO_BEGINNING | AUXILIARIES | PREPOSITIONS | frozenset("so about then also i we you".split())
)
"""Those that begin none in a question, which may open with "Will"."""

_NAME = re.compile(
    r"(?:(?:[Tt]he|[Aa]) )?[A-Z][\w'’.&-]*"
    rf"(?: (?:(?:of|and the|for|the) |(?:{any_of(PARTICLES)} ){{1,2}})?[A-Z0-9][\w'’.&-]*)*"
)
_TITLE = re.compile(rf"{any_of(capitalised(TITLES))}\b(?!['’])")  # not the President's Cup
_BODY = re.compile(
    rf"\b(?:[A-Z]{{2,}}s?|\w*{any_of(capitalised(BODIES))}|{any_of(capitalised(BODIES_APART))})\b"
)
_PLACE_BEFORE = re.compile(rf"\b{any_of(PLACING)} $")
_BETWEEN_NOUNS = "(?:in|of|at|on|near|between)"
_OF = re.compile(rf" {_BETWEEN_NOUNS} ")
_AFTER_A_NOUN = PREPOSITIONS | BE | HAVE | CONJUNCTIONS
_ENDS_A_NOUN = any_of(_AFTER_A_NOUN)
_ENDS_A_SUBJECT = any_of(DO | SUBJECTS | {"that", "who", "say", "said"})
_SUBJECT = re.compile(
    r"\b(?:the|an?) (?P<np>(?!\w+ing\b)[a-z0-9’'-]+"
    rf"(?: (?!(?:{_ENDS_A_NOUN}|{_ENDS_A_SUBJECT}|[a-z]+ed)\b)[a-z0-9’'-]+){{0,2}}"
    rf"(?: {_BETWEEN_NOUNS} (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)?)"
)
# What a name stands before, as in "the Mecca crane collapse", up to the end or a preposition.
_HEAD = re.compile(
    rf"(?: (?!{_ENDS_A_NOUN}\b)[a-z]+){{1,2}}"
    rf"(?=[?!.)]*$| {any_of(_AFTER_A_NOUN - {'or', 'but'})}\b)"
)
_DOING = re.compile(rf"\b{any_of(DO | MODALS)} $", re.IGNORECASE)
# A capital inside a sentence, or two in a row at its start.
_CAPITALISED = re.compile(r"(?<!^)\b[A-Z][^\W\d_]+|\b[A-Z][^\W\d_]+ [A-Z][^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or noun phrase, where it stands, and what kind of thing it seems to be: "name" when
    it may be a person as well as a thing."""

    text: str
    kind: Kind
    start: int


def mentions(text: str) -> list[Mention]:
    """The names in ``text``, in order; a capital that only opens the question is none."""
    found = []
    for match in _NAME.finditer(text):
        start = match.start() + _opening(match[0], text)
        named = text[start : match.end()]
        lone = " " not in named
        if not named or (lone and named.lower() == "the"):
            continue
        if start == 0 and lone and _is_common(named, text):
            continue
        name = POSSESSIVE.sub("", named.rstrip(".?!,;:"))
        if named[:4].lower() == "the " and not _DOING.search(text[:start]):
            rest = _HEAD.match(text, match.end())
            name += rest[0].rstrip() if rest and named == name else ""
        if any(map(str.isupper, name)) and not is_date(name):
            found.append(Mention(name, _kind(name, text[:start]), start))
    return found


def topic(question: str) -> Mention | None:
    """The noun phrase that a question is about: its first with an article that is no date ("the
    2006 games"), and where that is."""
    phrases = _SUBJECT.finditer(question.rstrip("?!. "))
    found = next((one for one in phrases if not is_date(one["np"])), None)
    if found is None:
        return None
    head = _OF.split(found["np"])[0].split()[-1]
    return Mention(f"the {found['np']}", "person" if is_person(head) else "thing", found.start())


def names_in(question: str) -> frozenset[str]:
    """The words of ``question`` that are written as names: with a capital, and not its first."""
    if question.isupper():
        return frozenset()
    rest = list(tokens(question))[1:]
    return frozenset(word for one in rest if one[0][:1].isupper() for word in words(one[0]))


def capitalised_words(sentence: str) -> set[str]:
    """The words, as `surface_words` gives them, that seem to be names in ``sentence``."""
    return {word for name in _CAPITALISED.findall(sentence) for word in surface_words(name)}


def _opening(name: str, text: str) -> int:
    """How much of the start of ``name`` in ``text`` is no part of it: "Did", "After", "May 3"."""
    at = 0
    while at < len(name):
        word = name[at:].split(" ", 1)[0]
        more = len(word) + 1 if _opens(word, text) else after_date(name[at:])
        if not more:
            break
        at += more
    return min(at, len(name))


def _opens(word: str, text: str) -> bool:
    """Whether ``word`` is before a name and no part of it; "AS" and "WHO" in capitals are names."""
    plain = word.lower().strip("'’.")
    shouted = len(plain) > 1 and word.isupper() and not text.isupper()
    return plain in _OPENING and plain != "the" and not shouted


def _is_common(word: str, text: str) -> bool:
    """Whether a lone opening capital is only the sentence's: anything but an answer of one name."""
    return text.strip("?.! ") != word.strip("?.! ") and not word[1:2].isupper()


def _kind(name: str, before: str) -> Kind:
    bare = name[4:] if name.lower().startswith("the ") else name
    if _TITLE.match(bare):
        return "person"
    if bare != name or _BODY.search(bare):
        return "group"
    if _PLACE_BEFORE.search(before):
        return "place"
    return "name"
