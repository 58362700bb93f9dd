"""What is known of a question's words, in an archive and without one."""

from __future__ import annotations

from pathlib import Path

from index.folder.folder_store import LocalStore
from index.language.words import words
from index.model import Passage, Reference
from retrieval.finding.known import Archive, PassagesAlone


def test_an_article_is_known_by_the_words_of_all_its_passages(word_index: Path) -> None:
    generation = LocalStore(word_index).open_current()
    known = Archive(generation)
    asked = known.weigh("Did the spokesman Fahim Dashti of the NRF mention Massoud's Zymurgy?")
    assert asked.names == {"fahim", "dashti", "nrf", "massoud", "zymurgi"}
    (article,) = [one for one in generation.articles() if "Dashti" in one.text]
    passages = generation.passages(range(generation.manifest.passages))
    own = [one for one in passages if one.reference.article_id == article.reference.article_id]
    assert len(own) > 1
    cited = article.reference
    text = set(words(f"{cited.title} {cited.source} {cited.author} {article.text}"))
    for passage, told in zip(own, known.told(asked, own), strict=True):
        sought = set(asked.weights) & set(words(f"{cited.title} {passage.text}"))
        assert sought <= told <= text
        assert told & asked.names == {"fahim", "dashti", "nrf", "massoud"}
        assert asked.unnamed(told) == 1


def test_names_that_a_phone_left_small_are_known_to_the_archive(word_index: Path) -> None:
    known = Archive(LocalStore(word_index).open_current())
    assert known.weigh("what did the taliban say of panjshir").names == {"taliban", "panjshir"}
    assert known.weigh("what did the taliban say to Dashti").names == {"dashti"}


def test_without_an_archive_a_passage_is_all_there_is() -> None:
    passage = Passage(0, Reference("a", "The valley"), 0, "Massoud leads.", ((0, 14),))
    known = PassagesAlone()
    asked = known.weigh("Who leads the valley?")
    assert set(asked.weights.values()) == {1.0} and not asked.names
    assert known.told(asked, [passage]) == [{"valley", "massoud", "lead"}]
    assert known.before(passage, 9) == "" and known.spelt_out("the NRF?") == "the NRF?"


def test_abbreviations_are_told_unless_they_are_what_is_asked(word_index: Path) -> None:
    known = Archive(LocalStore(word_index).open_current())
    spelt = "who leads the NRF (National Resistance Front of Afghanistan)?"
    assert known.spelt_out("who leads the NRF?") == spelt
    assert known.spelt_out("what does NRF stand for?") == "what does NRF stand for?"


def test_what_stands_before_a_passage_in_its_article(word_index: Path) -> None:
    generation = LocalStore(word_index).open_current()
    known = Archive(generation)
    for passage in generation.passages(range(generation.manifest.passages)):
        article = generation.article(passage.reference.article_id)
        assert article
        before = known.before(passage, 40)
        assert (before + passage.text) in article.text
        assert len(before) == min(40, passage.start)
