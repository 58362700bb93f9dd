"""The words for offices: what somebody can be of something, by kind. Pure data and look-ups.

One kind holds words for one office ("spokesman", "spokesperson"). The kinds of `TOP` are those of
who leads: "who runs the bank?" asks for any of them, "who is its chairman?" for that one alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_KINDS = {
    "leader": "leader, head, chief, boss, supremo, figurehead, strongman, chieftain, warlord",
    "chair": "chairman, chairwoman, chairperson, chair",
    "president": "president",
    "premier": "prime minister, premier, pm, taoiseach, first minister",
    "chancellor": "chancellor",
    "minister": "minister, secretary of state",
    "chief executive": "chief executive officer, chief executive, ceo, managing director",
    "director": "director, director general, director-general, executive director",
    "secretary general": "secretary general, secretary-general, general secretary",
    "commander": "commander, commander in chief, commander-in-chief, commanding officer",
    "captain": "captain, skipper",
    "manager": "manager, general manager",
    "coach": "coach, head coach",
    "mayor": "mayor, lord mayor",
    "governor": "governor",
    "monarch": "king, queen, emperor, empress, emir, pope, monarch",
    "editor": "editor, editor in chief, editor-in-chief",
    "principal": "principal, headmaster, headmistress, headteacher, rector, vice-chancellor",
    "chief of staff": "chief of staff",
    "spokesman": "spokesman, spokeswoman, spokesperson, press officer, press secretary",
    "secretary": "secretary",
    "deputy": "deputy, number two, second-in-command",
    "ambassador": "ambassador, envoy, high commissioner, emissary",
    "lawyer": "lawyer, attorney, solicitor, barrister, counsel, advocate",
    "prosecutor": "prosecutor, procurator, procurator general, prosecutor general, "
    "attorney general",
    "judge": "judge, justice, magistrate, chief justice",
    "founder": "founder, co-founder, cofounder",
    "owner": "owner, co-owner, proprietor",
    "treasurer": "treasurer",
    "commissioner": "commissioner",
    "speaker": "speaker",
    "officer": "officer, official, executive, chief financial officer, chief operating officer",
    "adviser": "adviser, advisor, aide, aide-de-camp, assistant, consultant",
    "expert": "expert, analyst, economist, specialist, researcher, scientist, engineer, scholar, "
    "historian, strategist, ecologist, doctor, physician, professor, lecturer, fellow, planner",
    "member": "member, representative, senator, congressman, congresswoman, lawmaker, "
    "parliamentarian, mp, mep, councillor, delegate, trustee, negotiator, candidate",
    "fighter": "soldier, fighter, bodyguard, militant",
    "clergy": "bishop, archbishop, cardinal, priest, imam, cleric, rabbi, ayatollah",
    "reporter": "reporter, correspondent, journalist, columnist, author, writer, biographer",
    "artist": "actor, actress, singer, director of photography, designer, architect, producer",
    "player": "player, striker, midfielder, defender, goalkeeper, winger, batsman, bowler",
    "worker": "worker, employee, coordinator, organiser, organizer, activist, campaigner, agent, "
    "partner, trader, broker, curator, guard, inspector, superintendent, detective",
}  # fmt: skip

TOP = frozenset(
    "leader, chair, president, premier, chancellor, chief executive, director, secretary general, "
    "commander, captain, manager, coach, mayor, governor, monarch, editor, principal".split(", ")
)
"""Kinds whose holders lead."""

OF_STATES = frozenset(
    "president, premier, chancellor, minister, monarch, governor, mayor".split(", ")
)
"""Kinds that stand as bare titles before names ("President Lind"): of a country or a town."""

HELD = TOP | frozenset(
    "minister, chief of staff, spokesman, secretary, deputy, ambassador, lawyer, prosecutor, "
    "treasurer, commissioner, speaker".split(", ")
)
"""Kinds that are held one at a time: who holds one is asked for, and must be told. Of the others
there are many, and what they did is asked rather than who they are."""

ALIKE: Mapping[str, str] = {
    "manager": "coach",
    "coach": "manager",
    "chief executive": "director",
    "director": "chief executive",
}
"""Kinds that articles use one for the other."""

FORMER = frozenset("former ex previous past onetime one-time erstwhile".split())
ENDED = FORMER | frozenset("then late outgoing longer".split())
"""Words before an office of somebody who holds it no more."""
DENIED = frozenset("not never neither nor hardly almost nearly".split())
"""Words that deny an office: to what they describe, and to the name behind them."""
SUPPOSED = frozenset("if unless whether".split())
"""Words that open a clause which says what may be."""
DOUBTED = frozenset(
    "allege alleges alleged allegedly allegation allegations claim claims claimed rumour rumours "
    "rumoured rumor rumors rumored reportedly supposedly purportedly speculation suspect suspects "
    "suspected film movie novel drama sitcom fictional imagine imagines imagined".split()
)
"""Words before what is only claimed, or only in a story."""
TO_COME = frozenset("will would may might could should next incoming elect".split())
"""Words for what somebody is to become."""
LEFT = frozenset("died resigned quit retired stepped".split())
REMOVED = frozenset(
    "dismissed sacked fired replaced succeeded ousted deposed removed killed assassinated".split()
)
"""What somebody does who gives up an office, and what is done to somebody who loses it."""
BELOW = frozenset(
    "vice deputy assistant associate sub junior regional divisional lieutenant opposition shadow "
    "honorary would-be self-styled self-proclaimed".split()
)
"""Words before an office that make it another one, lower down."""
RANKS = frozenset("vice deputy ex co then former now acting".split())
"""Words that a hyphen may join to an office: "vice-president"."""
AREAS = frozenset(
    "finance financial communications media press public relations sales marketing commercial "
    "technical technology medical sports sporting music musical artistic creative campaign "
    "operations operating research development resources security policy foreign defence defense "
    "interior home health education environment agriculture tourism trade transport justice energy "
    "labour labor culture police fire army navy naval air intelligence bureau branch chapter youth "
    "women country area district project programme program product legal information data news "
    "political planning protection field staff".split()
)
"""Small words that say what part of a body an office is for: a finance director does not lead."""

_SIDE = re.compile(r"(?:women|men|ladies|girls|boys|juniors|under-\d\d?)(?:['’]s?)?")


def is_part(word: str) -> bool:
    """Whether a word, in lower case, says what part of a body an office is for. A side that plays
    ("women's", "under-21") is a part of its club, though it is written like an owner."""
    return word in AREAS or bool(_SIDE.fullmatch(word))


PLAIN = frozenset(
    "new newly current present now acting interim caretaker permanent longtime long-time veteran "
    "long-serving overall top supreme incumbent future first second third last next own then-new "
    "appointed elected co".split()
)
"""Words before an office that leave it what it is."""

VERBS: Mapping[str, str] = {
    form: kind
    for kind, forms in {
        "leader": "lead leads led leading head heads headed heading run runs ran running command "
        "commands commanded commanding preside presides presided presiding",
        "chair": "chair chairs chaired",
        "captain": "captain captains captained",
        "manager": "manage manages managed",
        "coach": "coach coaches coached",
        "editor": "edit edits edited",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""What the holders of an office do, with the kind of who does it."""

