"""What stands before a person's name: forms of address, ranks and offices. Pure data."""

from __future__ import annotations

COURTESY = frozenset("mr mrs ms dr".split())
"""Forms of address that are no part of a name."""

ABBREVIATED = COURTESY | frozenset(
    "prof gen lt col maj capt cmdr sgt adm sen rep gov rev hon st pres supt insp cllr "
    "messrs".split()
)
"""Titles that are written with a stop, which ends no sentence. The bounds of an index's sentences
rest on them: where they change, `index.language.sentences.VERSION` does."""

TITLES = COURTESY | frozenset(
    "miss, sir, dame, lord, lady, prof, professor, president, prime minister, minister, general, "
    "gen, captain, colonel".split(", ")
)
"""Titles that are hardly ever a name themselves, as King, Major and Pope are."""
