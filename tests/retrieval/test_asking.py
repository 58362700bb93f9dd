"""Narrowed, misspelt, abbreviated and leaning questions, over a small archive built for them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from index.build import build
from index.errors import QuestionError
from index.folder.folder_store import FolderStore
from index.language.words import words
from index.model import Query, Selection
from retrieval import pipeline
from retrieval.answer import Abstention, Answer, Reply, Span, quotes_of
from retrieval.deciding.decide import Evidence, Stamp, decide
from retrieval.finding.hits import Hit
from retrieval.finding.narrowing import scope_of
from retrieval.pipeline import Answerer
from retrieval.question.asked import Question
from retrieval.question.filters import narrow
from retrieval.question.followup import turn_of
from retrieval.question.lookups import Lookups
from retrieval.question.wording import corrected, other_forms, spelt_out
from retrieval.reading.echoing import UnechoedReader
from retrieval.reading.explaining_reader import ExplainingReader
from retrieval.reading.sentence_reader import SentenceReader
from retrieval.reading.span_reader import SpanReader
from tests.retrieval.reading.test_judging import MARGIN_ALONE, WordModel
from tests.word_encoder import WordEncoder

ARTICLES = [
    ("front", "The Daily", "2021-09-05",
     "The National Resistance Front of Afghanistan (NRF) is led by Ahmad Massoud. Its spokesman is "
     "Fahim Dashti, who spoke to reporters in Panjshir on Sunday."),
    ("valley", "The Herald", "2021-09-06T08:00:00",
     "Ahmad Massoud leads the fighters in Panjshir. The Taliban claimed to have taken the valley."),
    ("bank", "The Daily", "2020-01-03",
     "The Central Bank of Oslo raised its rate by two percent. “There is no other way,” said Kari "
     "Berg, who has led the bank since 2011."),
    ("undated", "", "",
     "Massoud was born in Panjshir. Many casualties were reported in Afghanistan last winter."),
]  # fmt: skip
TODAY = date(2021, 9, 7)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("asking")
    lines = [
        {"id": name, "title": name.title(), "source": source, "date": day, "text": text,
         "url": f"https://{name}.example.org/a"}
        for name, source, day, text in ARTICLES
    ]  # fmt: skip
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    encoder, store = WordEncoder(), FolderStore(folder / "ix")
    build([file], store, lambda: encoder)
    generation = store.open_current()
    reader = SentenceReader(encoder)
    return Answerer(generation, encoder, reader, threshold=0.0, today=lambda: TODAY)


def articles(answerer: Answerer, question: str) -> set[str]:
    return {q.reference.article_id for q in quotes_of(answerer.answer(question))}


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(since="2021-01-01"), {"front", "valley"}),
        (Selection(before="2021-09-06"), {"front", "bank"}),
        (Selection("2021-09-06", "2021-09-07"), {"valley"}),
        (Selection(sources=("daily",)), {"front", "bank"}),
        (Selection(sources=("HERALD",)), {"valley"}),
        (Selection(sources=("undated.example",)), {"undated"}),
        (Selection(titles=("bánk",)), {"bank"}),
        (Selection(article_id="bank"), {"bank"}),
        (Selection(since="2030"), set()),
        (Selection(), {"front", "valley", "bank", "undated"}),
    ],
)
def test_selections(answerer: Answerer, selection: Selection, found: set[str]) -> None:
    every = ("massoud", "bank", "reporter", "panjshir")
    scored = answerer.generation.search(Query(every, None, 100, selection))
    keys = [one.key for one in scored]
    passages = answerer.generation.passages(keys)
    assert keys == sorted(keys) and {p.reference.article_id for p in passages} == found
    assert answerer.generation.any_of([selection]) == [bool(found)]


@pytest.mark.parametrize("filters", ["since:2021-09-06", "source:herald", "on:2021-09-06"])
def test_only_what_meets_the_filters_is_quoted(answerer: Answerer, filters: str) -> None:
    assert articles(answerer, f"who leads in Panjshir {filters}") == {"valley"}


def test_only_what_holds_the_phrase_is_quoted(answerer: Answerer) -> None:
    assert articles(answerer, "who reported “many  casualties”?") == {"undated"}
    reply = answerer.answer('who reported "no casualties"')
    assert isinstance(reply, Abstention) and reply.reason == "no article says “no casualties”"


def test_a_phrase_of_function_words_is_told_not_denied(answerer: Answerer) -> None:
    with pytest.raises(QuestionError, match="quote one that tells more"):
        answerer.answer('who said "it was the"')


def test_filters_that_nothing_meets_say_what_there_is(answerer: Answerer) -> None:
    reply = answerer.answer("who leads since:2030")
    assert isinstance(reply, Abstention) and not reply.nearest
    assert reply.reason.endswith("(they are from 2020-01-03 to 2021-09-06)")


def test_filters_alone_are_no_question(answerer: Answerer) -> None:
    with pytest.raises(QuestionError):
        answerer.answer("since:2021")


def test_a_period_narrows_only_where_the_archive_reaches(answerer: Answerer) -> None:
    assert articles(answerer, "who spoke yesterday?") == {"valley"}
    scope = scope_of(narrow("who spoke last month?", TODAY), answerer.generation)
    assert not scope.selection and scope.remark
    assert scope.remark.startswith("no article is from last month; all were searched")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who is Ahmad Massuod?", "who is Ahmad Massoud?"),
        ("what happened in panjshr", "what happened in Panjshir"),
        ("who won in Oslo?", "who won in Oslo?"),
        ("who is Xyzzyq?", "who is Xyzzyq?"),
    ],
)
def test_slips_are_mended(answerer: Answerer, typed: str, meant: str) -> None:
    assert corrected(typed, Lookups(answerer.generation.lexicon)) == meant


def test_a_mended_question_says_so(answerer: Answerer) -> None:
    reply = answerer.answer("who leads in panjshr")
    assert reply.searched and reply.searched.line == "Showing results for: who leads in Panjshir"
    assert answerer.answer("who leads in Panjshir").searched is None
    assert answerer.answer('who leads in "Panjshir"').searched is None


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("who leads the NRF?", "who leads the NRF (National Resistance Front of Afghanistan)?"),
        (
            "who leads the national resistance front of afghanistan?",
            "who leads the national resistance front of afghanistan (NRF)?",
        ),
        ("who spoke?", "who spoke?"),
    ],
)
def test_abbreviations_are_spelt_out(answerer: Answerer, typed: str, spelt: str) -> None:
    assert spelt_out(typed, Lookups(answerer.generation.lexicon)) == spelt


def test_what_a_form_stands_for_is_no_echo(answerer: Answerer) -> None:
    reading = SpanReader(WordModel({"Resistance": 5.0}), MARGIN_ALONE)
    generation = answerer.generation
    known, passages = Lookups(generation.lexicon), generation.manifest.passages
    meaning, leading = (
        Question.of(text, text, known, passages)
        for text in ("What does NRF stand for?", "Who leads the NRF?")
    )
    hits = answerer.read_for("the NRF")
    assert reading.read(meaning, hits)[0].text == "Resistance"
    assert all(span.text != "Resistance" for span in reading.read(leading, hits))
    for inner in (reading, UnechoedReader(answerer.reader)):
        reply = replace(answerer, reader=ExplainingReader(inner)).answer("What does NRF stand for?")
        assert isinstance(reply, Answer)
        assert reply.claims[0].text == "National Resistance Front of Afghanistan"


def test_an_echo_is_no_answer(answerer: Answerer) -> None:
    """Nor is the long form of what was asked about, which the question does not hold."""
    generation = answerer.generation
    asked, said = "who leads the NRF?", ("National Resistance Front", "NRF", "Massoud")
    passage = next(
        one for one in generation.passages(range(generation.manifest.passages))
        if all(text in one.text for text in said)
    )  # fmt: skip

    class Parrot:
        def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
            starts = [passage.text.index(text) for text in said]
            return [
                Span(passage, start, start + len(text), 0.9 - start / 1000)
                for start, text in zip(starts, said, strict=True)
            ]

    asking = replace(answerer, reader=UnechoedReader(Parrot()))
    reply = asking.answer(asked)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == ["Ahmad Massoud"]


def test_a_form_stands_for_the_other(answerer: Answerer) -> None:
    long = frozenset(words("National Resistance Front of Afghanistan"))
    known = Lookups(answerer.generation.lexicon)
    assert other_forms("who leads the NRF?", known) == {"nrf": long}
    asked = "who leads the national resistance front of afghanistan?"
    assert other_forms(asked, known) == dict.fromkeys(long, frozenset({"nrf"}))


def test_a_follow_up_is_searched_as_what_it_means(answerer: Answerer) -> None:
    first = answerer.answer("who leads the NRF?")
    second = answerer.answer("and who is their spokesman?", [turn_of(first)])
    assert second.searched and second.searched.line == "Searched: who is the NRF’s spokesman?"
    assert isinstance(second, Answer) and second.question == "and who is their spokesman?"


def test_what_was_asked_is_decided_by_without_filters_and_with_capitals(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Question] = []

    def deciding(
        question: Question, spans: Sequence[Span], least: float, found: Evidence, stamp: Stamp
    ) -> Reply:
        seen.append(question)
        return decide(question, spans, least, found, stamp)

    monkeypatch.setattr(pipeline, "decide", deciding)
    answerer.answer("where is the NRF of massoud? before:2030")
    assert seen[0].shown == "where is the NRF of Massoud?"
    assert set(words("National Resistance Front")) <= set(words(seen[0].spelt))
