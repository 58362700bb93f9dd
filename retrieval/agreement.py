"""Whether two short answers are one, and whether one text contests another. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.vocabulary import fold
from index.words import words
from retrieval.ranges import within

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SCALE = re.compile(r"\b(?:hundred|thousand|million|billion|trillion|m|bn|tn|k)\b", re.I)
_SKIPPED = frozenset(
    "a an the of in on at by to for from about around some over more than nearly almost mr mrs ms "
    "dr sir dame lord lady president prime minister general gen captain professor prof".split()
)
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:es|ed|ing)|"
    r"refut(?:es|ed|ing)|contradict(?:s|ed|ing)?|rul(?:ed|es|ing) out|debunk(?:s|ed)|"
    r"contest(?:s|ed)|rubbish(?:es|ed)|nothing to do with|(?:was|were|is|are) unaware|"
    r"plead(?:s|ed)? (?:innocent|not guilty)|"
    r"(?:was|were|is|are) (?:false|untrue|baseless|unfounded|incorrect|not true)|no truth|"
    r"false claims?|insist(?:s|ed)? (?:it|they|he|she) (?:had|did|was|were|has|have)"
    r"(?: not|n['’]t))\b",
    re.I,
)
_THIS = re.compile(
    r"\b(?:this|that|it|them|those|(?:the|such|these|any) (?:claims?|reports?|allegations?|"
    r"accusations?|charges?|figures?|suggestions?|rumou?rs?))\b",
    re.I,
)
_SHARED = 3  # words that two sentences about one matter have in common
_CLAIM = re.compile(r"\b(?:claim(?:s|ed)?|alleg(?:es|ed)|said|says|report(?:s|ed))\b", re.I)
_ONE_VALUE = re.compile(
    r"^(?:who\b|when\b|where\b|how (?:many|much|old|long|far|tall|big|large|often)\b|"
    r"(?:what|which) (?:year|date|day|month|time|age|percentage|proportion|number|country|city|"
    r"company)\b)",
    re.I,
)
_OR = re.compile(r"\bor\b", re.I)
_YES_OR_NO = re.compile(
    r"^(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would|should)\b", re.I
)
_NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|without|nothing|none)\b|n['’]t\b", re.I)
_TIMELY = re.compile(
    r"\b(?:who|what|which|how many|how much|where)\b.*?\b(?:is|are|leads|heads|runs|owns|chairs|"
    r"holds|plays|manages|governs|rules|lives?|works?)\b|\bwho['’]s\b|"
    r"\b(?:now|currently|current|today|latest|newest|still|at present|so far|these days)\b",
    re.I,
)
_PAST = re.compile(r"\b(?:was|were|did|had|used to|first|originally|in (?:1\d|20)\d\d)\b", re.I)

_ROLE = re.compile(
    r"^who(?:['’]s| is| are| was| were)?(?: now| currently)?(?: the| [\w.’' -]{1,40}['’]s?)?"
    r"(?: new| current| acting)? (?:leads|leader|heads?|chairs?|chairman|chairwoman|president|"
    r"captains?|boss|spokes(?:man|woman|person)|(?:prime |foreign |finance |defence )?minister|"
    r"chancellor|mayor|governor|commander|commands|chief|ceo|director|secretary|ambassador|"
    r"lawyer|editor|coach|manager|king|queen|pope)\b",
    re.I,
)

_FOR_A_NAME = re.compile(
    r"^(?:what|which)(?:['’]s| is| are| was| were) (?:the |his |her |its |their )?"
    r"(?:full |first |last |real |official )?names?\b",
    re.I,
)


def same_answer(one: str, other: str) -> bool:
    """Whether two short answers say the same: "Massoud" and "Ahmad Massoud", "12" and "twelve".

    One may hold more words than the other, but no other number.
    """
    first, second = _content(one), _content(other)
    if not first or not second:
        return fold(one) == fold(other)
    if first == second:
        return True
    scaled = [bool(_SCALE.search(answer)) for answer in (one, other)]
    if _numbers(first) != _numbers(second) or scaled[0] != scaled[1]:
        return False
    shorter, longer = sorted((first, second), key=len)
    inside = shorter == longer[-len(shorter) :] or shorter == longer[: len(shorter)]
    alike = one[:1].isupper() == other[:1].isupper()
    telling = alike or any(word[:1].isdigit() for word in shorter)
    return inside and telling and len(longer) - len(shorter) <= 3


def differ(question: str, one: str, other: str) -> bool:
    """Whether two answers to a question that has one cannot both be right.

    Numbers differ, or names share no word; to a question for yes or no, one says "not" of what the
    other says. Anything else may be said beside the other.
    """
    if yes_or_no(question):
        negated = [bool(_NEGATION.search(answer)) for answer in (one, other)]
        return negated[0] != negated[1] and bool(set(words(one)) & set(words(other)))
    if not _ONE_VALUE.match(question) or same_answer(one, other):
        return False
    first, second = _content(one), _content(other)
    shared = set(first) & set(second) - set(_numbers(first))
    if _numbers(first) and _numbers(second):
        apart = _numbers(first) != _numbers(second) or not shared
        return apart and not (_ranges_over(one, second) or _ranges_over(other, first))
    return not shared and _is_name(one) and _is_name(other)


def counts(answer: str) -> bool:
    """Whether an answer holds a number: "twelve", "about 30"."""
    return bool(_numbers(_content(answer)))


def yes_or_no(question: str) -> bool:
    """Whether a question asks whether something is so."""
    return bool(_YES_OR_NO.search(question))


def echoes(question: str, answer: str) -> bool:
    """Whether an answer only says again what was asked about: "WADA" to "who heads WADA?".

    Not when the question offers a choice, or asks for yes or no.
    """
    if yes_or_no(question) or _OR.search(question):
        return False
    told = set(words(answer))
    return bool(told) and told <= set(words(question))


def may_name(question: str, answer: str) -> bool:
    """Whether an answer can be right of a question for a name: who holds a role must be somebody
    whom the question does not name, and "Afghan forces and militias" do not lead; a name has a
    capital. True of other questions."""
    asked, said = question.strip(), [word.lstrip("“‘\"'(") for word in answer.split()]
    if _ROLE.search(asked):
        told = set(words(asked))
        return any(
            word[:1].isupper() and _ends_a_name(word, then) and not told.issuperset(words(word))
            for word, then in zip(said, [*said[1:], ""], strict=True)
        )
    return not _FOR_A_NAME.search(asked) or any(map(str.isupper, answer))


def _ends_a_name(word: str, then: str) -> bool:
    """Whether a capital is a name's, and not that of "Afghan forces"."""
    return not word[-1].isalnum() or not then[:1].islower() or then in ("and", "of")


