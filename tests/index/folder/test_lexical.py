"""The stored columns against rank_bm25 itself."""

import json
import random
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.articles.clean import clean
from index.articles.passages import PassageSize, split
from index.articles.plain import blocks
from index.folder.lexical import FILES, LexicalIndex
from index.folder.lexical_builder import LexicalBuilder
from index.language.words import words
from index.sources.reading import RawArticle, read_sources
from tests.conftest import SEEDS


def stored(corpus: list[list[str]], folder: Path) -> LexicalIndex:
    builder = LexicalBuilder()
    for passage in corpus:
        builder.add(passage)
    builder.write(folder)
    return LexicalIndex(folder, len(corpus))


def check(corpus: list[list[str]], queries: list[list[str]], folder: Path) -> None:
    """Equal scores to 1e-9 and the same top k, ties in order of key."""
    index, reference = stored(corpus, folder), BM25Okapi(corpus)
    for query in queries:
        expected = reference.get_scores(query)
        keys, scores = index.search(query, len(corpus))
        holding = [n for n, passage in enumerate(corpus) if set(query) & set(passage)]
        assert sorted(keys.tolist()) == holding
        np.testing.assert_allclose(scores, expected[keys], rtol=0, atol=1e-9)
        order = sorted(holding, key=lambda n: (-round(expected[n], 9), n))
        for k in (1, 3, 10):
            top = index.search(query, k)[0].tolist()
            assert [round(expected[n], 9) for n in top] == [
                round(expected[n], 9) for n in order[:k]
            ]


def test_real_text(tmp_path: Path) -> None:
    raw = next(r for r in read_sources([SEEDS]) if isinstance(r, RawArticle))
    article = clean(raw, blocks(raw.text))
    assert article
    corpus = [words(p.text) for p in split(article, PassageSize(10, 25))]
    lines = (SEEDS / "questions.jsonl").read_text().splitlines()
    queries = [words(json.loads(line)["question"]) for line in lines]
    check(corpus, [query for query in queries if query], tmp_path)
    index, reference = stored(corpus, tmp_path), BM25Okapi(corpus)
    for query in queries:
        expected = reference.get_scores(query)
        positive = [n for n in np.argsort(-expected, kind="stable").tolist() if expected[n] > 0]
        assert index.search(query, 5)[0].tolist()[: len(positive)] == positive[:5]


corpora = st.lists(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12), min_size=1, max_size=25
)
questions = st.lists(st.sampled_from("abcdefghxyz"), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(corpora, st.lists(questions, min_size=1, max_size=4))
def test_any_corpus(
    tmp_path_factory: pytest.TempPathFactory, corpus: list[list[str]], queries: list[list[str]]
) -> None:
    check(corpus, queries, tmp_path_factory.mktemp("lexical"))


def test_a_large_vocabulary_is_found_by_bisection(tmp_path: Path) -> None:
    source = random.Random(1)
    vocabulary = [f"wörd{number}" for number in range(3000)]
    corpus = [source.choices(vocabulary, k=20) for _ in range(400)]
    index = stored(corpus, tmp_path)
    for word in vocabulary:
        assert index.frequency(word) == sum(word in passage for passage in corpus)
    assert index.frequency("absent") == 0
    assert index.search(["absent"], 5)[0].tolist() == []


@settings(max_examples=50)
@given(
    st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), min_size=1, max_size=12),
    st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=4),
    st.sets(st.integers(0, 11)),
)
def test_a_search_among_some_is_the_search_without_the_others(
    corpus: list[list[str]], query: list[str], some: set[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if not any(corpus):
            return
        index = stored(corpus, Path(folder))
        among = np.array(sorted(n for n in some if n < len(corpus)), np.int64)
        keys, scores = index.search(query, len(corpus))
        kept = np.isin(keys, among)
        found, found_scores = index.search(query, len(corpus), among)
        assert found.tolist() == keys[kept].tolist()
        assert found_scores.tolist() == scores[kept].tolist()
        holding = [n for n, words in enumerate(corpus) if set(query) <= set(words)]
        assert index.holding(query).tolist() == holding


@settings(max_examples=100, deadline=None)
@given(corpora, corpora, st.data())
def test_counts_lent_by_another_index_are_as_good_as_counted(
    tmp_path_factory: pytest.TempPathFactory,
    old: list[list[str]],
    new: list[list[str]],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("lent")
    order = data.draw(st.permutations(range(len(old))))[: data.draw(st.integers(0, len(old)))]
    lent, counted = LexicalBuilder(stored(old, folder), len(old)), LexicalBuilder()
    for number, passage in enumerate(new):
        lent.add(passage)
        counted.add(passage)
        for key in order[number : number + 1] if number + 1 < len(new) else order[number:]:
            lent.take(key, 1)
            counted.add(old[key])
    written = {}
    for name, builder in (("lent", lent), ("counted", counted)):
        (folder / name).mkdir()
        builder.write(folder / name)
        written[name] = [(folder / name / file).read_bytes() for file in FILES]
    assert written["lent"] == written["counted"]


@settings(max_examples=60, deadline=None)
@given(st.lists(corpora, min_size=1, max_size=6), questions)
def test_an_article_tells_what_any_of_its_passages_holds(
    tmp_path_factory: pytest.TempPathFactory, articles: list[list[list[str]]], query: list[str]
) -> None:
    folder, builder, owners = tmp_path_factory.mktemp("told"), LexicalBuilder(), list[int]()
    for number, passages in enumerate(articles):
        for at, passage in enumerate(passages):
            builder.add(passage, opens=at == 0)
            owners.append(number)
    builder.write(folder)
    keys = np.arange(len(owners))[::-1]
    found = LexicalIndex(folder, len(owners)).in_articles(query, keys)
    expected = [[any(w in p for p in articles[owners[key]]) for key in keys] for w in query]
    assert found.tolist() == expected
