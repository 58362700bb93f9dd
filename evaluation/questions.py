"""Questions with known answers, from JSONL files. Raises SourceError with file and line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.evidence import is_evidence
from index.errors import QuestionError, SourceError
from index.model import content_digest
from retrieval.question.typed import checked

_AROUND = 60
"""Characters on both sides of an answer that tell its place from another where it also stands."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and what is known of its answer.

    ``golds`` are short answers or annotated evidence, any of which is right; empty when the right
    reply is to abstain. ``place`` is the answer with what stands around it, "" when not known.
    The gold article is the one that holds ``context``, or the one named by ``article_id``.
    """

    id: str
    text: str
    context: str = ""
    golds: tuple[str, ...] = ()
    place: str = ""
    article_id: str | None = None

    @property
    def answerable(self) -> bool:
        return bool(self.golds)

    @property
    def short_golds(self) -> tuple[str, ...]:
        """The golds that are short answers, on which exact match and F1 are counted."""
        return tuple(gold for gold in self.golds if not is_evidence(gold))

    @property
    def group(self) -> str:
        """Names the text that the question is about: those on one text are drawn together."""
        return content_digest(self.context or self.id).hex()[:12]


def read_questions(files: Sequence[Path], reading: bool = False) -> list[GoldQuestion]:
    """All questions of ``files`` (JSONL, or .gz of it), in order.

    A line is {"question", "id"?, "context"?, "answers"?: [{"text", "start"?}], "article_id"?,
    "answerable"?, "evidence"?}. With ``reading``, every line needs its context.
    """
    found: dict[str, GoldQuestion] = {}
    for file in files:
        for place, line in _lines(file):
            question = _question(line, place)
            if question.id in found:
                raise SourceError(f"{place}: the id {question.id!r} stands twice; ids must differ.")
            if reading and not question.context:
                raise SourceError(f'{place}: no "context" to read; add it.')
            if not reading and question.golds and not (question.context or question.article_id):
                raise SourceError(
                    f'{place}: which article answers it? Add "article_id", or "context" (a part '
                    "of the article's text)."
                )
            found[question.id] = question
    if not found:
        raise SourceError(f'{files[0]}: no questions; put {{"question": "…"}} on each line.')
    return list(found.values())


def _lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line's object with its place, "file:line"."""
    try:
        data = file.read_bytes()
        if file.suffix == ".gz":
            data = gzip.decompress(data)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{file}: not UTF-8 (byte {error.start}); convert it.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"{file}: not a whole gzip file: {error}.") from error
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror}.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = f"{file}:{number}"
            try:
                record = json.loads(line)
            except ValueError as error:
                raise SourceError(f"{place}: not JSON ({error}).") from error
            if not isinstance(record, dict):
                raise SourceError(f'{place}: expected {{"question": "…"}}.')
            yield place, record


def _question(record: dict[str, Any], place: str) -> GoldQuestion:
    try:
        text = checked(_string(record, "question", place))
    except QuestionError as error:
        raise SourceError(f"{place}: {error}") from error
    context = _string(record, "context", place, "")
    answers = _answers(record.get("answers"), place)
    said = record.get("answerable", bool(answers))
    if said not in (True, False, "yes", "no", "implied"):
        raise SourceError(f'{place}: "answerable" must be true or false.')
    answerable = said not in (False, "no")
    if answerable and not answers:
        raise SourceError(f'{place}: answerable, but no "answers" are given; add them.')
    golds = tuple(gold for gold, _ in answers) if answerable else ()
    article = _string(record, "article_id" if "article_id" in record else "article", place, "")
    where = _place(context, answers[0]) if golds else ""
    if golds and not where:
        where = _evidence(record.get("evidence"), place)
    name = record.get("id", place)
    return GoldQuestion(str(name), text, context, golds, where, article or None)


def _string(record: dict[str, Any], key: str, place: str, default: str | None = None) -> str:
    value = record.get(key, default)
    if not isinstance(value, str):
        raise SourceError(f'{place}: "{key}" must be a text.')
    return value


def _answers(value: object, place: str) -> list[tuple[str, int]]:
    """(text, where it begins in the context; -1 when not known)."""
    found = []
    for one in value if isinstance(value, list) else [] if value is None else [None]:
        record = {"text": one} if isinstance(one, str) else one
        text = record.get("text") if isinstance(record, dict) else None
        start = record.get("start", -1) if isinstance(record, dict) else -1
        if not isinstance(text, str) or not text.strip() or type(start) is not int:
            raise SourceError(f'{place}: "answers" must be a list of {{"text": "…", "start"?: N}}.')
        found.append((text, start))
    return found


def _place(context: str, answer: tuple[str, int]) -> str:
    text, start = answer
    if not context or context[start : start + len(text)] != text:
        return ""
    # Whole words only: a cut word matches nothing.
    before = context[max(0, start - _AROUND) : start].split(" ", 1)[-1]
    after = context[start + len(text) : start + len(text) + _AROUND].rsplit(" ", 1)[0]
    return f"{before}{text}{after}"


def _evidence(value: object, place: str) -> str:
    text = value.get("text") if isinstance(value, dict) else value
    if text is not None and not isinstance(text, str):
        raise SourceError(f'{place}: "evidence" must be a text or {{"text": "…"}}.')
    return text or ""
