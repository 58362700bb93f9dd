"""The words and signs of quantities: scales, currencies, hedges. Pure data, in lower case."""

from __future__ import annotations

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "mn": 1e6, "bn": 1e9, "tn": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
MONEY_SCALES = {"m": 1e6, "b": 1e9, "k": 1e3, "mln": 1e6, "bln": 1e9}
"""Letters that are a scale only in a sum of money: "12m" alone may be metres."""
PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
DOZENS = {"dozen": 12.0}
NOBODY = frozenset({"nobody", "none"})
"""Words for no one at all, where what became of them is told."""

SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee", "₽": "rouble"}
CODES = {
    "usd": "us dollar", "gbp": "pound", "eur": "euro", "jpy": "yen", "inr": "rupee", "rmb": "yuan",
    "rs": "rupee", "sh": "shilling",
}  # fmt: skip
"""Short forms that stand before or after a number."""
_SINGULAR = (
    "dollar pound euro rupee rouble ruble franc peso shilling dirham riyal dinar crown lira naira "
    "cedi krone krona yen yuan rand baht ringgit taka rupiah zloty forint cent"
).split()
MONEY = {
    **CODES,
    **{form: name for name in _SINGULAR for form in (name, f"{name}s")},
    "ruble": "rouble", "rubles": "rouble", "kroner": "krone", "kronor": "krona", "pence": "penny",
}  # fmt: skip
"""Currencies in words, each with what all its forms are called."""
COUNTRIES = {
    "us": "us", "a": "australian", "au": "australian", "c": "canadian", "ca": "canadian",
    "hk": "hong kong", "nz": "new zealand", "s": "singapore", "r": "brazilian",
    "american": "us", "australian": "australian", "canadian": "canadian", "singapore": "singapore",
}  # fmt: skip
"""Whose dollars or the like: letters before a sign ("HK$"), words before the currency."""
PERCENT = frozenset("percent pct percentage".split())

HEDGES = {
    **dict.fromkeys(
        ["more than", "over", "at least", "no fewer than", "no less than", "above", "upwards of",
         "well over"],
        "least",
    ),
    **dict.fromkeys(
        ["up to", "as many as", "as much as", "at most", "less than", "fewer than", "under",
         "no more than", "not more than", "below"],
        "most",
    ),
    **dict.fromkeys(
        ["about", "around", "some", "nearly", "almost", "approximately", "roughly", "an estimated",
         "estimated", "close to", "just over", "just under", "circa"],
        "about",
    ),
}  # fmt: skip
"""Words before a number, each with what it makes of it: a "least", a "most", "about" so many."""

FATES = {
    **dict.fromkeys(
        "toll die dies died dying dead death deaths kill kills killed killing lives fatalities "
        "perished drowned murdered slain".split(),
        "dead",
    ),
    **dict.fromkeys(
        "hurt injure injures injured injuring injury injuries wound wounded wounding".split(),
        "hurt",
    ),
    **dict.fromkeys("missing unaccounted".split(), "missing"),
    **dict.fromkeys("arrest arrests arrested arresting detained detaining".split(), "held"),
}
"""What became of those who are counted, by the words for it."""
