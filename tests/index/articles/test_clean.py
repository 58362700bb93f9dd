import unicodedata

import pytest
from hypothesis import given

from index.articles.boilerplate import Furniture, LineCounts, outlet_of
from index.articles.boilerplate_rules import is_furniture
from index.articles.clean import clean
from index.articles.plain import blocks, normalise
from index.model import Article
from index.sources.reading import RawArticle, read_sources
from tests.conftest import SEEDS
from tests.generated import texts


def _raw(text: str, title: str | None = None) -> RawArticle:
    return RawArticle("a", title, text, "test")


def _clean(raw: RawArticle) -> Article | None:
    return clean(raw, blocks(raw.text))


def test_the_seed_article_keeps_its_news_and_loses_its_furniture() -> None:
    article = _clean(next(r for r in read_sources([SEEDS]) if isinstance(r, RawArticle)))
    assert article is not None
    assert article.reference.title.startswith("Panjshir opposition calls for a truce")
    assert article.text.startswith("The Taliban have called for a ceasefire")
    assert article.text.endswith("but the NRF rejected this.")
    for furniture in ("Translate This", "READ:", "airstrikes", "outage", "Panjshir opposition"):
        assert furniture not in article.text
    assert article.text.count("\n\n") == 9  # its ten paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "Translate This News In",
        "READ:   As the Afghan Taliban advances, the US says it would not change",
        "Also read: Five things to know",
        "Related stories:",
    ],
)
def test_furniture(line: str) -> None:
    assert is_furniture(normalise(line))


@pytest.mark.parametrize(
    "line",
    [
        "Read the report, the minister said.",
        "Related diseases kill thousands each year.",
        "They translate this news into Dari.",
        "“Read my lips: no new taxes,” he said.",
    ],
)
def test_news_that_looks_like_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_hard_wrapped_paragraph_becomes_one_line() -> None:
    wrapped = "The quick brown fox jumped over the lazy dog near the\nriver bank on Monday."
    article = _clean(_raw(wrapped))
    assert article and article.text == wrapped.replace("\n", " ")


def test_lines_of_a_feed_stay_paragraphs() -> None:
    article = _clean(_raw("A short line\nAnother line"))
    assert article and article.text == "A short line\n\nAnother line"


@pytest.mark.parametrize("text", ["", " \n\t", "READ: this", "---", "\u200b"])
def test_nothing_left(text: str) -> None:
    assert _clean(_raw(text)) is None


@given(texts)
def test_cleaning_is_final(text: str) -> None:
    """What is stored is a fixed point: cleaning it again moves no offset."""
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_what_is_learned_never_empties_an_article() -> None:
    """A market table's one line recurs in each of its articles, and is all their news."""
    counts = LineCounts()
    tables = [RawArticle(str(n), None, f"Shares closed at {n} points", "t") for n in range(50)]
    for table in tables:
        counts.add(outlet_of(table), blocks(table.text))
    furniture = Furniture((), *counts.learned())
    assert furniture.learned
    for table in tables:
        article = clean(table, blocks(table.text), furniture)
        assert article and article.text == table.text
