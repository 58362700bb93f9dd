"""A headline is stored, and quoted as one, where its short text leaves the news to it."""

import pytest

from index.articles.clean import clean
from index.articles.duplicates import signature
from index.articles.passages import PassageSize, embedding_text, split
from index.articles.plain import blocks
from index.model import Article
from index.sources.raw import RawArticle
from retrieval.answer import Quote

ON_OUR_SITE = "More of this is on our pages."


def _article(title: str, text: str) -> Article | None:
    return clean(RawArticle("1", title, text, "a.jsonl:1"), blocks(text))


def _has_headline(title: str, text: str) -> bool:
    article = _article(title, text)
    return article is not None and article.text.split("\n\n")[0] == article.reference.title


@pytest.mark.parametrize(
    ("title", "text", "stored"),
    [
        ("Eva Lund named head of Odd museum", ON_OUR_SITE, True),
        ("Odd museum names Eva Lund head", "The Odd museum has a new head.", True),
        ("Storm at sea kills 21 sailors", "A storm at sea has killed sailors.", True),
        ("Storm at sea kills 21 sailors", "Twenty-one sailors died in a storm at sea.", False),
        ("Eva Lund's museum opens at Odd", "A museum was opened at Odd by Eva Lund.", False),
        ("Museum opens at last", ON_OUR_SITE, False),  # neither a name nor a number
        ("Eva Lund speaks", ON_OUR_SITE, False),  # a label
        ("Eva Lund named head of Odd museum", "The museum has a new head. " * 20, False),  # a text
        ("Fares to rise in Odd | The Ledger", "Fares will rise in Odd on Monday.", False),
        ("Eva Lund wins the race at Odd", "", True),
        ("Eva Lund wins the race at Odd", "Read more", True),
        ("Late news", "", None),
    ],
)
def test_a_headline_is_stored_where_it_tells_more(
    title: str, text: str, stored: bool | None
) -> None:
    assert (_article(title, text) is None) == (stored is None)
    assert _has_headline(title, text) == bool(stored)


def test_a_headline_is_a_passage_of_its_own() -> None:
    title = "Odd: Who leads? Eva Lund does"
    article = _article(title, f"{ON_OUR_SITE} It is new.")
    assert article and article.headline == len(title)
    assert article.body == f"{ON_OUR_SITE} It is new."
    first, second = split(article, PassageSize())
    assert (first.text, second.text) == (title, article.body)
    assert embedding_text(first) == title and embedding_text(second).startswith(f"{title}\n")
    for start, end in first.sentences:
        assert Quote.cut(first, start, end).is_headline
    assert not Quote.cut(second, 0, len(ON_OUR_SITE)).is_headline


def test_an_article_without_one_has_none() -> None:
    article = _article("Fares to rise in Odd", "Fares will rise in Odd on Monday.")
    assert article and not article.headline and article.body == article.text


def test_copies_under_other_headlines_are_copies() -> None:
    text = "The museum on the hill has a new head, who will begin her work there in May."
    one, two = _article("Eva Lund to lead museum", text), _article("A new head for it", text)
    assert one and two and one.headline and not two.headline
    assert signature(one.body) == signature(two.body)
