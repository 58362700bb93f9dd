"""The buttons under a message, and what Telegram hands back when one is pressed. Pure.

Telegram gives a button 64 bytes. An answer is named by a short id; everything else about it is in
the bot's state, so that buttons work after a restart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.answer import Abstention, Answer, Quote, Reply

MOST_BYTES = 64
_DATA = re.compile(
    r"(?:v:([\w-]{11}):([acos])(\d{0,2})|f:([\w-]{11}):([+-])|s:(\w{1,16}):(\w{1,16}))"
)
_LABEL = 48  # characters of a passage on its button: about a line on a phone


@dataclass(frozen=True, slots=True)
class View:
    """Show another side of an answer: ``side`` a: the answer, c: the context of quote ``number``,
    o: other quotes, s: sources."""

    answer: str
    side: str
    number: int = 0

    @property
    def data(self) -> str:
        return f"v:{self.answer}:{self.side}{self.number if self.side == 'c' else ''}"


@dataclass(frozen=True, slots=True)
class Vote:
    answer: str
    up: bool

    @property
    def data(self) -> str:
        return f"f:{self.answer}:{'+' if self.up else '-'}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting of the chat."""

    name: str
    value: str

    @property
    def data(self) -> str:
        return f"s:{self.name}:{self.value}"


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    press: View | Vote | Choice


Keyboard = tuple[tuple[Button, ...], ...]


def parse(data: str) -> View | Vote | Choice | None:
    """What was pressed; None for a button of another bot or time."""
    found = _DATA.fullmatch(data)
    if not found:
        return None
    shown, side, number, rated, sign, name, value = found.groups()
    if shown:
        return View(shown, side, int(number or 0))
    if rated:
        return Vote(rated, sign == "+")
    return Choice(name, value)


def keyboard(reply: Reply, answer: str, side: str = "a") -> Keyboard:
    """The buttons under ``side`` of a reply."""
    if side != "a":
        return ((Button("‹ Back", View(answer, "a")),),)
    if isinstance(reply, Abstention) and reply.courtesy:
        return ()
    votes = (Button("👍", Vote(answer, True)), Button("👎", Vote(answer, False)))
    match reply:
        case Answer():
            row = [Button("More context", View(answer, "c"))]
            if len(reply.claims) > 1 and not reply.disputed:
                row.append(Button("Other quotes", View(answer, "o")))
            return (*_rows([*row, Button("Sources", View(answer, "s"))]), votes)
        case Abstention(nearest=nearest):
            passages = [
                (Button(_label(quote), View(answer, "c", number)),)
                for number, quote in enumerate(nearest)
            ]
            return (*passages, votes)


def choices(quotes: str, searched: bool) -> Keyboard:
    """The buttons of /settings, the present choice marked."""
    return (
        (
            _choice("Short quotes", "quotes", "short", quotes == "short"),
            _choice("Long quotes", "quotes", "long", quotes == "long"),
        ),
        (
            _choice("Show what was searched", "searched", "on", searched),
            _choice("Hide it", "searched", "off", not searched),
        ),
    )


def _choice(label: str, name: str, value: str, chosen: bool) -> Button:
    return Button(f"✓ {label}" if chosen else label, Choice(name, value))


def _rows(buttons: list[Button]) -> list[tuple[Button, ...]]:
    """Two in a row, or three if there are three: more would cut their labels on a phone."""
    return [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]


def _label(quote: Quote) -> str:
    text = " ".join(quote.text.split())
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"
