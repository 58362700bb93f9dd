"""The newest version of an article stands for it, whichever build read what, in both stores."""

import itertools
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from index.build import BuildOptions, BuildReport, build
from index.errors import LossError
from index.folder.folder_store import FolderStore
from index.model import Query
from index.store import Store
from index.texts import find_article
from tests.contract.memory_store import MemoryStore
from tests.word_encoder import WordEncoder

STORES: dict[str, Callable[[Path], Store]] = {
    "folder": lambda folder: FolderStore(folder / "ix"),
    "memory": lambda folder: MemoryStore(folder / "added"),
}
TOLLS = ("nine", "four", "eleven", "twelve", "six", "seven", "thirty", "forty")


def _text(toll: str) -> str:
    return (
        f"The ferry Ilse sank off Brakkum on Monday night, and {toll} people drowned.\n\n"
        "The harbour master, Jorun Aas, said that a door had been left open. The Ilse was built in "
        "1974 and was to be scrapped next year."
    )


def _record(day: int, **more: Any) -> dict[str, Any]:
    return {
        "id": "ferry-ilse", "source": "Coast Mail", "title": f"Ferry sinks: {TOLLS[day]} dead",
        "url": "https://coast.example/ferry", "published": f"2024-03-{day + 1:02}",
        "text": _text(TOLLS[day]), **more,
    }  # fmt: skip


OTHER = {
    "id": "cheese",
    "source": "Coast Mail",
    "text": "Cheese is dearer than last year in Brakkum.",
}


class Archive:
    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder / "in", store
        self.folder.mkdir()
        self.write("0", OTHER)

    def write(self, name: str, *records: dict[str, Any]) -> Path:
        file = self.folder / f"{name}.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records))
        return file

    def build(self, most_lost: float = 0) -> BuildReport:
        return build([self.folder], self.store, WordEncoder, BuildOptions(most_lost=most_lost))

    def texts(self) -> list[str]:
        return [a.text for a in self.store.open_current().every_article()]

    def told(self, article_id: str = "ferry-ilse") -> tuple[str, list[str]]:
        """The toll of an article, and those of the versions that it replaced."""
        texts = self.store.open_current()
        found = find_article(texts, article_id)
        assert found
        return _toll(found.text), [_toll(one.text) for one in texts.replaced(article_id)]


def _toll(text: str) -> str:
    return next(toll for toll in TOLLS if f"and {toll} people" in text)


