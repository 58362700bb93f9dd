"""Draw docs/terminal.svg: what the terminal shows for two questions on the seed article.

python docs/draw_terminal.py --index data/demo
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.config import Settings
from bot.render.terminal import render
from bot.wiring import Desk

QUESTIONS = ("how many people live in Panjshir?", "Who won the 2018 World Cup?")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", default="data/demo")
    index = parser.parse_args().index
    answerer = Desk(Settings.model_validate({"index": {"path": index}})).answerer()
    console = Console(record=True, width=96, file=io.StringIO(), highlight=False)
    for question in QUESTIONS:
        console.print(Text(f"? {question}", style="bold"))
        console.print(render(answerer.answer(question)))
    Path(__file__).with_name("terminal.svg").write_text(
        console.export_svg(title="pullquote chat"), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
