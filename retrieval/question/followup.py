"""Follow-up questions: what a question leaves out, taken from the turns before it. Pure.

No model writes here. A question is made to stand alone by putting words of earlier questions and
answers where it says "he", "there" or "when was that?"; one that names its own subject is left
as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language.function_words import DEMONSTRATIVES
from index.language.names import Mention, mentions, topic
from index.language.nouns import RESUMING, is_person
from index.language.patterns import any_of
from index.language.pronouns import GROUP, OWNERS, PERSON, THING
from index.language.words import words
from retrieval.answer import Answer, Reply
from retrieval.question import ellipsis
from retrieval.question.filters import unfiltered

MOST_TURNS = 6
"""Turns that are worth remembering: nobody means more than that by "he"."""

_PERSON = re.compile(rf"\b{any_of(PERSON)}\b", re.I)
_GROUP = re.compile(rf"\b{any_of(GROUP)}\b", re.I)
_THING = re.compile(rf"\b{any_of(THING)}\b(?! (?:is|was)(?: \w+)? (?:that|to)\b)", re.I)
_PLACE = re.compile(r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b", re.I)
_OWNING = (OWNERS - {"her"}) | {"hers", "theirs"}  # "her" may be herself
_BINDING = OWNERS | {"he", "she", "they"}
_FEW_WORDS = 3  # that are not function words
_ROLE = re.compile(
    rf"\b(?:the|{any_of(DEMONSTRATIVES)}) (?P<noun>{any_of(RESUMING)})\b(?! (?:of|in|who|that))",
    re.I,
)

_PERSONS = ("person", "name")
_GROUPS = ("group", "name", "thing")
_PLACES = ("place", "name", "thing")
_THINGS = ("thing", "group", "name", "place")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a conversation remembers of a question: plain text, easily stored.

    ``question`` stands alone; ``answer`` is the first claim's short answer, ``quote`` its first
    quote and ``article`` that quote's article, all empty when the articles did not say.
    """

    question: str
    answer: str = ""
    quote: str = ""
    article: str = ""


def turn_of(reply: Reply) -> Turn:
    """What to remember of ``reply``."""
    question = reply.searched.text if reply.searched else unfiltered(reply.question)
    if not isinstance(reply, Answer):
        return Turn(question)
    quote = reply.claims[0].quotes[0]
    return Turn(question, reply.claims[0].text, quote.text, quote.reference.article_id)


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """``question`` with what it leaves out; unchanged when it leaves nothing out.

    ``history``: the turns before it, oldest first. Names are known by their capitals.
    """
    turns = list(history[-MOST_TURNS:])[::-1]
    if not turns:
        return question
    told = ellipsis.complete(question, turns[0].question, turns[0].answer)
    if told is not None:
        return told
    plain = asked = ellipsis.without_opening(question)
    own = mentions(plain)
    used = {mention.text.casefold() for mention in own}
    open_ended = False
    for pattern, kinds in (
        (_PERSON, _PERSONS),
        (_GROUP, _GROUPS),
        (_PLACE, _PLACES),
        (_THING, _THINGS),
    ):
        match = pattern.search(plain)
        if match and not _is_bound(match, mentions(plain)):
            found = _wanted(turns, kinds, used)
            plain = _put(plain, match, found)
            used |= {found.text.casefold()} if found else set()
            open_ended |= found is None
    if plain == asked and not own:
        plain = _explain_role(plain, turns)
    if plain == asked and (open_ended or _is_bare(plain)):
        plain = _in_context(plain, turns)
    return question if plain == asked else plain


def _is_bound(pronoun: re.Match[str], named: Sequence[Mention]) -> bool:
    """Whether a pronoun means a name before it in its own question: "did Canada scrap its note"."""
    before = any(mention.start < pronoun.start() for mention in named)
    return before and pronoun[0].lower() in _BINDING


def _is_bare(question: str) -> bool:
    """Whether a question says too little to stand alone: no name, no number, few words."""
    return (
        not mentions(question)
        and not re.search(r"\d", question)
        and len(set(words(question))) <= _FEW_WORDS
    )


def _in_context(question: str, turns: Sequence[Turn]) -> str:
    """The question with what the last one was about in brackets."""
    for turn in turns:
        subject = topic(turn.question)
        named = [mention.text for mention in mentions(turn.question)]
        if subject is not None and not any(name in subject.text for name in named):
            named.append(subject.text)
        elif subject is not None:
            named = [subject.text, *(name for name in named if name not in subject.text)]
        if named:
            return f"{question.rstrip('?!. ')} ({', '.join(named[:2])})?"
    return question


def _put(question: str, match: re.Match[str], found: Mention | None) -> str:
    """Put a mention where a pronoun stands."""
    if found is None:
        return question
    word, text = match[0].lower(), found.text
    if word == "there":
        text = f"in {text}"
    elif word in _OWNING or (word == "her" and re.match(r" \w+", question[match.end() :])):
        text += "’" if text.endswith("s") else "’s"
    return question[: match.start()] + text + question[match.end() :]


def _explain_role(question: str, turns: Sequence[Turn]) -> str:
    """ "the company" with the company that was spoken of in brackets."""
    match = _ROLE.search(question)
    if match is None:
        return question
    found = _wanted(turns, _PERSONS if is_person(match["noun"]) else _THINGS, set())
    if found is None:
        return question
    return f"{question[: match.end()]} ({found.text}){question[match.end() :]}"


def _wanted(turns: Sequence[Turn], kinds: Sequence[str], used: set[str]) -> Mention | None:
    """The latest mention of one of ``kinds``: for persons an answer before its question, for
    everything else a question, of which the first mention is the subject, before its answer."""
    for turn in turns:
        subject = topic(turn.question)
        asked = mentions(turn.question)
        if subject is not None and all(subject.text != mention.text for mention in asked):
            asked = sorted([*asked, subject], key=lambda mention: mention.start)
        answered = mentions(turn.answer)[:1]
        order = [*answered, *asked] if kinds is _PERSONS else [*asked, *answered]
        for mention in sorted(order, key=lambda m: kinds is _PLACES and m.kind != "place"):
            if mention.kind in kinds and mention.text.casefold() not in used:
                return mention
    return None