@pytest.fixture(params=STORES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    return Archive(tmp_path, STORES[request.param](tmp_path))


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_in_any_order_the_newest_stands(archive: Archive, order: Sequence[int]) -> None:
    for place, day in enumerate(order):
        archive.write(str(place + 1), _record(day))
    report = archive.build()
    assert (report.articles, report.replaced) == (2, 2)
    assert archive.told() == (TOLLS[2], [TOLLS[0], TOLLS[1]])
    found = archive.store.open_current().search(Query(("nine", "four", "eleven"), None, 9))
    assert len(found) == 1
    assert archive.build().unchanged


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
@pytest.mark.parametrize("stays", [True, False])
def test_build_by_build_the_newest_stands(
    archive: Archive, order: Sequence[int], stays: bool
) -> None:
    for place, day in enumerate(order):
        archive.write("feed" if not stays else str(place + 1), _record(day))
        archive.build()
    newest = 2 if stays else order[-1]  # what is no longer anywhere is older than what is
    told, older = archive.told()
    assert told == TOLLS[newest]
    assert sorted(older) == sorted(TOLLS[day] for day in range(3) if day != newest)
    assert archive.build().unchanged


def test_the_day_after_alone_replaces(archive: Archive) -> None:
    first = archive.write("1", _record(0))
    archive.build()
    first.unlink()
    archive.write("2", _record(1))
    report = archive.build()
    assert (report.articles, report.replaced) == (2, 1)
    assert archive.told() == (TOLLS[1], [TOLLS[0]])
    assert archive.build().replaced == 0


def test_another_id_at_the_same_link_is_no_loss(archive: Archive) -> None:
    first = archive.write("1", _record(0, id="mail-a"))
    archive.build()
    first.unlink()
    archive.write("2", _record(1, id="mail-b", url="http://www.coast.example/ferry/?utm_medium=x"))
    archive.build()
    assert archive.told("mail-b") == (TOLLS[1], [TOLLS[0]])
    texts = archive.store.open_current()
    assert texts.successor("mail-a") == "mail-b" and texts.successor("mail-b") is None
    (archive.folder / "0.jsonl").unlink()
    with pytest.raises(LossError):
        archive.build()


def test_an_older_version_added_late_changes_no_answer(archive: Archive) -> None:
    archive.write("1", _record(2))
    archive.build()
    archive.write("2", _record(0))
    archive.build()
    assert archive.told() == (TOLLS[2], [TOLLS[0]])


def test_a_version_taken_back_gives_way_to_the_one_before(archive: Archive) -> None:
    archive.write("1", _record(0))
    second = archive.write("2", _record(1))
    archive.build()
    second.unlink()
    archive.build()
    assert archive.told() == (TOLLS[0], [])


@pytest.mark.parametrize("day", [0, 1])
def test_what_cannot_be_read_keeps_its_age(archive: Archive, day: int) -> None:
    files = [archive.write(str(n), _record(n), {**OTHER, "id": f"c{n}e"}) for n in range(2)]
    archive.build()
    before = archive.told()
    files[day].write_bytes(b"\xff\xfe")
    archive.build()
    assert archive.told() == before == (TOLLS[1], [TOLLS[0]])
    assert len(archive.texts()) == 3


def test_a_newer_version_replaces_what_cannot_be_read(archive: Archive) -> None:
    first = archive.write("1", _record(0), OTHER)
    archive.build()
    first.write_bytes(b"\xff\xfe")
    archive.write("2", _record(1))
    archive.build()
    assert archive.told() == (TOLLS[1], [TOLLS[0]]) and len(archive.texts()) == 2


def test_a_further_post_of_a_live_page_replaces_none(archive: Archive) -> None:
    post = _record(1, id="post-b", title="Ferry: bell found")
    post["text"] = (
        "Divers found the bell of the ferry Ilse off Brakkum. Jorun Aas thanked them all."
    )
    archive.write("live", _record(0, id="post-a"))
    archive.build()
    archive.write("live", _record(0, id="post-a"), post)
    report = archive.build()
    assert (report.articles, report.replaced) == (3, 0)
    assert archive.store.open_current().replaced("post-b") == []


def test_of_what_only_grew_no_version_is_kept(archive: Archive) -> None:
    archive.write("feed", _record(0))
    archive.build()
    archive.write("feed", _record(0, text=f"{_text('nine')}\n\nA service will be held."))
    report = archive.build()
    assert archive.told() == ("nine", []) and report.replaced == 0


def test_an_emptied_record_takes_no_place(archive: Archive) -> None:
    archive.write("1", _record(0))
    archive.write("2", _record(1, text=" "))
    archive.build()
    assert archive.told() == (TOLLS[0], [])


def test_what_is_all_furniture_takes_no_place(archive: Archive) -> None:
    archive.write("1", _record(0))
    archive.write("2", _record(1, text="Sign up for our newsletter"))
    assert archive.build().skipped
    assert archive.told() == (TOLLS[0], [])


def test_a_source_whose_articles_are_all_outdated_is_not_barren(tmp_path: Path) -> None:
    archive = Archive(tmp_path, FolderStore(tmp_path / "ix"))
    files = [archive.write(str(day), _record(day)) for day in range(2)]
    report = build(files, archive.store, WordEncoder)
    assert report.articles == 1


def test_ids_that_only_count_keep_both(archive: Archive) -> None:
    archive.write("1", {"id": "1", "source": "Coast Mail", "text": _text("nine")})
    archive.write("2", {"id": "1", "source": "Coast Mail", "text": "Nobody wants the old pier."})
    archive.write("3", {"id": "1", "text": "A cow was born in Brakkum, and it is well."})
    report = archive.build()
    assert (report.articles, report.replaced) == (4, 0)


def test_copies_in_overlapping_feeds_are_taken_once(archive: Archive) -> None:
    archive.write("1", _record(0))
    archive.write("2", _record(0), _record(1))
    archive.write("3", _record(1))
    report = archive.build()
    assert (report.articles, report.replaced, report.duplicates) == (2, 1, 1)


def test_few_of_many_versions_are_kept(archive: Archive) -> None:
    for day in range(8):
        archive.write("feed", _record(day))
        archive.build()
    assert archive.told() == (TOLLS[7], list(TOLLS[2:7]))
    for day in range(8):
        archive.write(str(day + 1), _record(day))
    archive.build()
    assert archive.told() == (TOLLS[7], list(TOLLS[2:7]))


def test_going_back_brings_back_the_version(archive: Archive) -> None:
    archive.write("1", _record(0))
    archive.build()
    archive.write("2", _record(1))
    archive.build()
    archive.store.rollback()
    assert archive.told() == (TOLLS[0], [])
    archive.build()
    assert archive.told() == (TOLLS[1], [TOLLS[0]])
