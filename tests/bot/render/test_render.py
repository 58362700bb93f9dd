"""Rendered replies at the terminal and as JSON: goldens. Telegram's are in test_telegram_text."""

import io
import json
from dataclasses import replace

from rich.console import Console

from bot.render import terminal as render_terminal
from bot.render.records import reply_record
from bot.render.telegram_html import block
from index.model import Reference
from retrieval.answer import Abstention, Answer, Claim, Quote, Reply

REF = Reference("kabul-1", "Talks & <truce>", "https://x.org/?a=1&b=2", "The Wire", "2021-09-05")
QUOTE = Quote(REF, 40, "“Stop,” said Fahim Dashti of the NRF.", (13, 25))
PLAIN = Quote(Reference("b", ""), 0, "It rejected this.")
ANSWER = Answer("who?", (Claim("Fahim Dashti", 0.81, (QUOTE,)),), "hybrid", "g1")
ABSTENTION = Abstention("who?", "the articles don't say", (PLAIN,), "lexical", "g1",
                        "keyword search only: the model is missing")  # fmt: skip


def _terminal(reply: Reply) -> str:
    out = io.StringIO()
    Console(file=out, width=70).print(render_terminal.render(reply))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def test_an_answer_at_the_terminal() -> None:
    assert _terminal(ANSWER) == (
        "  Fahim Dashti\n"
        "  ▌ “Stop,” said Fahim Dashti of the NRF.\n"
        "    Talks & <truce> · The Wire · 2021-09-05 · https://x.org/?a=1&b=2\n"
        "    kabul-1 40–77 · 81% sure\n"
    )


def test_an_abstention_at_the_terminal() -> None:
    assert _terminal(ABSTENTION) == (
        "  Keyword search only: the model is missing.\n"
        "  The articles don't say.\n"
        "  The nearest passages:\n"
        "  ▌ It rejected this.\n"
        "    b\n"
        "    b 0–17\n"
    )


def test_a_long_quote_is_barred_on_each_line() -> None:
    quote = Quote(Reference("a", "T"), 0, "word " * 40 + "end.")
    shown = _terminal(Answer("q", (Claim("word", 0.5, (quote,)),), "hybrid", "g"))
    assert shown.count("  ▌ word") == 4


def test_an_answer_as_json() -> None:
    record = reply_record(ANSWER, 12.34)
    assert record == {
        "question": "who?", "status": "answered", "mode": "hybrid", "generation": "g1",
        "searched": None, "disputed": False,
        "history": False, "elapsed_ms": 12.3, "reason": None, "nearest": [],
        "claims": [{"text": "Fahim Dashti", "confidence": 0.81, "quotes": [{
            "text": QUOTE.text, "start": 40, "end": 77, "highlight": [13, 25],
                "headline": False,
            "article": {"id": "kabul-1", "title": "Talks & <truce>", "source": "The Wire",
                        "url": "https://x.org/?a=1&b=2", "published": "2021-09-05"}}]}],
    }  # fmt: skip
    assert list(record) == ["question", "searched", "status", "mode", "generation", "elapsed_ms",
                            "claims", "disputed", "history", "reason", "nearest"]  # fmt: skip


def test_an_abstention_as_json() -> None:
    record = json.loads(json.dumps(reply_record(ABSTENTION, 0)))
    assert record["status"] == "abstained" and record["claims"] == []
    assert record["reason"] == "the articles don't say; keyword search only: the model is missing"
    assert record["nearest"][0]["highlight"] is None


def test_a_quoted_headline_is_said_to_be_one() -> None:
    reference = replace(QUOTE.reference, title="Eva Lund to lead the port")
    quote = Quote(reference, 0, "Eva Lund to lead the port", (0, 8))
    answer = replace(ANSWER, claims=(Claim("Eva Lund", 0.9, (quote,)),))
    assert "headline · Eva Lund to lead the port" in render_terminal.citation(quote)
    assert "— headline · The Wire · " in block(quote)
    assert reply_record(answer, 1)["claims"][0]["quotes"][0]["headline"] is True
    assert "headline" not in render_terminal.citation(QUOTE) + block(QUOTE)