PAST_VERBS = frozenset(verb for verb in VERBS if verb.endswith("ed")) | {"ran"}
"""Those of `VERBS` that tell of the past, if no "is" stands with them."""

NAMED_VERBS: Mapping[str, str] = dict.fromkeys(
    "direct directs directing directed control controls controlling controlled rule rules ruling "
    "ruled govern governs governing governed oversee oversees overseeing".split(),
    "leader",
)
"""Verbs that are for who leads where a name follows: a film is directed, too."""

CHOSEN = frozenset("named appointed elected chosen picked sworn made".split())
"""What is done to somebody who is given an office."""

CHARGE = frozenset("charge command control head helm top".split())
"""What who leads is "in" or "at"."""
LEADERSHIP = frozenset("leadership command direction rule".split())
"""What others are "under"."""


def _by_words() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for kind, names in _KINDS.items():
        for name in names.split(", "):
            found[tuple(name.split())] = kind
            found[tuple(_plural(name).split())] = kind
    return found


def _plural(name: str) -> str:
    if name.endswith("man"):
        return f"{name[:-3]}men"
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


_OFFICES = _by_words()
_SINGULAR = frozenset(name for names in _KINDS.values() for name in names.split(", "))
_LONGEST = max(map(len, _OFFICES))
_FIRST = frozenset(name[0] for name in _OFFICES)


def is_office(word: str) -> bool:
    """Whether ``word``, in lower case, is an office or a trade of one word and in the singular."""
    return word in _SINGULAR


def office_at(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """The kind of the office that ``words``, in lower case, name from ``at`` on, and how many words
    that takes: the longest name wins."""
    if at >= len(words) or words[at] not in _FIRST:
        return None
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        kind = _OFFICES.get(tuple(words[at : at + length]))
        if kind is not None:
            return kind, length
    return None
