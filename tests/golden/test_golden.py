"""What comes of the golden questions, by the real models over a fixed archive.

Two nets. The *floors* say how many questions must come out right: they only ever rise. The
*signature* (signature.jsonl) says what comes of every question, to the passages that are read and
their scores: no weight, threshold or size can be changed without it being seen.

The signature is renewed by ``make golden``. That is right when a change was meant to change
answers: look at the diff of signature.jsonl, see that what changed is what was meant to, commit it
with the change, and raise the floors by what was won. It is wrong when you do not know why it
changed: then something moved that was not meant to.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.folder.folder_store import FolderStore
from index.models.encoder import Encoder
from tests.golden.asked import (
    SIGNATURE,
    Came,
    Expected,
    answerer,
    ask,
    build_archive,
    changes,
    questions,
    signature,
    written,
)

pytestmark = [pytest.mark.model, pytest.mark.slow]

RENEW = "PULLQUOTE_RENEW_GOLDEN"

# What was reached when they were last set, less one.
FIRST, SHORT, REFUSED = 56, 43, 8
DISPUTED, UNDISPUTED = 2, 73
AGREED, COPIED = 6, 3

Asked = list[tuple[Expected, Came]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    build_archive(folder, encoder)
    return folder


@pytest.fixture(scope="module")
def asked(archive: Path) -> Asked:
    expected = questions()
    return list(zip(expected, ask(answerer(archive), expected), strict=True))


def _answered(came: Came) -> bool:
    return bool(came.claims)


def _first_right(expected: Expected, came: Came) -> bool:
    return _answered(came) and expected.quote is not None and expected.quote in came.quote


def _floor(name: str, found: list[tuple[str, bool]], least: int, of: int) -> None:
    """At least ``least`` of ``of`` are right; the others are named."""
    assert len(found) == of, f"{name}: {len(found)} questions and not {of}"
    wrong = [question for question, right in found if not right]
    assert of - len(wrong) >= least, f"{name}: {of - len(wrong)} of {of} < {least}: {wrong}"


def test_first_quotes(asked: Asked) -> None:
    told = [(e.question, _first_right(e, c)) for e, c in asked if e.quote is not None]
    _floor("right quote first", told, FIRST, 80)


def test_short_answers(asked: Asked) -> None:
    short = [
        (e.question, _first_right(e, c) and c.said in e.answers) for e, c in asked if e.answers
    ]
    _floor("short answer", short, SHORT, 67)


def test_refusals(asked: Asked) -> None:
    refused = [(e.question, not _answered(c)) for e, c in asked if e.quote is None]
    _floor("refused", refused, REFUSED, 18)


def test_disputes(asked: Asked) -> None:
    """Seen where there are two sides, and nowhere else."""
    _floor("disputes", [(e.question, c.disputed) for e, c in asked if e.disputed], DISPUTED, 5)
    others = [(e.question, not c.disputed) for e, c in asked if e.quote and not e.disputed]
    _floor("no dispute", others, UNDISPUTED, 75)


def test_agreement(asked: Asked) -> None:
    """Several articles stand under an answer that several give, and copies count as one."""
    several = [(e.question, c.claims[:1] > (1,)) for e, c in asked if e.agree is True]
    _floor("agreement", several, AGREED, 8)
    copied = [(e.question, c.claims[:1] == (1,)) for e, c in asked if e.agree is False]
    _floor("copies", copied, COPIED, 4)


def test_what_an_outlet_prints_under_every_article_is_no_news(archive: Path) -> None:
    articles = list(FolderStore(archive).open_current().every_article())
    assert len(articles) == 150
    assert not [one.reference.article_id for one in articles if "More from the harbour" in one.text]


def test_nothing_comes_out_otherwise(asked: Asked) -> None:
    """By the signature; the docstring of this file says how to renew it, and when."""
    now = [came for _, came in asked]
    if os.environ.get(RENEW):
        SIGNATURE.write_text(written(now), encoding="utf-8")
    before = signature()
    assert [one.question for one in before] == [one.question for one in now]
    found = {b.question: changes(b, n) for b, n in zip(before, now, strict=True)}
    changed = {question: told for question, told in found.items() if told}
    lines = [f"{question}: {'; '.join(told)}" for question, told in changed.items()]
    assert not lines, f"{len(lines)} questions; `make golden` if meant\n" + "\n".join(lines)
