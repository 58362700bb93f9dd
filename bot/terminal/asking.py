"""`ask` and `article`: questions in, replies printed."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.config import Settings
from bot.render.article_text import article_text
from bot.render.records import article_record, reply_record
from bot.render.terminal import render
from bot.wiring import Desk, open_store
from index.errors import QuestionError, SourceError
from index.model import Article
from index.texts import Texts, find_article
from retrieval.answer import Abstention, Reply
from retrieval.pipeline import Answerer
from retrieval.question.typed import checked


def answer_all(settings: Settings, questions: list[str], as_json: bool) -> None:
    """Print the reply to each question. A bad one stops before any is answered."""
    for question in questions:
        checked(question)
    console = Console(highlight=False)
    with console.status("Opening the index and the model…") if not as_json else _Quiet():
        answerer = Desk(settings).answerer()
    for question in questions:
        reply, elapsed = timed(answerer, question)
        if as_json:
            _print_json(reply, elapsed)
        else:
            console.print(Text(f"? {question}", style="bold"))
            console.print(render(reply))


def answer_file(settings: Settings, file: Path) -> None:
    """Print one JSON answer a line, in the order of the file.

    The file is read whole first, so that a broken line stops before any answer. A question that
    cannot be searched gets an abstention that says why: the lines still match.
    """
    questions = _read_questions(file)
    desk = Desk(settings)
    for question in questions:
        answerer = desk.answerer()
        try:
            reply, elapsed = timed(answerer, question)
        except QuestionError as error:
            generation = answerer.generation.manifest.generation
            reply, elapsed = Abstention(question, str(error), (), answerer.mode, generation), 0.0
        _print_json(reply, elapsed)


def print_article(
    settings: Settings, article_id: str, as_json: bool, version: int | None = None
) -> None:
    """Print an article, or a ``version`` that it replaced, counted from the oldest kept."""
    texts = open_store(settings).open_current()
    found = find_article(texts, article_id) or _successor(texts, article_id)
    if found is None:
        raise SourceError(f"No article {article_id!r} in the index; answers name the ids.")
    older = texts.replaced(found.reference.article_id)
    if version is not None and not 0 < version <= len(older) + 1:
        kept = f"versions 1 to {len(older) + 1}" if older else "one version"
        raise SourceError(f"Article {article_id!r} has {kept}; there is no version {version}.")
    number = version or len(older) + 1
    shown = [*older, found][number - 1]
    if as_json:
        print(json.dumps(article_record(shown, older[: number - 1]), ensure_ascii=False))
    else:
        print(article_text(shown, found, older[: number - 1]))


def _successor(texts: Texts, article_id: str) -> Article | None:
    """What took the place of an article that had this id."""
    try:
        newer = texts.successor(article_id)
    except UnicodeEncodeError:  # half a character, or bytes that are no text: no article's id
        return None
    return find_article(texts, newer) if newer else None


def timed(answerer: Answerer, question: str) -> tuple[Reply, float]:
    """The reply and how many milliseconds it took."""
    start = time.perf_counter()
    reply = answerer.answer(question)
    return reply, (time.perf_counter() - start) * 1000


def _print_json(reply: Reply, elapsed: float) -> None:
    print(json.dumps(reply_record(reply, elapsed), ensure_ascii=False), flush=True)


def _read_questions(file: Path) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        lines = data.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{file}: not UTF-8 (byte {error.start}); convert it.") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)["question"]
        except (ValueError, KeyError, TypeError, IndexError):
            question = None
        if not isinstance(question, str):
            raise SourceError(f'{file}:{number}: expected {{"question": "…"}} on each line.')
        questions.append(question)
    if not questions:
        raise SourceError(f'{file}: no questions; put {{"question": "…"}} on each line.')
    return questions


class _Quiet:
    """Nothing to show: a program reads the output."""

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
