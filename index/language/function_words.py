"""Function words, which say how a sentence hangs together and not what it is about. Pure data.

All are in lower case. Pronouns have a module of their own, `index.language.pronouns`.
"""

from __future__ import annotations

ARTICLES = frozenset("a an the".split())
DEMONSTRATIVES = frozenset("this that these those".split())
CONJUNCTIONS = frozenset("and but or".split())

BE = frozenset("is are was were".split())
HAVE = frozenset("has have had".split())
DO = frozenset("do does did".split())
MODALS = frozenset("can could will would should may might must".split())
AUXILIARIES = BE | HAVE | DO | MODALS
"""Verbs that help another one, and open a question for yes or no."""
BEING = BE | HAVE | frozenset("be been being will would".split())
"""Verbs by which somebody is, was or will be something."""

ASKING = frozenset("who whom whose what which when where why how".split())
"""Words that ask."""

PREPOSITIONS = frozenset("in on at of to for by from with".split())
"""Those that stand in every second sentence."""
PLACING = frozenset("in at near from to into across around inside outside".split())
"""Prepositions that stand before places."""
JOINING_OFFICES = frozenset("of for at in on to".split())
"""Prepositions between an office and what it is an office of."""
TIMING = frozenset("before after during since".split())
"""Prepositions that stand before times."""

STOP = frozenset(
    "a an and are as at be been being but by can did do does for from had has have he her him his "
    "how i if in into is it its itself me my of on or our she so than that the their them then "
    "there these they this those to too was we were what when where which while who whom whose "
    "why will with would you your".split()
)
"""Words that BM25 does not count. An index is made with them (`index.language.words.VERSION`): for
that reason they are not put together from the lists above, which may grow.

"us" is not among them: the country is typed so.
"""
