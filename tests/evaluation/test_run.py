"""Whole evaluations, over the seed article."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.evidence import holds
from evaluation.gold import gold_articles
from evaluation.questions import GoldQuestion, read_questions
from evaluation.run import Outcome, ask, measures
from evaluation.saved import Run, load, save
from index.errors import SourceError
from index.folder.folder_store import FolderStore
from index.model import Passage, Reference
from retrieval.answer import Answer, Span
from retrieval.deciding.decide import Evidence, Stamp, decide
from retrieval.pipeline import READ_PASSAGES, Answerer
from retrieval.question.asked import Question
from retrieval.reading.sentence_reader import SentenceReader
from tests.conftest import SEEDS
from tests.word_encoder import WordEncoder

QUESTIONS = read_questions([SEEDS / "questions.jsonl"])


@pytest.fixture
def answerer(word_index: Path) -> Answerer:
    generation, encoder = FolderStore(word_index).open_current(), WordEncoder()
    return Answerer(generation, encoder, SentenceReader(encoder))


@pytest.fixture
def outcomes(answerer: Answerer) -> list[Outcome]:
    golds = gold_articles(QUESTIONS, answerer.generation.every_article())
    asked: list[int] = []
    found = ask(answerer, QUESTIONS, golds, asked.append)
    assert sum(asked) == len(QUESTIONS)
    return found


@pytest.mark.parametrize("threshold", [0.01, 0.1, 0.25, 0.5])
def test_the_decisions_are_the_answerers_own(
    threshold: float, answerer: Answerer, outcomes: list[Outcome]
) -> None:
    strict = replace(answerer, threshold=threshold)
    replies = [strict.answer(question.text) for question in QUESTIONS]
    answered = [isinstance(reply, Answer) for reply in replies]
    assert [o.confidence >= threshold for o in outcomes] == answered
    for question, reply, found in zip(QUESTIONS, replies, outcomes, strict=True):
        if isinstance(reply, Answer) and question.answerable:
            assert reply.claims[0].confidence == found.stated
            assert holds(reply.claims[0].quotes[0].text, question.golds) == (found.quote_rank == 1)


PASSAGE = Passage(0, Reference("a", "T"), 0, "One two three. Four five six.", ((0, 14), (15, 29)))
spans = st.tuples(st.integers(0, 12), st.integers(13, 29), st.floats(1e-9, 1))


@given(st.lists(spans, max_size=6), st.floats(1e-9, 1))
def test_a_threshold_applied_afterwards_decides_alike(
    found: list[tuple[int, int, float]], threshold: float
) -> None:
    ranked = sorted((Span(PASSAGE, *one) for one in found), key=lambda span: -span.score)
    asked, stamp = Question.alone("q"), Stamp("hybrid", "g")
    free, strict = (decide(asked, ranked, t, Evidence(), stamp) for t in (0.0, threshold))
    sure = max((span.score for span in ranked), default=0.0)
    assert isinstance(strict, Answer) == (sure >= threshold)
    if isinstance(strict, Answer):
        assert isinstance(free, Answer) and strict.claims[0] == free.claims[0]


def test_what_is_read_is_the_head_of_what_is_ranked(answerer: Answerer) -> None:
    text = QUESTIONS[1].text
    assert answerer.find(text, 200)[:READ_PASSAGES] == answerer.find(text, READ_PASSAGES)


def test_the_seed_article_is_found(outcomes: list[Outcome]) -> None:
    asked = [o for o in outcomes if o.answerable]
    assert len(asked) == 24 and all(o.article_rank == 1 for o in asked)
    assert all(1 <= o.passage_rank <= 4 for o in asked)
    assert sum(o.quote_rank == 1 for o in asked) >= 12
    others = [o for o in outcomes if not o.answerable]
    assert all(o.article_rank == o.quote_rank == 0 and o.exact is None for o in others)


def test_an_answer_from_another_article_is_not_right(answerer: Answerer) -> None:
    golds = {q.id: frozenset({"another"}) for q in QUESTIONS if q.answerable}
    found = ask(answerer, QUESTIONS[1:4], golds)
    assert all(o.article_rank == o.passage_rank == o.quote_rank == 0 for o in found)


def test_a_question_that_finds_nothing_has_no_confidence(word_index: Path) -> None:
    generation = FolderStore(word_index).open_current()
    lexical = Answerer(generation, None, SentenceReader(None), "no model")
    [found] = ask(lexical, [GoldQuestion("q", "zymurgy?")], {})
    assert found.confidence == 0.0 and found.quote_rank == 0


def test_a_saved_run_compares_to_itself_without_a_change(
    outcomes: list[Outcome], tmp_path: Path
) -> None:
    run = Run({"threshold": 0.25, "reader": "sentences"}, outcomes)
    save(run, tmp_path / "run.json")
    again = load(tmp_path / "run.json")
    assert again.about == run.about and list(again.outcomes) == outcomes
    shared, changes = run.against(again)
    assert shared == 34
    assert {(c.value, c.low, c.high) for c in changes.values()} == {(0.0, 0.0, 0.0)}


def test_a_change_that_all_questions_share_is_told(outcomes: list[Outcome]) -> None:
    worse = [replace(o, quote_rank=0, article_rank=0) for o in outcomes[:30]]
    about = {"threshold": 0.25}
    shared, changes = Run(about, outcomes).against(Run(about, worse))
    assert shared == 30
    assert changes["article_recall@1"].value == changes["article_recall@1"].low == 1.0
    assert changes["quote_hit@1"].low > 0
    assert changes["ms_p50"].value == 0


def test_only_like_runs_compare(outcomes: list[Outcome], tmp_path: Path) -> None:
    run = Run({"threshold": 0.25}, outcomes[:5])
    with pytest.raises(SourceError, match="share no question"):
        run.against(Run({"threshold": 0.25}, outcomes[5:]))
    for text in ("{}", "[]", "nonsense", '{"format": 1, "kind": "answering", "outcomes": []}'):
        (tmp_path / "bad.json").write_text(text)
        with pytest.raises(SourceError, match="not a saved evaluation"):
            load(tmp_path / "bad.json")
    (tmp_path / "bad.json").write_text('{"format": 99}')
    with pytest.raises(SourceError, match="another version"):
        load(tmp_path / "bad.json")
    with pytest.raises(SourceError, match="cannot be read"):
        load(tmp_path / "none.json")
    with pytest.raises(SourceError, match="cannot be written"):
        save(run, tmp_path / "none" / "run.json")


def test_without_answerable_questions_only_refusing_is_measured() -> None:
    found = measures([Outcome(str(n), str(n), False, n / 9, n / 9, 0, 0, 0, None, None, 1.0)
                      for n in range(10)], 0.5)  # fmt: skip
    assert "auroc" not in found and "quote_hit@1" not in found
    assert found["false_answers"](np.ones((1, 10)))[0] == 0.5
