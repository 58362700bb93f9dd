from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles.clean import clean
from index.articles.passages import PassageSize, split
from index.articles.plain import blocks
from index.language.sentences import MAX_SENTENCE, sentence_bounds
from index.model import Article, Reference
from index.sources.reading import RawArticle
from tests.generated import random_article, texts

SIZES = st.tuples(st.integers(1, 60), st.integers(0, 60)).map(
    lambda pair: PassageSize(pair[0], pair[0] + pair[1])
)


def check(article: Article, size: PassageSize) -> None:
    """Every letter of the article is in exactly one sentence of exactly one passage."""
    covered = [False] * len(article.text)
    end = 0
    for number, passage in enumerate(split(article, size)):
        assert passage.key == number
        assert passage.start >= end
        assert article.text[passage.start : passage.end] == passage.text
        assert passage.sentences[0][0] == 0 and passage.sentences[-1][1] == len(passage.text)
        previous = 0
        for a, b in passage.sentences:
            assert previous <= a < b and b - a <= MAX_SENTENCE
            assert passage.text[a:b] == passage.text[a:b].strip()
            covered[passage.start + a : passage.start + b] = [True] * (b - a)
            previous = b
        length = len(passage.text.split())
        assert length <= size.most or len(passage.sentences) == 1
        end = passage.end
    assert all(done or c.isspace() for done, c in zip(covered, article.text, strict=True))


@settings(max_examples=300, deadline=None)
@given(texts, SIZES)
def test_passages_of_any_text(text: str, size: PassageSize) -> None:
    article = clean(RawArticle("a", None, text, "test"), blocks(text))
    if article:
        check(article, size)


def test_passages_of_two_thousand_articles() -> None:
    for raw in map(random_article, range(2000)):
        article = clean(raw, blocks(raw.text))
        if article:
            check(article, PassageSize())


@given(texts)
def test_bounds_of_any_text(text: str) -> None:
    bounds = sentence_bounds(text)
    assert bounds == sorted(bounds)
    inside = "".join(text[a:b] for a, b in bounds)
    assert "".join(inside.split()) == "".join(text.split())


def test_a_text_without_stops_is_cut_between_words() -> None:
    text = "word " * 2000
    pieces = [text[a:b] for a, b in sentence_bounds(text.strip())]
    assert all(set(piece.split()) == {"word"} for piece in pieces)


def test_an_entry_of_a_live_report_is_a_passage_of_its_own() -> None:
    entries = [
        "9.40pm – Greens lead\n\n9.40pm – They have 31 per cent. So it is.",
        "8.05pm – Polls close.",
    ]
    article = Article(Reference("1", "Live"), "\n\n".join(entries))
    assert [passage.text for passage in split(article, PassageSize())] == entries
