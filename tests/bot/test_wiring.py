"""The desk: new generations are taken up, damage is survived and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import wiring
from bot.config import IndexSettings, Settings
from bot.service.rebuild import Rebuild
from bot.wiring import Desk
from index.build import build
from index.errors import DamagedError, LossError, NoIndexError
from index.folder.catalogue_file import FILE as CATALOGUE
from index.folder.folder_store import FolderStore
from index.sources.raw import RawArticle
from index.sources.reading import read_sources
from retrieval.answer import Answer, quotes_of
from tests.conftest import SEEDS
from tests.word_encoder import WordEncoder


def _desk(index: Path) -> Desk:
    """A desk without a model: what it opens is what matters here."""
    return Desk(
        Settings.model_validate(
            {"index": {"path": str(index)}, "encoder": {"model": "nobody/none"}}
        )
    )


def _publish(index: Path, text: str) -> str:
    folder = index.parent / "more"
    folder.mkdir(exist_ok=True)
    (folder / "more.txt").write_text(text)
    return build([folder], FolderStore(index), WordEncoder).generation


def test_records_may_call_their_fields_anything(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("key,story\n1,The ferry sank off Hven.\n")
    settings = Settings.model_validate({"index": {"fields": {"id": "key"}}})
    names = wiring.build_options(settings, False, False).names
    (article,) = read_sources([tmp_path], names=names)
    assert isinstance(article, RawArticle) and (article.id, names.own) == ("1", (("id", "key"),))


def test_a_new_generation_is_taken_up_without_a_restart(word_index: Path) -> None:
    desk = _desk(word_index)
    old = desk.answerer()
    assert desk.answerer() is old  # nothing is opened twice
    published = _publish(word_index, "The spokesman in Zanzibar is called Adam Zimmer.")
    new = desk.answerer()
    assert new.generation.manifest.generation == published
    question = "Who is the spokesman in Zanzibar?"
    reply = new.answer(question)
    assert isinstance(reply, Answer) and "Adam Zimmer" in reply.claims[0].text
    held = [quote.text for quote in quotes_of(old.answer(question))]
    assert held and not any("Zanzibar" in text for text in held)  # it ends where it began


def test_a_damaged_index_leaves_the_last_good_one_answering(word_index: Path) -> None:
    published = _publish(word_index, "Other news of Zanzibar.")
    (word_index / "generations" / published / CATALOGUE).write_bytes(b"noise")
    answerer = _desk(word_index).answerer()
    assert answerer.generation.manifest.generation != published
    notice = answerer.answer("Who is the NRF's spokesman?").notice
    assert notice and "the newest index is damaged; this is the one of 20" in notice


def test_when_nothing_can_serve_it_says_why(word_index: Path, tmp_path: Path) -> None:
    for generation in FolderStore(word_index).generations():
        (word_index / "generations" / generation / CATALOGUE).unlink()
    with pytest.raises(DamagedError, match=CATALOGUE):
        _desk(word_index).answerer()
    with pytest.raises(NoIndexError):
        _desk(tmp_path / "nothing").answerer()
    build([SEEDS], FolderStore(word_index), WordEncoder)  # building again mends it
    assert _desk(word_index).answerer()


def test_a_reader_that_cannot_be_loaded_is_said(word_index: Path) -> None:
    settings = {"index": {"path": str(word_index)}, "encoder": {"model": "nobody/none"},
                "reader": {"model": "nobody/reader"}}  # fmt: skip
    reply = Desk(Settings.model_validate(settings)).answerer().answer("Who is the NRF's spokesman?")
    assert reply.notice and "whole sentences only: The reader 'nobody/reader'" in reply.notice


def test_the_trained_reader_marks_the_short_answer(word_index: Path) -> None:
    settings = {"index": {"path": str(word_index)}, "encoder": {"model": "nobody/none"},
                "reader": {"model": "pullquote"}}  # fmt: skip
    reply = Desk(Settings.model_validate(settings)).answerer().answer("How many bodyguards died?")
    assert isinstance(reply, Answer) and reply.claims[0].text == "13"
    assert reply.claims[0].quotes[0].highlight


def test_a_rebuild_says_what_would_be_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "building_encoder", lambda _: WordEncoder())
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.md").write_text(f"News of {name}.")
    chosen = IndexSettings(path="ix", sources=(str(tmp_path),))
    rebuild = Rebuild(Settings(index=chosen, folder=tmp_path))
    assert "3 articles" in rebuild.run(list)
    (tmp_path / "two.md").unlink()
    with pytest.raises(LossError, match=r"^1 of 3 published articles would go \(two\).*--prune$"):
        rebuild.run(list)


def test_a_rebuild_tells_files_by_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "building_encoder", lambda _: WordEncoder())
    news = tmp_path / "the news"
    news.mkdir()
    (news / "one.md").write_text("The lock is shut.")
    (news / "two.json").write_text("{")
    chosen = IndexSettings(path="ix", sources=("the news",))
    rebuild = Rebuild(Settings(index=chosen, folder=tmp_path))
    report = rebuild.run(list)
    assert str(news) in report
    assert "  the news/two.json: not JSON" in rebuild.told(report)
    assert str(tmp_path) not in rebuild.told(f"{report} {tmp_path}/ix: disk full")
