"""What is said to a bot and asks nothing of the articles, and what it says back. Pure.

One table for every face. Only a whole message is small talk: "thanks to whom did X win?" is none.
"""

from __future__ import annotations

import re

from index.language.folding import fold

_TABLE = (
    (
        "hello, hi, hey, hiya, greetings, good morning, good afternoon, good evening, good day, "
        "hi there, hello there, hey there, hi bot, hello bot, gm",
        "Hello! Ask me something that the articles may tell, such as: who leads the NRF?",
    ),
    (
        "thanks, thx, ty, cheers, great, perfect, thank you, thank you very much, well done, "
        "thank you so much, many thanks, thanks a lot, thanks so much, thx a lot, good bot, "
        "nice one, good job",
        "You are welcome.",
    ),
    ("bye, goodbye, good bye, good night, see you, see ya, cya", "Goodbye!"),
    (
        "ok, okay, k, fine, alright, all right, lol, haha, hehe, wow, cool, sure, nope, nice, hm, "
        "hmm, i see, got it, no problem, never mind",
        "All right. Ask me anything that the articles may tell.",
    ),
    (
        "help, ?, help me, can you help me, what can you do, what do you do, how does this work, "
        "how do you work, what can i ask, how do i use this, what is this",
        "Ask a question in your own words, such as: who leads the NRF? I answer in the words of "
        "the articles, with their source, or say that they don't tell. Words like since:2021 or "
        "source:bbc narrow the search.",
    ),
    (
        "who are you, what are you, what is your name, whats your name, what's your name, "
        "your name, who is this, are you a bot, are you human, are you real, who made you, "
        "who built you, how are you, who r u",
        "I am pullquote, a bot that answers questions in the words of news articles. I make "
        "nothing up, and I know only what they say.",
    ),
)
_REPLIES = {said: reply for several, reply in _TABLE for said in several.split(", ")}
_LEAVING = frozenset("quit exit :q q bye goodbye".split())
_MARKS = re.compile(r"[^\w\s'?:]+")


def courtesy(text: str) -> str | None:
    """What to say to ``text`` if it is small talk; None for a question."""
    plain = _plain(text)
    if not any(map(str.isalpha, plain)) and text.strip() != "?":
        return None
    return _REPLIES.get(plain) or _REPLIES.get(plain.rstrip("? "))


def leaves(text: str) -> bool:
    """Whether ``text`` means to end a conversation."""
    return _plain(text) in _LEAVING


def _plain(text: str) -> str:
    plain = " ".join(_MARKS.sub(" ", fold(text)).split())
    return plain if plain.startswith(":") else plain.rstrip(": ")
