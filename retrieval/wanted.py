"""What kind of answer a question wants: yes or no, a name, one value, how things are now. Pure."""

from __future__ import annotations

import re
from collections.abc import Set

from index.words import words

_YES_OR_NO = re.compile(
    r"^(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would|should|wo)(?:n?['’]t)?\b"
    r"(?! (?:you|anyone|anybody|someone|somebody) (?:tell|say|explain|give|name|list|know)\b)",
    re.I,
)
_OR = re.compile(r"\bor\b", re.I)
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
_PAST = re.compile(r"\b(?:was|were|did|had|used to|first|originally|in (?:1\d|20)\d\d)\b", re.I)

# "Who is the chief of …?", and not "the chief suspect" or "coach Klopp".
_ROLE = re.compile(
    r"^who(?:['’]s| is| are| was| were)?(?: now| currently)?(?: the| [\w.’' -]{1,40}['’]s?)?"
    r"(?: new| current| acting)? (?:(?:leads|heads|chairs|captains|commands)\b|"
    r"(?:leader|head|chair|chairman|chairwoman|president|captain|boss|spokes(?:man|woman|person)|"
    r"(?:prime |foreign |finance |defence )?minister|chancellor|mayor|governor|commander|"
    r"chief(?: executive)?|ceo|director|secretary(?:[- ]general)?|ambassador|lawyer|editor|coach|"
    r"manager|king|queen|pope)(?=\W*$|\W+(?:of|in|for|at|on|to|now|today|currently|then|when|who|"
    r"that|there|during|under|before|after|until|by)\b))",
    re.I,
)
_FOR_A_NAME = re.compile(
    r"^(?:what|which)(?:['’]s| is| are| was| were) (?:the |his |her |its |their )?"
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


def timely(question: str) -> bool:
    """Whether a question asks how things are now, so that a newer article knows better."""
    return bool(_TIMELY.search(question)) and not _PAST.search(question)


def may_name(question: str, answer: str, told: Set[str] = frozenset()) -> bool:
    """Whether an answer can be right of a question for a name: who holds a role must be somebody
    of whom the question does not tell (``told``: further words that it stands for), and "Afghan
    forces and militias" do not lead; a name has a capital. True of other questions."""
    asked, said = question.strip(), [word.lstrip("“‘\"'(") for word in answer.split()]
    if _ROLE.search(asked) and not offers(asked):
        known = told | set(words(asked))
        return any(
            word[:1].isupper() and _ends_a_name(word, then) and not set(words(word)) <= known
            for word, then in zip(said, [*said[1:], ""], strict=True)
        )
    return not _FOR_A_NAME.search(asked) or any(map(str.isupper, answer))


def _ends_a_name(word: str, then: str) -> bool:
    """Whether a capital is a name's, and not that of "Afghan forces"."""
    return not word[-1].isalnum() or not then[:1].islower() or then in ("and", "of")
