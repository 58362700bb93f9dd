"""Building upon a generation gives what building anew would, and works only on what is new."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import index.build
import index.ingest
from index.articles.boilerplate import Furniture
from index.articles.clean import clean
from index.articles.passages import PassageSize, split
from index.articles.plain import Paragraphs
from index.build import BuildOptions, build
from index.folder import dense, lexical
from index.folder.catalogue_file import FILE as CATALOGUE
from index.folder.draft import VOCABULARY
from index.folder.folder_store import FolderStore
from index.model import Article, Passage
from index.sources.raw import RawArticle
from tests.generated import random_article
from tests.word_encoder import WordEncoder

FOOTER = "Follow us for more stories like this"


def _build(
    root: Path, raws: Sequence[RawArticle], options: BuildOptions | None = None
) -> dict[str, object]:
    """Build; everything that is in the generation, by file and by table."""
    source = root.with_suffix(".jsonl")
    records = ({"id": raw.id, "title": raw.title, "text": raw.text} for raw in raws)
    source.write_text("".join(json.dumps(record) + "\n" for record in records))
    store = FolderStore(root)
    build([source], store, WordEncoder, options or BuildOptions(most_lost=1))
    folder = root / "generations" / store.require_current()
    names = (*lexical.FILES, VOCABULARY, dense.VECTORS, dense.FILE)
    found: dict[str, object] = {name: (folder / name).read_bytes() for name in names}
    tables = sqlite3.connect(folder / CATALOGUE)
    for name in ("articles", "passages", "words", "abbreviations"):
        found[name] = tables.execute(f"SELECT * FROM {name}").fetchall()
    return found


@pytest.fixture
def splits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that a build splits."""
    seen: list[str] = []

    def listed(article: Article, size: PassageSize, first_key: int) -> list[Passage]:
        seen.append(article.reference.article_id)
        return split(article, size, first_key)

    monkeypatch.setattr(index.build, "split", listed)
    return seen


@pytest.fixture
def cleaned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that a build cleans."""
    seen: list[str] = []

    def listed(
        raw: RawArticle, lines: Paragraphs, furniture: Furniture, name: str
    ) -> Article | None:
        seen.append(raw.id)
        return clean(raw, lines, furniture, name)

    monkeypatch.setattr(index.ingest, "clean", listed)
    return seen


def test_upon_another_as_if_anew(tmp_path: Path, splits: list[str], cleaned: list[str]) -> None:
    raws = [random_article(number) for number in range(60)]
    _build(tmp_path / "grown", raws[:40])
    splits.clear()
    cleaned.clear()
    now = [*raws[45:50], *raws[20:40][::-1]]  # some new, some gone, the rest in another order
    grown = _build(tmp_path / "grown", now)
    assert splits == cleaned == [raw.id for raw in raws[45:50]]
    assert grown == _build(tmp_path / "anew", now)
    assert len(splits) == len(cleaned) == 5 + 25


def test_the_same_text_under_several_ids(tmp_path: Path, splits: list[str]) -> None:
    one, other = random_article(1), random_article(2)
    copies = [replace(one, id=f"copy-{number}") for number in range(3)]
    _build(tmp_path / "grown", [one, other, *copies[:2]])
    splits.clear()
    # As often as it was there it is taken over, whichever ids it has now; not once more.
    now = [copies[2], replace(other, id=one.id), copies[1], one, copies[0], copies[0]]
    grown = _build(tmp_path / "grown", now)
    assert splits == [copies[0].id]
    assert grown == _build(tmp_path / "anew", now)


def test_newly_learned_lines_leave_what_is_taken_over_too(
    tmp_path: Path, splits: list[str]
) -> None:
    # Long ones: what is most of an article is its news, however often it recurs.
    plain = [raw for raw in map(random_article, range(60)) if len(raw.text) > 400][:12]
    signed = [replace(raw, text=f"{raw.text}\n\n{FOOTER}") for raw in plain]
    few = [*signed[:3], *plain[3:]]
    before = _build(tmp_path / "grown", few)
    assert str(before["articles"]).count(FOOTER) == 3
    splits.clear()
    now = [*signed[:8], *plain[8:]]
    grown = _build(tmp_path / "grown", now)
    assert FOOTER not in str(grown["articles"])
    assert sorted(splits) == sorted(raw.id for raw in signed[:3])  # the others' text is the same
    assert grown == _build(tmp_path / "anew", now)


def test_another_recipe_splits_anew(tmp_path: Path, splits: list[str]) -> None:
    raws = [random_article(number) for number in range(20)]
    options = BuildOptions(size=PassageSize(10, 20), most_lost=1)
    _build(tmp_path / "grown", raws)
    grown = _build(tmp_path / "grown", raws, options)
    assert len(splits) == 40 and grown == _build(tmp_path / "anew", raws, options)
