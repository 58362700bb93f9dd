"""Questions for what somebody said, or for who did something. Pure."""

from __future__ import annotations

import re

from index.language.function_words import AUXILIARIES
from index.language.names import PARTICLES
from index.language.patterns import any_of
from index.language.speech import REPORTING
from index.language.words import words

_SAYING = any_of(REPORTING | {"say", "think", "thinks", "thought", "comment", "comments", "react"})
_OF_WHOM = re.compile(
    rf"^(?:and |but |so )?(?:what|how) (?:did|does|do|has|have|had) (?P<who>\S+(?: \S+){{0,5}}?) "
    rf"{_SAYING}\b(?: (?:about|of|regarding|concerning) (?P<topic>.+))?",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"^(?:and |but |so )?who(?:['’]s| is| was) "
    r"(?P<name>[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,4})$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"^who (?!(?:{any_of(AUXILIARIES)}|be)\b)(?P<verb>[^\W\d_]+)\b", re.IGNORECASE
)


def speaker_asked(question: str) -> frozenset[str]:
    """The words, as `words` gives them, of the name of whoever's words ``question`` asks for; none
    where it asks something else: carbon dating tells, too."""
    found = _OF_WHOM.match(question.strip())
    named = found is not None and any(map(str.isupper, found["who"]))
    return frozenset(words(found["who"])) if found and named else frozenset()


def topic_asked(question: str) -> frozenset[str]:
    """The words of what a question asks somebody's words about; none where it leaves that open."""
    found = _OF_WHOM.match(question.strip(" ?!."))
    return frozenset(words(found["topic"] or "")) if found else frozenset()


def identity_asked(question: str) -> frozenset[str]:
    """The words of the name whose bearer a question asks to be told of: "who is Ann Lind?"; none
    where it asks something else."""
    found = _IDENTITY.match(question.strip(" ?!."))
    named = found["name"] if found else ""
    sure = named and all(part[:1].isupper() or part in PARTICLES for part in named.split())
    return frozenset(words(named)) if sure else frozenset()


def doing_asked(question: str) -> str:
    """The verb, as `words` gives it, of what whoever is asked for did: "who sold the brewery?"; ""
    where the question is another one."""
    found = _SUBJECT.match(question.strip())
    return next(iter(words(found["verb"])), "") if found else ""
