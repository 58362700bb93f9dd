"""Questions to answers, over the seed article and over thousands of generated ones."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import build
from index.errors import EncoderMismatch, QuestionError
from index.folder.folder_store import FolderStore
from index.models.encoder import Encoder
from index.store import Generation
from index.texts import find_article
from retrieval.answer import Abstention, Answer, Reply, quotes_of
from retrieval.finding.hits import Hit
from retrieval.pipeline import READ_PASSAGES, Answerer
from retrieval.question.asked import Question
from retrieval.reading.reader import Span
from retrieval.reading.sentence_reader import SentenceReader
from tests.conftest import SEEDS
from tests.generated import random_article
from tests.retrieval.deciding.test_fitting import COURTEOUS, LEADING
from tests.word_encoder import WordEncoder

QUESTIONS = [json.loads(line) for line in (SEEDS / "questions.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def hybrid(seed_index: Path, encoder: Encoder) -> Answerer:
    generation = FolderStore(seed_index).open_current()
    return Answerer(generation, encoder, SentenceReader(encoder))


@pytest.fixture(scope="module")
def lexical(seed_index: Path) -> Answerer:
    generation = FolderStore(seed_index).open_current()
    return Answerer(generation, None, SentenceReader(None), "the model is missing")


def prove(reply: Reply, generation: Generation) -> int:
    """Every quote is what the stored article says at its offsets; how many there were."""
    quotes = quotes_of(reply)
    for quote in quotes:
        article = find_article(generation, quote.reference.article_id)
        assert article is not None
        assert article.text[quote.start : quote.end] == quote.text
    return len(quotes)


def first_quote(reply: Reply) -> str:
    quotes = quotes_of(reply)
    return quotes[0].text if quotes else ""


@pytest.mark.model
@pytest.mark.parametrize("mode", ["hybrid", "lexical"])
def test_seed_questions_are_quoted_exactly(mode: str, request: pytest.FixtureRequest) -> None:
    answerer: Answerer = request.getfixturevalue(mode)
    for question in QUESTIONS:
        reply = answerer.answer(question["question"])
        assert reply.mode == mode
        prove(reply, answerer.generation)


def test_seed_questions_find_their_sentence(hybrid: Answerer) -> None:
    asked = [q for q in QUESTIONS if q["answerable"] != "no"]
    found = [first_quote(hybrid.answer(q["question"])) == q["evidence"]["text"] for q in asked]
    assert sum(found) / len(found) >= 0.8


@pytest.mark.parametrize("question", LEADING)
def test_who_leads_the_nrf(hybrid: Answerer, question: str) -> None:
    """The article shows Massoud speaking for the NRF and never says who leads it."""
    reply = hybrid.answer(question)
    assert isinstance(reply, Abstention)
    assert reply.reason == "the articles don't say so outright"
    assert "Massoud" in reply.nearest[0].text


@pytest.mark.parametrize("question", COURTEOUS)
def test_courtesy_changes_no_answer(hybrid: Answerer, question: str) -> None:
    reply = hybrid.answer(question)
    assert isinstance(reply, Abstention) and "Massoud" in reply.nearest[0].text


def test_what_the_article_answers_and_what_it_does_not(hybrid: Answerer) -> None:
    answered = hybrid.answer("How many people live in Panjshir?")
    assert isinstance(answered, Answer)
    assert answered.claims[0].quotes[0].text.startswith("Between 150,000 and 200,000 people")
    assert isinstance(hybrid.answer("Who won the 2018 World Cup?"), Abstention)


def test_without_the_model_the_reply_says_so(lexical: Answerer) -> None:
    reply = lexical.answer("How many people live in Panjshir?")
    assert isinstance(reply, Answer) and reply.mode == "lexical"
    assert reply.notice == "keyword search only: the model is missing"
    refused = lexical.answer("zymurgy?")
    assert isinstance(refused, Abstention) and refused.notice == reply.notice


def test_another_encoder_is_refused(word_index: Path) -> None:
    other = WordEncoder("others")
    generation = FolderStore(word_index).open_current()
    with pytest.raises(EncoderMismatch, match=r"embedded by words.*configured model is others"):
        Answerer(generation, other, SentenceReader(other))


def test_a_question_without_words_is_an_error(lexical: Answerer) -> None:
    with pytest.raises(QuestionError):
        lexical.answer("?!")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    """Two thousand generated articles, indexed."""
    folder = tmp_path_factory.mktemp("many")
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number in range(2100):
            raw = random_article(number)
            record = {"id": raw.id, "title": raw.title, "text": raw.text}
            file.write(json.dumps(record) + "\n")
    store = FolderStore(folder / "index")
    report = build([folder / "articles.jsonl"], store, WordEncoder)
    assert report.articles >= 2000
    yield store.open_current()


@pytest.mark.slow
@pytest.mark.parametrize("with_encoder", [True, False])
def test_quotes_of_generated_articles_are_exact(many: Generation, with_encoder: bool) -> None:
    encoder = WordEncoder() if with_encoder else None
    answerer = Answerer(many, encoder, SentenceReader(encoder), threshold=0.05)
    shown = 0
    for number in range(0, 2100, 7):
        words = random_article(number).text.split()[:9]
        question = " ".join(words)[:300]
        if any(c.isalnum() for c in question):
            shown += prove(answerer.answer(question), many)
    assert shown > 300


def test_another_runtime_searches_and_the_next_build_does_not_mix(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "index")
    build([SEEDS], store, WordEncoder)
    file = tmp_path / "index" / "generations" / store.require_current() / "manifest.json"
    record = json.loads(file.read_text())
    del record["encoder"]["runtime"]  # as written before there were two
    file.write_text(json.dumps(record))
    assert store.open_current().manifest.encoder.runtime == "fp32"

    other = WordEncoder()
    other.card = replace(other.card, runtime="int8.9")
    generation = store.open_current()
    answerer = Answerer(generation, other, SentenceReader(other))
    assert answerer.answer("Who is the spokesman of the NRF?").mode == "hybrid"
    report = build([SEEDS], store, lambda: other)
    assert report.embedded == report.passages > 0
    assert store.open_current().manifest.encoder == other.card


class Recording:
    """A reader that keeps what it was given, and answers nothing."""

    def __init__(self) -> None:
        self.days: list[str | None] = []

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        self.days = [hit.passage.reference.published for hit in hits]
        return []


def test_who_it_is_now_is_read_in_the_newest_that_was_found(tmp_path: Path) -> None:
    """The newest articles are the longest: BM25 ranks them last."""
    with (tmp_path / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number in range(10):
            more = " ".join(f"Word{number}x{k} was said there too." for k in range(5 * number))
            text = f"The mayor of Kabul is number{number} of his family. {more}"
            day = f"{2000 + number}-05-01"
            file.write(json.dumps({"id": f"a{number}", "text": text, "date": day}) + "\n")
    store = FolderStore(tmp_path / "index")
    build([tmp_path / "articles.jsonl"], store, WordEncoder)
    reader = Recording()
    answerer = Answerer(store.open_current(), None, reader)
    answerer.answer("Who is the mayor of Kabul?")
    assert len(reader.days) == READ_PASSAGES and "2009-05-01" in reader.days
    told = answerer.read_for("Who is the mayor of Kabul?")
    assert [hit.passage.reference.published for hit in told] == reader.days
    answerer.answer("Who was the mayor of Kabul?")
    assert len(reader.days) == READ_PASSAGES and "2009-05-01" not in reader.days
