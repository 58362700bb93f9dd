"""The bot under load: many people at a steady rate, then all at once.

    python -m benchmarks.telegram_load INDEX QUESTIONS.jsonl.gz --rate 10

`pullquote telegram` runs as a process of its own, with the real client library, index, model and
reader; the Bot API is the strict server of the tests, in this process. A reply's time is from the
update's arrival at that server to the bot's message.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.messenger.texts import BUSY
from tests.telegram.fake_bot_api import TOKEN, FakeBotApi

_PATIENCE = 300  # seconds to wait for the last replies


@dataclass
class Ledger:
    """Every question with its time, every reply with how long it took. In seconds."""

    open: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    took: list[float] = field(default_factory=list)
    busy: int = 0
    doubled: int = 0

    def replied(self, method: str, given: dict[str, Any]) -> None:
        if method != "sendMessage":
            return
        waiting = self.open[int(given["chat_id"])]
        if not waiting:
            self.doubled += 1
            return
        asked = waiting.popleft()
        if given["text"] == BUSY:
            self.busy += 1
        else:
            self.took.append(time.monotonic() - asked)

    @property
    def waiting(self) -> int:
        return sum(map(len, self.open.values()))


async def _ask(api: FakeBotApi, ledger: Ledger, chat: int, question: str) -> None:
    ledger.open[chat].append(time.monotonic())
    await api.say(question, chat=chat)


async def _settle(ledger: Ledger) -> None:
    end = time.monotonic() + _PATIENCE
    while ledger.waiting and time.monotonic() < end:
        await asyncio.sleep(0.05)
    await asyncio.sleep(2)  # for what would come twice


async def _steady(
    api: FakeBotApi, ledger: Ledger, questions: list[str], users: int, rate: float, pid: int
) -> list[float]:
    """Ask at a constant rate, whatever the bot does; the memory at each tenth, in MB."""
    begun, memory = time.monotonic(), []
    for number, question in enumerate(questions):
        pause = begun + number / rate - time.monotonic()
        if pause > 0:
            await asyncio.sleep(pause)
        await _ask(api, ledger, 1000 + number % users, question)
        if number % (len(questions) // 10) == 0:
            memory.append(_memory(pid))
            # The server remembers all calls for its tests; here that would be our own memory.
            api.calls.clear()
            api.messages.clear()
    await _settle(ledger)
    return [*memory, _memory(pid)]


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _report(name: str, ledger: Ledger, asked: int, seconds: float) -> None:
    cuts = statistics.quantiles(ledger.took, n=20, method="inclusive")
    print(
        f"{name}: asked {asked} in {seconds:.0f} s, answered {len(ledger.took)}, told busy "
        f"{ledger.busy}, lost {ledger.waiting}, doubled {ledger.doubled}; "
        f"p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms, "
        f"max {max(ledger.took) * 1000:.0f} ms",
        flush=True,
    )


def _questions(file: Path, count: int) -> list[str]:
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        found = [json.loads(line)["question"] for line in lines]
    return random.Random(0).choices(found, k=count)


async def run(options: argparse.Namespace) -> None:
    api, ledger = FakeBotApi(), Ledger()
    api.when_called = ledger.replied
    base_url = await api.start()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text(
            f'[telegram]\nbase_url = "{base_url}"\nstate = "s.sqlite"\nqueue = {options.queue}\n'
            "total_per_minute = 1000000\nuser_per_minute = 1000\n"
            f'[reader]\nmodel = "{options.reader}"\n[encoder]\nmodel = "{options.model}"\n'
        )
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from bot.cli import main; main()",
            "telegram", "--config", str(config), "--index", str(options.index),
            env={**os.environ, "PULLQUOTE_TELEGRAM_TOKEN": TOKEN},
        )  # fmt: skip
        try:
            questions = _questions(options.questions, options.count)
            await _ask(api, ledger, 1, questions[0])  # the model is warm from here on
            await _settle(ledger)
            ledger.took.clear()
            begun = time.monotonic()
            memory = await _steady(api, ledger, questions, options.users, options.rate, bot.pid)
            _report(f"steady {options.rate}/s", ledger, len(questions), time.monotonic() - begun)
            print("memory in MB:", " ".join(f"{size:.0f}" for size in memory), flush=True)
            ledger.took.clear()
            ledger.busy = ledger.doubled = 0
            begun = time.monotonic()
            for number, question in enumerate(_questions(options.questions, options.burst)):
                await _ask(api, ledger, 1000 + number % options.users, question)
            await _settle(ledger)
            _report("burst", ledger, options.burst, time.monotonic() - begun)
            print(f"memory in MB: {_memory(bot.pid):.0f}", flush=True)
        finally:
            bot.terminate()
            await bot.wait()
            await api.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--rate", type=float, default=10)
    parser.add_argument("--burst", type=int, default=500)
    parser.add_argument("--queue", type=int, default=64)
    parser.add_argument("--reader", default="sentences")
    parser.add_argument("--model", default="all-MiniLM-L6-v2", help='"none": keyword search')
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
