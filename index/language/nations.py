"""Countries and the words for what is theirs, where the one does not begin with the other. Pure."""

from __future__ import annotations

from collections.abc import Set

from index.language.words import words

_PAIRS = (
    "china chinese, mexico mexican, turkey turkish, france french, spain spanish, norway "
    "norwegian, canada canadian, morocco moroccan, malta maltese, greece greek, denmark danish, "
    "sweden swedish, finland finnish, poland polish, ireland irish, scotland scottish, wales "
    "welsh, england english, britain british, netherlands dutch, switzerland swiss, portugal "
    "portuguese, philippines philippine, iceland icelandic, slovakia slovak, czechia czech, "
    "serbia serb, croatia croat, afghanistan afghan, uzbekistan uzbek, kazakhstan kazakh, "
    "tajikistan tajik, turkmenistan turkmen, kyrgyzstan kyrgyz, thailand thai, iraq iraqi, cyprus "
    "cypriot, peru peruvian, burma burmese, congo congolese, togo togolese, senegal senegalese, "
    "lebanon lebanese, taiwan taiwanese, monaco monegasque, bangladesh bangladeshi, pakistan "
    "pakistani, israel israeli, kuwait kuwaiti, yemen yemeni"
)
_COUNTRY = {
    theirs[0]: country[0]
    for pair in _PAIRS.split(", ")
    for country, theirs in [[words(word) for word in pair.split()]]
}
_ALIASES = (
    ("united states", "us", "usa", "america"),
    ("united kingdom", "uk", "britain"),
    ("united arab emirates", "uae"),
    ("european union", "eu"),
    ("united nations", "un"),
)
_KNOWN_AS = [[frozenset(words(name)) for name in names] for names in _ALIASES]
_LEAST = 4  # letters that a country and what is its share: "Iran", "Iranian"


def known_as(name: Set[str]) -> list[frozenset[str]]:
    """The other names, each as its words, of what is named among the words of ``name``: "US" of
    the United States."""
    told = {country_of(word) for word in name}
    return [
        other
        for names in _KNOWN_AS
        if any(one <= told for one in names)
        for other in names
        if not other <= told
    ]


def same_name(one: str, other: str) -> bool:
    """Whether two words, as `words` gives them, may name one country or body: "Turkish" and
    "Turkey", "Egyptian" and "Egypt"; not "state" and "station"."""
    first, second = sorted((_COUNTRY.get(one, one), _COUNTRY.get(other, other)), key=len)
    return first == second or (len(first) >= _LEAST and second.startswith(first))


def country_of(word: str) -> str:
    """The country of what is its, as `words` gives it; any other word itself."""
    return _COUNTRY.get(word, word)
