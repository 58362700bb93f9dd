"""Articles as feeds might send them: Unicode, quotes, abbreviations, odd spacing."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from index.sources.reading import RawArticle

_PIECES = [
    "The U.S. said", "Gen. Abdul Wudod Zara", "“many casualties,”", "Ségolène Royal", "No. 10",
    "at 5 p.m. Tuesday", "$3.5bn", "1,000", "don’t", "O'Brien", "—", "…", "Mr. Smith", "the NRF’s",
    "Zürich", "e\u0301te\u0301", "😀👩‍👩‍👧", "مرحبا بالعالم", "שלום", "日本語。", "(see p. 5)",
    '"No," he said',
    "approx. 40", "left", "Kabul", "the mayor", "rose 2%", "on August 15", "he said", "3.14",
    "www.example.org/a?b=1", "J. R. R. Tolkien", "vs.", "i.e.", "Taliban", "was", "a truce",
]  # fmt: skip
_ENDS = [". ", ".", "! ", "? ", "… ", ".” ", '." ', ".\n\n", "\n", "\r\n\r\n", "\t", "\u00a0", ": "]
_ODD = ["\u200b", "\u00ad", "\ufeff", "\x00", "\u2028", "  ", "\v", "\u202e", "\u3000", ""]


def random_text(source: random.Random, sentences: int) -> str:
    """A made-up article of about ``sentences`` sentences."""
    parts: list[str] = []
    for _ in range(sentences):
        for _ in range(source.randint(1, 14)):
            parts += [source.choice(_PIECES), source.choice([" ", " ", " ", "  ", "\n"])]
            if source.random() < 0.03:
                parts.append(source.choice(_ODD))
        parts.append(source.choice(_ENDS))
    return "".join(parts)


def random_article(number: int, most_sentences: int = 12) -> RawArticle:
    source = random.Random(number)
    text = random_text(source, source.randint(1, most_sentences))
    title = random_text(source, 1) if source.random() < 0.7 else None
    return RawArticle(f"generated-{number}", title, text, f"generated:{number}")


texts = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.sampled_from(_ENDS), st.sampled_from(_ODD), st.text()),
    max_size=60,
).map("".join)
"""Any text at all, with what is hard to split more often than chance would have it."""
