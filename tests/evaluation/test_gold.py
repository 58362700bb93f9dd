from dataclasses import replace
from typing import Any

from evaluation.gold import gold_articles, is_gold_passage
from evaluation.questions import GoldQuestion
from index.model import Article, Reference

FIRST = (
    "The museum of Oslo was opened on Monday by Ada Holm after two years of work. "
    "It holds 13 boats, the oldest of them from the ninth century, found in a mound near Tønsberg."
)
OTHER = "The mayor of Lima spoke of a museum that was never built, and of the 13 boats it lacks."


def article(name: str, text: str) -> Article:
    return Article(Reference(name, name), text)


def question(**changes: Any) -> GoldQuestion:
    return replace(GoldQuestion(id="q", text="How many?", context=FIRST, golds=("13",)), **changes)


def test_the_article_that_holds_the_context_is_found() -> None:
    cleaned = "Intro.\n\n" + FIRST.replace(". It", ".\n\nIt").replace("Tønsberg", "Tønsberg ")
    copy = FIRST.replace("It holds 13 boats, ", "")  # something was cleaned out of the middle
    found = gold_articles(
        [question()], [article("a", OTHER), article("b", cleaned), article("c", copy)]
    )
    assert found == {"q": frozenset({"b", "c"})}


def test_an_article_that_is_not_indexed_is_not_found() -> None:
    asked = [question(), question(id="named", context="", article_id="b")]
    assert gold_articles(asked, [article("a", OTHER)]) == {"q": frozenset(), "named": frozenset()}


def test_a_named_article_is_taken_and_the_unanswerable_have_none() -> None:
    asked = [question(article_id="a"), question(id="none", golds=())]
    found = gold_articles(asked, [article("a", OTHER), article("b", FIRST)])
    assert found == {"q": frozenset({"a"})}


def test_a_context_shorter_than_a_run_is_found_whole() -> None:
    asked = [question(context="opened on Monday by Ada Holm", golds=("Monday",))]
    assert gold_articles(asked, [article("a", OTHER), article("b", FIRST)])["q"] == {"b"}


def test_a_short_answer_counts_at_its_place_only() -> None:
    asked = question(place="It holds 13 boats, the oldest of them")
    assert is_gold_passage(asked, FIRST) and not is_gold_passage(asked, OTHER)
    assert is_gold_passage(question(place=""), OTHER)
    assert is_gold_passage(question(golds=(FIRST,), place=FIRST), FIRST[:77])
