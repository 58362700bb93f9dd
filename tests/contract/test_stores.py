"""What every store promises, asked of all of them: the folder store and a plain one in memory."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.render.records import reply_record
from index.build import build
from index.build_options import BuildOptions
from index.errors import LossError, NoIndexError, SourceError, StoreError
from index.folder.folder_store import FolderStore
from index.language.words import words
from index.model import Query, Scored, Selection
from index.store import Generation, Store
from index.texts import find_article
from retrieval.pipeline import Answerer
from retrieval.reading.sentence_reader import SentenceReader
from tests.conftest import SEEDS
from tests.contract.memory_store import MemoryStore
from tests.generated import random_article
from tests.word_encoder import WordEncoder

STORES: dict[str, Callable[[Path], Store]] = {
    "folder": lambda folder: FolderStore(folder / "ix"),
    "memory": lambda folder: MemoryStore(folder / "added"),
}
ARTICLES, DEPTH = 150, 20


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return STORES[request.param](tmp_path)


def _write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def _build(store: Store, folder: Path, most_lost: float = 1.0, *, strict: bool = False) -> str:
    chosen = BuildOptions(most_lost=most_lost, strict=strict)
    return build([folder], store, WordEncoder, chosen).generation


def test_nothing_is_published_before_a_build(store: Store, tmp_path: Path) -> None:
    assert store.current() is None and store.generations() == []
    with pytest.raises(NoIndexError):
        store.open_current()
    with pytest.raises(SourceError):
        build([tmp_path / "nowhere"], store, WordEncoder)
    assert store.current() is None


def test_publishing_going_back_and_collecting(store: Store, tmp_path: Path) -> None:
    folder = _write(tmp_path / "in", one="News of one.", two="News of two.")
    first = _build(store, folder)
    held = store.open_current()
    second = _build(store, _write(folder, three="News of three."))
    assert store.current() == second and store.generations() == [first, second]
    assert store.manifest(second).articles == 3 and held.manifest.articles == 2
    assert store.rollback() == first == store.current()
    with pytest.raises(StoreError):
        store.rollback()
    third = _build(store, _write(folder, four="News of four."))
    assert store.collect(1) == [name for name in (first, second) if name in (first, second)]
    assert store.generations() == [third] and store.faults(third) == {}
    assert find_article(held, "one")  # who holds a generation keeps it


def test_the_same_again_publishes_nothing(store: Store, tmp_path: Path) -> None:
    folder = _write(tmp_path / "in", one="News of one.")
    first = _build(store, folder)
    report = build([folder], store, WordEncoder)
    assert report.unchanged and report.generation == first == store.current()


def test_a_build_that_fails_or_loses_much_publishes_nothing(store: Store, tmp_path: Path) -> None:
    folder = _write(tmp_path / "in", one="News of one.", two="News of two.")
    first = _build(store, folder)
    (folder / "two.txt").unlink()
    with pytest.raises(LossError):
        _build(store, folder, most_lost=0.1)
    (folder / "bad.json").write_text("{")
    with pytest.raises(SourceError):
        _build(store, folder, strict=True)
    assert store.current() == first and store.generations() == [first]


def test_what_cannot_be_read_is_kept(store: Store, tmp_path: Path) -> None:
    folder = _write(tmp_path / "in", one="News of one.")
    records = [{"id": name, "text": f"News of {name}."} for name in ("x", "y", "z")]
    (folder / "more.json").write_text(json.dumps(records))
    _build(store, folder)
    (folder / "more.json").write_text(json.dumps(records)[:-1])
    _write(folder, two="News of two.")
    _build(store, folder)
    ids = {a.reference.article_id for a in store.open_current().every_article()}
    assert ids == {"one", "two", "x", "y", "z"}


QUAKE = (
    "An earthquake shook the Orm valley at dawn on Sunday and {toll} people were killed. Some 300 "
    "houses fell, the mayor, Tarn Adel, said. Soldiers of the 4th brigade are digging with their "
    "hands, and the road from Orm is cut in 7 places. The last such quake was in 1954."
)


def test_a_story_is_shown_by_its_newest_telling(store: Store, tmp_path: Path) -> None:
    told = [
        ("late", "Herald", "96", "2024-05-02"), ("first", "The Wire", "17", "2024-05-01"),
        ("copy", "Daily", "17", "2024-05-01"), ("other", "Daily", None, None),
    ]  # fmt: skip
    records = [
        {"id": name, "source": outlet, "published": day,
         "title": f"Quake in Orm valley kills {toll}" if toll else "Cheese is dearer",
         "text": QUAKE.format(toll=toll) if toll else "Cheese is dearer than last year."}
        for name, outlet, toll, day in told
    ]  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(records))
    build([tmp_path / "a.json"], store, WordEncoder)
    generation = store.open_current()
    assert [ref.article_id for ref in generation.latest(9)] == ["late", "other"]
    assert [ref.article_id for ref in generation.latest(1)] == ["late"]
    assert generation.stories(["copy", "other"]) == {
        "copy": ["first", "copy", "late"], "other": ["other"],
    }  # fmt: skip
    assert generation.copies(["copy", "late"]) == {"copy": ["first", "copy"], "late": ["late"]}
    assert generation.stories_in_all() == 2


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Generation, Generation]:
    """The same corpus in both stores."""
    folder = tmp_path_factory.mktemp("both")
    source = random.Random(5)
    with (folder / "a.jsonl").open("w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            raw = random_article(number)
            day = f"20{source.randrange(10, 24)}-{source.randrange(1, 13):02}-03"
            record = {
                "id": f"a{number}", "title": raw.title, "text": raw.text,
                "source": source.choice(["The Daily", "Herald", None]),
                "date": day if source.random() < 0.8 else None,
                "url": f"https://news{number % 7}.example/{number}",
            }  # fmt: skip
            file.write(json.dumps(record) + "\n")
    made = []
    for name, make in STORES.items():
        (folder / name).mkdir()
        store = make(folder / name)
        build([folder / "a.jsonl", SEEDS], store, WordEncoder)
        made.append(store.open_current())
    return made[0], made[1]


QUESTIONS = [
    "who is the spokesman of the NRF?", "what did the mayor say?", "J. R. R. Tolkien and O'Brien",
    "the National Resistance Front in Zürich", "how much did it rise on August 15?", "日本語",
    "was Ségolène Royal left in Kabul?", "who said “many casualties”?", "truce truce Taliban",
    *(" ".join(random_article(n).text.split()[:7])[:200] for n in range(1000, 1040)),
]  # fmt: skip
SELECTIONS = [
    Selection(), Selection(since="2015"), Selection(before="2012-06"),
    Selection(sources=("HERALD",)), Selection(sources=("news3",)),
    Selection(titles=("mayor",)), Selection(article_id="a7"),
    Selection(phrases=("many  casualties",)), Selection(since="2012", phrases=("the mayor",)),
    Selection(since="2050"),
]  # fmt: skip


@pytest.mark.parametrize("selection", SELECTIONS, ids=repr)
def test_stores_find_the_same_with_the_same_scores(
    both: tuple[Generation, Generation], selection: Selection
) -> None:
    for question in QUESTIONS:
        vector = WordEncoder().encode([question])[0]
        asked = tuple(words(question))
        for row in (vector, None):
            query = Query(asked, row, DEPTH, selection, (*sorted(set(asked)), "taliban"))
            ours, plain = (generation.search(query) for generation in both)
            _same(ours, plain, row is not None)


def _same(ours: Sequence[Scored], plain: Sequence[Scored], dense: bool) -> None:
    """The same passages with the same scores, but for who of equals comes in last."""
    first, second = ({one.key: one for one in found} for found in (ours, plain))
    assert list(first) == sorted(first) and list(second) == sorted(second)
    near = sorted((one.cosine or 0.0 for one in plain), reverse=True)[:DEPTH]
    worded = [one.bm25 for one in plain if one.bm25 is not None]
    for key in first.keys() ^ second.keys():
        stray = first.get(key) or second[key]
        least = min(near) if stray.bm25 is None else min(worded)
        assert (stray.bm25 or stray.cosine) == pytest.approx(least, abs=1e-6)
    for key in first.keys() & second.keys():
        one, other = first[key], second[key]
        assert one.held == other.held
        assert (one.cosine is None) == (other.cosine is None) == (not dense)
        assert (one.bm25 is None) == (other.bm25 is None)
        assert (one.cosine or 0.0) == pytest.approx(other.cosine or 0.0, abs=1e-5)
        assert (one.bm25 or 0.0) == pytest.approx(other.bm25 or 0.0, rel=1e-9)


def test_stores_hold_the_same(both: tuple[Generation, Generation]) -> None:
    ours, plain = both
    ids = ["a3", "nobody", "panjshir-truce", "a7"]
    assert ours.articles(ids) == plain.articles(ids) and len(ours.articles(ids)) == 3
    assert ours.stories(ids) == plain.stories(ids) and ours.copies(ids) == plain.copies(ids)
    assert ours.latest(400) == plain.latest(400) != []
    assert ours.stories_in_all() == plain.stories_in_all()
    assert ours.dated() == plain.dated() > 0
    assert ours.passages([5, 0, 2]) == plain.passages([5, 0, 2])
    assert ours.outlets() == plain.outlets() and ours.span_of_dates() == plain.span_of_dates()
    assert ours.any_of(SELECTIONS) == plain.any_of(SELECTIONS)
    assert list(ours.every_article()) == list(plain.every_article())
    assert ours.manifest.passages == plain.manifest.passages


def test_stores_know_the_same_words(both: tuple[Generation, Generation]) -> None:
    ours, plain = (generation.lexicon for generation in both)
    asked = ["kabul", "taliban", "zurich", "nobody", "mayor"]
    assert ours.frequencies(asked) == plain.frequencies(asked)
    assert ours.spellings(asked) == plain.spellings(asked) != []
    like = [sorted(one.words_like("k", 4, 7), key=str) for one in (ours, plain)]
    assert like[0] == like[1] != []
    forms = ["NRF", "national resistance front of afghanistan", "XYZ"]
    assert ours.abbreviations(forms) == plain.abbreviations(forms) != []


def test_stores_answer_the_same(both: tuple[Generation, Generation]) -> None:
    for question in QUESTIONS:
        said = []
        for generation in both:
            encoder = WordEncoder()
            answerer = Answerer(generation, encoder, SentenceReader(encoder), threshold=0.05)
            record = reply_record(answerer.answer(question), 0.0)
            said.append({**record, "generation": None})
        assert said[0] == said[1]
