"""Who speaks in a sentence, as far as the text says so by name. Pure.

A speaker stands beside a reporting verb ("Moss told reporters", "said the mayor, Ann Bolt",
"according to Bolt"); the other sentences of the same quotation are the same speaker's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.language.dates import MONTHS, WEEKDAYS
from index.language.function_words import BE, HAVE
from index.language.offices import office_at
from index.language.pronouns import PERSON
from index.language.quotation import evened
from index.language.tokens import Token, names_of, tokens_of

REPORTING = frozenset(
    "say says said saying tell tells told add adds added warn warns warned insist insists insisted "
    "announce announces announced claim claims claimed state states stated explain explains "
    "explained argue argues argued note notes noted ask asks asked reply replies replied write "
    "writes wrote declare declares declared confirm confirms confirmed deny denies denied admit "
    "admits admitted call calls called describe describes described predict predicts predicted "
    "promise promises promised complain complains complained acknowledge acknowledges acknowledged "
    "suggest suggests suggested tweet tweets tweeted recall recalls recalled stress stresses "
    "stressed urge urges urged accuse accuses accused criticise criticises criticised criticize "
    "criticizes criticized conclude concludes concluded testify testifies testified".split()
)
"""Verbs of which the subject speaks, or is reported to."""
_NOBODY = frozenset((*WEEKDAYS, *MONTHS, "i", "we", "you"))
_PLAIN = frozenset("said says added told asked replied explained wrote insisted warned".split())
"""Those that may stand before their subject: "…, said Bolt"."""
_BETWEEN = HAVE | frozenset("also later then now who previously repeatedly once".split())
_PASSIVE = BE | {"be", "been", "being"}
_MOST_APPOSED = 14  # tokens of a description between a speaker and the verb
_FIRST = 2  # tokens before the name that a sentence opens with: an office, "But"
_SAID_BEFORE = frozenset("”“\"'’,?!")  # what may end the words that "said Bolt" follows
_MOST_INVERTED = 10  # tokens between "said" and the speaker that it introduces
_CARRIED = 2  # sentences for which "he said" means who spoke last
_PRONOUNS = (PERSON - {"him", "his", "hers", "himself", "herself"}) - {"her"}


def speakers(text: str, bounds: Sequence[tuple[int, int]]) -> list[tuple[str, ...]]:
    """Who speaks in each sentence ``bounds`` of ``text``: names as they are written there, none
    where nobody is named or it is not sure."""
    marked = "\n".join(map(evened, text.split("\n")))
    own = [tuple(dict.fromkeys(_own(marked[start:end]))) for start, end in bounds]
    own = _pronouns(own, [text[start:end] for start, end in bounds])
    quoted = list(_quoted(marked, bounds))
    said = list(own)
    for run in _runs(marked, bounds, quoted):
        named = {name for number in run for name in own[number]} - {""}
        if len(named) == 1:
            for number in run:
                said[number] = said[number] or tuple(named)
    return [tuple(name for name in names if name and name != _SAME) for names in said]


_SAME = "\0"  # who spoke last, by a pronoun


def _own(sentence: str) -> Iterator[str]:
    """Whom a sentence names as speaking; `_SAME` for "he said", "" for somebody without a name."""
    bare = _without_quotations(sentence)
    tokens = tokens_of(bare)
    lows = [token.low for token in tokens]
    names = list(names_of(tokens, lows))
    for at, low in enumerate(lows):
        if low == "according" and lows[at + 1 : at + 2] == ["to"]:
            yield _named_after(bare, tokens, lows, names, at + 2)
        elif low in REPORTING and not _other_use(lows, at):
            yield _subject(bare, tokens, lows, names, at)


def _other_use(lows: Sequence[str], at: int) -> bool:
    """Whether a reporting verb is used otherwise: "was told", "to say", "a claim"."""
    before = lows[at - 1] if at else ""
    passive = before in _PASSIVE and not lows[at].endswith("ing")
    return passive or before in ("to", "a", "the", "his", "her", "their", "its", "if", "so-called")


def _subject(
    text: str, tokens: Sequence[Token], lows: list[str], names: list[tuple[int, int]], at: int
) -> str:
    before = at - 1
    while before >= 0 and (lows[before] in _BETWEEN or lows[before] in WEEKDAYS):
        before -= 1 + (lows[before] in WEEKDAYS and lows[before - 1] == "on")
    if before >= 0 and lows[before] in _PRONOUNS:
        return _SAME
    direct = next((name for name in names if name[1] == before + 1), None)
    if direct:
        return _text(text, tokens, direct)
    if before >= 0 and lows[before] == ",":
        apposed = [name for name in names if _apposed(lows, name, before)]
        if apposed:
            return _text(text, tokens, apposed[-1]) if len(apposed) == 1 else ""
    if lows[at] in _PLAIN and (before < 0 or tokens[before].text in _SAID_BEFORE):
        return _named_after(text, tokens, lows, names, at + 1)
    return ""


def _apposed(lows: Sequence[str], name: tuple[int, int], comma: int) -> bool:
    """Whether what stands between a name and the ``comma`` only describes it: it opens its clause,
    or nothing else does."""
    if not (comma - _MOST_APPOSED <= name[1] < comma and lows[name[1]] == ","):
        return False
    return name[0] <= _FIRST or "," not in lows[name[1] + 1 : comma]


def _named_after(
    text: str, tokens: Sequence[Token], lows: list[str], names: list[tuple[int, int]], at: int
) -> str:
    """The name that follows at once, or behind a description with an office."""
    if lows[at : at + 1] and lows[at] in _PRONOUNS:
        return _SAME
    for name in names:
        if at <= name[0] <= at + _MOST_INVERTED:
            between = lows[at : name[0]]
            if not between or (_describes(between) and not tokens[name[1] - 1].possessive):
                return _text(text, tokens, name)
        elif name[0] > at:
            break
    return ""


def _describes(between: list[str]) -> bool:
    """Whether what stands before a name says what its bearer is: "the mayor", "Dr"."""
    last = between[:-1] if between[-1] == "," else between
    ends = any(
        (found := office_at(last, number)) and number + found[1] == len(last)
        for number in range(len(last))
    )
    return ends or between[-1] in (".", "mr", "mrs", "ms", "dr", "sir", "lord", "dame", "prof")


def _text(text: str, tokens: Sequence[Token], name: tuple[int, int]) -> str:
    """The name, or "" for what speaks for nobody: "Trump’s tweet", a day, the writer."""
    last = tokens[name[1] - 1]
    if last.possessive or last.low in _NOBODY:
        return ""
    return text[tokens[name[0]].start : tokens[name[1] - 1].end]


def _pronouns(own: Sequence[tuple[str, ...]], sentences: Sequence[str]) -> list[tuple[str, ...]]:
    """``own`` with who spoke last where a pronoun speaks; nobody where that is not sure."""
    last, since, told = "", 0, []
    for names, sentence in zip(own, sentences, strict=True):
        sure = last if since <= _CARRIED else ""
        put = tuple(sure if name == _SAME else name for name in names)
        told.append(put)
        named = [name for name in put if name]
        if len(set(named)) == 1:
            last, since = named[0], 0
        elif named or _others(sentence, last):
            last = ""
        since += 1
    return told


def _others(sentence: str, last: str) -> bool:
    """Whether a sentence opens with the name of somebody else, who may be the next "he"."""
    tokens = tokens_of(sentence)
    first = next(names_of(tokens, [token.low for token in tokens]), None)
    if first is None or first[0] > 1:
        return False
    return tokens[first[1] - 1].text not in last


def _without_quotations(sentence: str) -> str:
    """``sentence``, as long as it is, with spaces for what stands between “ and ”."""
    told, inside = list(sentence), "“" not in sentence and "”" in sentence
    first_close, first_open = sentence.find("”"), sentence.find("“")
    if first_close >= 0 and (first_open < 0 or first_close < first_open):
        inside = True
    for at, mark in enumerate(sentence):
        if mark == "“":
            inside = True
        elif mark == "”":
            inside = False
        elif inside:
            told[at] = " "
    return "".join(told)


def _quoted(marked: str, bounds: Sequence[tuple[int, int]]) -> Iterator[tuple[bool, bool]]:
    """(whether a sentence begins inside a quotation or with one, whether it ends inside one)."""
    inside, place = False, 0
    for start, end in bounds:
        for at in range(place, start):
            inside = _step(marked[at], inside)
        opened = inside or marked[start : start + 1] == "“"
        for at in range(start, end):
            inside = _step(marked[at], inside)
        place = end
        yield opened, inside


def _step(mark: str, inside: bool) -> bool:
    if mark == "\n":
        return False
    return mark == "“" or (inside and mark != "”")


def _runs(
    marked: str, bounds: Sequence[tuple[int, int]], quoted: Sequence[tuple[bool, bool]]
) -> Iterator[list[int]]:
    """The sentences that one speaker says: of one quotation, or of two with nothing between."""
    run = [0] if bounds else []
    for one, other in pairwise(range(len(bounds))):
        gap = marked[bounds[one][1] : bounds[other][0]]
        spoken = "“" in marked[slice(*bounds[one])] or quoted[one][0]
        goes_on = quoted[one][1] or (spoken and quoted[other][0] and "\n" not in gap)
        if not goes_on:
            yield run
            run = []
        run.append(other)
    if run:
        yield run
