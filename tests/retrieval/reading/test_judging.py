"""How spans are ranked and what is known of them, with logits that a test sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from index.model import Passage, Reference
from retrieval.finding.hits import Hit
from retrieval.question.asked import Question
from retrieval.reading.confidence import NAMES, Calibration, Chance, Signs
from retrieval.reading.decode import Window
from retrieval.reading.span_reader import Logits, SpanReader


class WordModel:
    """Sees each word of a text; the one that ``answers`` names begins and ends with its logits."""

    def __init__(self, answers: dict[str, float]) -> None:
        self._answers = answers

    def logits(
        self, question: str, texts: Sequence[str], titles: Sequence[str] = ()
    ) -> list[Logits]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Logits:
        words = text.split(" ")
        starts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])]).astype(np.int32)
        ends = starts + np.array([len(word) for word in words], np.int32)
        said = np.array([self._answers.get(word.strip("."), -9.0) for word in words], np.float32)
        return Logits((Window(0, said, said, 0.0),), starts, ends)


def hit(key: int, text: str, fused: float = 0.0, dense: float | None = 0.5) -> Hit:
    passage = Passage(key, Reference(f"a{key}", "Valley"), 0, text, ((0, len(text)),))
    return Hit(passage, dense, 1.0, fused)


HITS = [hit(0, "Kabul fell on Sunday."), hit(1, "There Massoud leads the front.", 1.0)]
MARGIN = {"margin": 1.0}
BY_MARGIN = (Chance(0.0, MARGIN),)
MARGIN_ALONE = Calibration(BY_MARGIN, MARGIN)


def best(calibration: Calibration, answers: dict[str, float]) -> tuple[str, float]:
    span = SpanReader(WordModel(answers), calibration).read(Question.alone("who leads?"), HITS)[0]
    return span.passage.text[span.start : span.end], span.score


def test_the_largest_margin_wins_and_a_rank_may_outweigh_it() -> None:
    answers = {"Kabul": 2.0, "Massoud": 1.5}
    assert best(MARGIN_ALONE, answers)[0] == "Kabul"
    assert best(Calibration(BY_MARGIN, MARGIN | {"article": 2.0}), answers)[0] == "Massoud"


def test_an_echo_takes_nothing_from_the_next() -> None:
    """Neither what was asked about nor its long form."""
    texts = ("NRF said so.", "Northern rivals gave in.", "The Front met there.", "Massoud won.")
    hits = [hit(key, text) for key, text in enumerate(texts)]
    answers = {"NRF": 5.0, "Northern": 4.5, "Front": 4.0, "Massoud": 1.0}
    reader = SpanReader(WordModel(answers), MARGIN_ALONE)
    spelt = "who leads the NRF (Northern Front)?"
    asked = replace(Question.alone("who leads the NRF?"), spelt=spelt)
    first, alone = reader.read(asked, hits)[0], reader.read(asked, hits[3:])[0]
    assert (first.text, first.score) == ("Massoud", alone.score)
    assert reader.read(Question.alone("is it the NRF or Massoud?"), hits)[0].text == "NRF"


def test_an_articles_passages_share_what_its_best_is_worth() -> None:
    first, second = (hit(0, text, fused) for text, fused in (("Kabul fell.", 0.9), ("So.", 0.2)))
    found = SpanReader(WordModel({"Kabul": 2.0}), MARGIN_ALONE).candidates(
        Question.alone("what?"), [first, second]
    )
    assert {one.signs.article for one in found} == {0.9}
    assert {one.signs.passage for one in found} == {0.9, 0.2}


def test_the_signs_of_a_span() -> None:
    reader = SpanReader(WordModel({"Massoud": 3.0}), MARGIN_ALONE)
    (first, *_) = reader.candidates(Question.alone("who leads the valley front?"), HITS[1:])
    assert first.signs.margin == pytest.approx(6.0) and first.signs.cosine == 0.5
    # The title says "valley", the sentence the rest.
    assert first.signs.quoted == 1.0 and first.signs.missing == 0
    (first, *_) = reader.candidates(Question.alone("when did Massoud fall?"), HITS[1:])
    assert first.signs.quoted == pytest.approx(0.5**0.5) and first.signs.missing > 0


def test_a_name_that_the_quote_means_counts_as_said() -> None:
    """If the archive knows it for one, and what stands before the passage names him."""
    alone = Question.alone("Does Massoud want peace?")
    named = replace(alone, weighed=replace(alone.weighed, names=frozenset({"massoud"})))
    reader = SpanReader(WordModel({"peace": 3.0}), MARGIN_ALONE)
    one = hit(0, "He wants peace. Nothing else matters.")
    told = replace(one, before="Massoud spoke on Sunday. ")
    unsaid = (2 / 3) ** 0.5
    for asked, read, quoted in ((named, told, 1.0), (named, one, unsaid), (alone, told, unsaid)):
        (first, *_) = reader.candidates(asked, [read])
        assert first.signs.quoted == pytest.approx(quoted)


def test_a_question_is_known_for_one() -> None:
    for text, asks in (("Is it near?", 1.0), ("“Is it near?”", 1.0), ("It is near.", 0.0)):
        reader = SpanReader(WordModel({"near": 3.0}), MARGIN_ALONE)
        (first, *_) = reader.candidates(Question.alone("how near?"), [hit(0, text)])
        assert first.signs.asks == asks


def test_words_alone_have_no_cosine() -> None:
    (first, *_) = SpanReader(WordModel({}), MARGIN_ALONE).candidates(
        Question.alone("who?"), [hit(0, "A b.", dense=None)]
    )
    assert first.signs.cosine == 0.0
    usual = Calibration(BY_MARGIN, MARGIN, usual={"cosine": 0.4, "standout": 0.2})
    (first, *_) = SpanReader(WordModel({}), usual).candidates(
        Question.alone("who?"), [hit(0, "A b.", dense=None)]
    )
    assert (first.signs.cosine, first.signs.standout) == (0.4, 0.2)


def test_probabilities_never_rise_down_the_ranking() -> None:
    calibration = Calibration(BY_MARGIN, MARGIN | {"article": 9.0})
    model = WordModel({"Kabul": 2.0, "Massoud": 1.5})
    spans = SpanReader(model, calibration).read(Question.alone("who leads?"), HITS)
    scores = [span.score for span in spans]
    assert scores == sorted(scores, reverse=True) and 0 <= scores[-1] <= scores[0] <= 1


def test_every_sign_counts_by_its_coefficient() -> None:
    for name in NAMES:
        calibration = Calibration((Chance(0.0, {name: 1.0}),), {name: 2.0})
        raised = Signs(**dict.fromkeys(NAMES, 0.0) | {name: 1.0})
        assert calibration.confidence(raised) > calibration.confidence(Signs(0.0)) == 0.5
        assert calibration.value(raised) == 2.0 and calibration.value(Signs(0.0)) == 0.0


def test_all_chances_must_come_true() -> None:
    one, other = Chance(1.0, {"margin": 2.0}), Chance(-1.0, {"quoted": 3.0})
    signs = Signs(0.5, quoted=0.4)
    both = Calibration((one, other), {}).confidence(signs)
    assert both == pytest.approx(one.of(signs) * other.of(signs)) and one.of(signs) > 0.85
    assert Calibration((), {}).confidence(signs) == 1.0
    assert Chance(0.0, {"margin": 1.0}).of(Signs(-1e6)) == 0.0
