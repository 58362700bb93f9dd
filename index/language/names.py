"""What a question or a short answer speaks of: its names, and failing these its topic. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from index.language.vocabulary import tokens
from index.language.words import words

Kind = Literal["person", "group", "place", "thing", "name"]

_NAME = re.compile(
    r"(?:(?:[Tt]he|[Aa]) )?"
    r"[A-Z][\w'’.&-]*(?: (?:(?:of|de|la|del|van|von|bin|al|and the|for|the) )?[A-Z0-9][\w'’.&-]*)*"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_ASKING = frozenset(
    "who whom whose what which when where why how is are was were did do does has have had "
    "can could will would should may might and but so or in on at to for of by from with "
    "about if then also the a an i we you he she it they his her their its this "
    "that these those there".split()
)
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|President|Minister|General|Gen|Captain|Colonel)\b"
)
_GROUP_WORD = re.compile(
    r"\b(?:[A-Z]{2,}s?|\w+(?:Bank|Corp|Inc|Ltd|Group|Party|Union|United|Council|Committee|Front|Army|"
    r"Police|Ministry|Association|Federation|League|Society|Company|Airlines|Court|Commission)"
    r"|Bank|Corp|Inc|Ltd|Group|Party|Union|United|Council|Committee|Front|Army|Police|Ministry|"
    r"Association|Federation|League|Society|Company|Airlines|Court|Commission|Taliban|scientists|"
    r"researchers|University|Government|Agency|Organi[sz]ation|Institute|Fund|Club)\b"
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|to|into|across|around|inside|outside) $")
_SUBJECT = re.compile(
    r"\b(?:the|an?) (?P<np>(?!\w+ing\b)[a-z0-9’'-]+(?: (?!(?:in|on|at|of|to|for|by|from|with|and|"
    r"or|that|who|he|she|it|they|was|were|is|are|has|have|had|did|does|do|say|said|[a-z]+ed)\b)"
    r"[a-z0-9’'-]+){0,2}(?: (?:in|of|at|on|near|between) (?:the )?[A-Z][\w’'-]*"
    r"(?: [A-Z][\w’'-]*)*)?)"
)
_PERSON = re.compile(
    r"man|woman|boy|girl|player|singer|actor|actress|author|writer|artist|director|manager|coach|"
    r"minister|president|leader|scientist|suspect|victim|spokes(?:man|woman|person)|chief|executive|"
    r"head|chair(?:man|woman)|captain|mayor|governor|commander|lawyer|editor|founder|owner|boss|judge",
    re.I,
)
_OF = re.compile(r" (?:in|of|at|on|near|between) ")
# What a name stands before, as in "the Mecca crane collapse", up to the end or a preposition.
_HEAD = re.compile(
    r"(?: (?!(?:in|on|at|of|to|for|by|from|with|and|or|was|were|is|are|has|have|had)\b)[a-z]+){1,2}"
    r"(?=[?!.)]*$| (?:in|on|at|of|to|for|by|from|with|and|was|were|is|are|has|have|had)\b)"
)
_DOING = re.compile(r"\b(?:did|does|do|will|would|can|could|should|may|might) $", re.I)
_DATE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|Christmas|Easter"
)


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
        parts = match[0].split()
        start = match.start()
        while parts and parts[0].lower().strip("'’.") in _ASKING - {"the"}:
            start += len(parts[0]) + 1
            parts = parts[1:]
        if parts and parts[0].lower() == "the" and len(parts) == 1:
            continue
        if not parts or (start == 0 and len(parts) == 1 and _is_common(parts[0], text)):
            continue
        name = _POSSESSIVE.sub("", " ".join(parts).rstrip(".?!,;:"))
        if parts[0].lower() == "the" and not _DOING.search(text[:start]):
            rest = _HEAD.match(text, match.end())
            name += rest[0].rstrip() if rest and name.endswith(parts[-1]) else ""
        if name and not _DATE.match(name):
            found.append(Mention(name, _kind(name, text[:start]), start))
    return found


def topic(question: str) -> Mention | None:
    """The noun phrase that a question is about: its first with an article, and where that is."""
    found = _SUBJECT.search(question.rstrip("?!. "))
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


def is_person(noun: str) -> bool:
    """Whether ``noun`` says what somebody is: "the spokesman" is no "they" and no "it"."""
    return bool(_PERSON.fullmatch(noun))


def _is_common(word: str, text: str) -> bool:
    """Whether a lone opening capital is only the sentence's: anything but an answer of one name."""
    return text.strip("?.! ") != word.strip("?.! ") and not word[1:2].isupper()


def _kind(name: str, before: str) -> Kind:
    bare = name[4:] if name.lower().startswith("the ") else name
    if _TITLE.match(bare):
        return "person"
    if bare != name or _GROUP_WORD.search(bare):
        return "group"
    if _PLACE_BEFORE.search(before):
        return "place"
    return "name"
