from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folder.folder_store import LocalStore
from index.language.words import words
from retrieval.finding import search as searching
from retrieval.finding.search import ARTICLE_WEIGHT, fuse, search
from retrieval.question.weighing import Question
from tests.word_encoder import WordEncoder

scores = st.dictionaries(st.integers(0, 30), st.floats(-1, 1), max_size=12)


@given(scores, scores)
def test_fusion_holds_every_candidate_on_one_scale(
    dense: dict[int, float], lexical: dict[int, float]
) -> None:
    fused = fuse(dense, lexical)
    assert fused.keys() == dense.keys() | lexical.keys()
    assert all(0 <= score <= 1 for score in fused.values())


@given(scores, st.integers(0, 30))
def test_the_best_of_both_is_the_best(dense: dict[int, float], key: int) -> None:
    dense = {**dense, key: 2.0}
    fused = fuse(dense, {key: 9.0, key + 40: 1.0})
    assert max(fused, key=lambda k: fused[k]) == key


def test_both_rankings_find_the_sentence(word_index: Path) -> None:
    generation = LocalStore(word_index).open_current()
    question = "Did the spokesman Fahim Dashti mention bodyguards?"
    hybrid = search(generation, question, WordEncoder().encode([question])[0], 3)
    lexical = search(generation, question, None, 3)
    assert "Fahim Dashti" in hybrid[0].passage.text
    assert "Fahim Dashti" in lexical[0].passage.text
    assert hybrid[0].dense is not None and lexical[0].dense is None
    assert [hit.fused for hit in hybrid] == sorted((h.fused for h in hybrid), reverse=True)


def test_a_passage_is_worth_more_where_its_article_holds_the_question(word_index: Path) -> None:
    generation = LocalStore(word_index).open_current()
    question = "Did the spokesman Fahim Dashti mention Massoud's zymurgy?"
    asked = Question.weighed(question, generation.frequency, generation.manifest.passages)
    keys, scores = generation.lexical(words(question), 100)
    plain = dict(zip(keys.tolist(), (scores / scores[0]).tolist(), strict=True))
    for hit in search(generation, question, None, 100):
        article = generation.article(hit.passage.reference.article_id)
        assert article is not None
        share = asked.covered(words(f"{article.reference.title} {article.text}"))
        expected = (plain[hit.passage.key] + ARTICLE_WEIGHT * share) / (1 + ARTICLE_WEIGHT)
        assert hit.fused == pytest.approx(expected) and 0 < share < 1


def test_words_that_no_article_holds_find_nothing(word_index: Path) -> None:
    assert search(LocalStore(word_index).open_current(), "zymurgy quixotic", None, 3) == []


def test_how_far_the_nearest_stands_out_of_those_that_were_compared(
    word_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = LocalStore(word_index).open_current()
    question = "Did the spokesman Fahim Dashti mention bodyguards?"
    vector = WordEncoder().encode([question])[0]
    assert search(generation, question, vector, 1)[0].standout is None, "a small archive"
    monkeypatch.setattr(searching, "DEPTH", 3)
    near, _ = generation.dense(vector, 3)
    cosines = generation.cosines(vector, near)
    hits = search(generation, question, vector, 2)
    expected = pytest.approx(max(cosines) - cosines.mean())
    assert [hit.standout for hit in hits] == [expected] * 2
    assert search(generation, question, None, 1)[0].standout is None, "nothing was compared"