def denies(text: str) -> bool:
    """Whether a sentence says that something is not so."""
    return bool(_DENIAL.search(text))


def denies_this(text: str) -> bool:
    """Whether a sentence denies what was said before it, and not a claim of its own."""
    found = _DENIAL.search(text)
    return bool(found and _THIS.search(text, found.start())) and not _CLAIM.search(
        text, 0, found.start() if found else 0
    )


def about_the_same(text: str, other: str) -> bool:
    """Whether two sentences have enough words in common to speak of one matter."""
    return len(set(words(text)) & set(words(other))) >= _SHARED


def timely(question: str) -> bool:
    """Whether a question asks how things are now, so that a newer article knows better."""
    return bool(_TIMELY.search(question)) and not _PAST.search(question)


def _content(answer: str) -> list[str]:
    """The words of an answer that tell it from another, numbers in digits."""
    found = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", fold(answer))
    kept = [word for word in found if word not in _SKIPPED]
    return [str(_SMALL.index(w)) if w in _SMALL else w.replace(",", "") for w in kept]


def _numbers(content: Sequence[str]) -> list[str]:
    return [word for word in content if _NUMBER.fullmatch(word)]


def _ranges_over(answer: str, other: Sequence[str]) -> bool:
    """Whether ``answer`` is a range and all numbers of the ``other`` lie in it."""
    return all(within(number, answer) for number in _numbers(other))


def _is_name(answer: str) -> bool:
    return answer[:1].isupper() and len(answer.split()) <= 4
