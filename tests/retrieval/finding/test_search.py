from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folder.folder_store import FolderStore
from index.language.words import words
from index.model import Query
from index.store import Generation
from index.texts import find_article
from retrieval.finding import search as searching
from retrieval.finding.search import ARTICLE_WEIGHT, fuse, search
from retrieval.question.asked import Question
from retrieval.question.lookups import Lookups
from tests.word_encoder import WordEncoder


def _asked(text: str, generation: Generation) -> Question:
    return Question.of(text, text, Lookups(generation.lexicon), generation.manifest.passages)


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
    generation = FolderStore(word_index).open_current()
    question = _asked("Did the spokesman Fahim Dashti mention bodyguards?", generation)
    hybrid = search(generation, question, WordEncoder().encode([question.text])[0], 3)
    lexical = search(generation, question, None, 3)
    assert "Fahim Dashti" in hybrid[0].passage.text
    assert "Fahim Dashti" in lexical[0].passage.text
    assert hybrid[0].dense is not None and lexical[0].dense is None
    assert [hit.fused for hit in hybrid] == sorted((h.fused for h in hybrid), reverse=True)


def test_a_passage_is_worth_more_where_its_article_holds_the_question(word_index: Path) -> None:
    generation = FolderStore(word_index).open_current()
    question = _asked("Did the spokesman Fahim Dashti mention Massoud's zymurgy?", generation)
    found = generation.search(Query(tuple(words(question.text)), None, 100))
    most = max(one.bm25 or 0.0 for one in found)
    plain = {one.key: (one.bm25 or 0.0) / most for one in found}
    for hit in search(generation, question, None, 100):
        article = find_article(generation, hit.passage.reference.article_id)
        assert article is not None
        share = question.weighed.covered(words(f"{article.reference.title} {article.text}"))
        expected = (plain[hit.passage.key] + ARTICLE_WEIGHT * share) / (1 + ARTICLE_WEIGHT)
        assert hit.fused == pytest.approx(expected) and 0 < share < 1


def test_words_that_no_article_holds_find_nothing(word_index: Path) -> None:
    generation = FolderStore(word_index).open_current()
    assert search(generation, _asked("zymurgy quixotic", generation), None, 3) == []


def test_how_far_the_nearest_stands_out_of_those_that_were_compared(
    word_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = FolderStore(word_index).open_current()
    question = _asked("Did the spokesman Fahim Dashti mention bodyguards?", generation)
    vector = WordEncoder().encode([question.text])[0]
    assert search(generation, question, vector, 1)[0].standout is None, "a small archive"
    monkeypatch.setattr(searching, "DEPTH", 3)
    found = generation.search(Query((), vector, 3))
    cosines = np.array([one.cosine for one in found])
    hits = search(generation, question, vector, 2)
    expected = pytest.approx(max(cosines) - cosines.mean())
    assert [hit.standout for hit in hits] == [expected] * 2
    assert search(generation, question, None, 1)[0].standout is None, "nothing was compared"
