"""What kind of answer a question wants: yes or no, a name, one value, how things are now. Pure."""

from __future__ import annotations

import re

from index.language.dates import YEAR
from index.language.function_words import AUXILIARIES
from index.language.patterns import any_of
from index.language.pronouns import OWNERS
from index.language.words import words

_OPENING = (AUXILIARIES - {"may"}) | {"wo"}  # "May" is a month; "won't"
_YES_OR_NO = re.compile(
    rf"^{any_of(_OPENING)}(?:n?['’]t)?\b"
    r"(?! (?:you|anyone|anybody|someone|somebody) (?:tell|say|explain|give|name|list|know)\b)",
    re.I,
)
_OR = re.compile(r"\bor\b", re.I)
ASKS_TIME = re.compile(
    r"\b(?:when|what (?:year|date|day|month|time)|which (?:year|day|month))\b", re.I
)
ASKS_AMOUNT = re.compile(
    r"\bhow (?:many|much|old|long|far|big|large|tall|high|often)\b|\bwhat (?:percent|"
    r"percentage|proportion|number|age|price|amount)\b",
    re.I,
)
_MUST_COUNT = re.compile(r"\bhow (?:many|much|old|far|tall)\b", re.I)
_MUST_DATE = re.compile(r"^(?:and |but |so )?(?:since |until |by )?when\b|\bwhat year\b", re.I)
_ONE_VALUE = re.compile(
    r"^(?:who\b|when\b|where\b|how (?:many|much|old|long|far|tall|big|large|often)\b|"
    r"(?:what|which) (?:year|date|day|month|time|age|percentage|proportion|number|country|city|"
    r"company)\b)",
    re.I,
)
_TIMELY = re.compile(
    r"\b(?:who|what|which|how many|how much|where)\b.*?\b(?:is|are|leads|heads|runs|owns|chairs|"
    r"holds|plays|manages|governs|rules|lives?|works?)\b|\bwho['’]s\b|"
    r"\b(?:now|currently|current|today|latest|newest|still|at present|so far|these days)\b",
    re.I,
)
_PAST = re.compile(rf"\b(?:was|were|did|had|used to|first|originally|in {YEAR})\b", re.I)

_FOR_A_NAME = re.compile(
    rf"^(?:what|which)(?:['’]s| is| are| was| were) (?:(?:the|{any_of(OWNERS)}) )?"
    r"(?:full |first |last |real |official )?names?\b",
    re.I,
)


def yes_or_no(question: str) -> bool:
    """Whether a question asks whether something is so."""
    return bool(_YES_OR_NO.search(question.strip()))


def offers(question: str) -> bool:
    """Whether a question offers what it may be answered with."""
    return bool(_OR.search(question))


def one_value(question: str) -> bool:
    """Whether a question has one answer: a person, a place, a number."""
    return bool(_ONE_VALUE.search(question.strip()))


def must_count(question: str) -> bool:
    """Whether only a number answers a question."""
    return bool(_MUST_COUNT.search(question))


def must_date(question: str) -> bool:
    """Whether only a time answers a question."""
    return bool(_MUST_DATE.search(question.strip()))


def timely(question: str) -> bool:
    """Whether a question asks how things are now, so that a newer article knows better."""
    return bool(_TIMELY.search(question)) and not _PAST.search(question)


def fits_a_name_question(question: str, answer: str) -> bool:
    """Whether an answer can be right of a question for a name, which has a capital. True of other
    questions."""
    return not _FOR_A_NAME.search(question.strip()) or any(map(str.isupper, answer))


def echoes(question: str, answer: str) -> bool:
    """Whether an answer only says again what was asked about: "WADA" to "who heads WADA?".

    Not when the question offers a choice, or asks for yes or no.
    """
    if yes_or_no(question) or offers(question):
        return False
    told = set(words(answer))
    return bool(told) and told <= set(words(question))
