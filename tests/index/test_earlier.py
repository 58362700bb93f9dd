"""Building upon a generation gives what building anew would, and splits only what is new."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import index.earlier
from index.build import BuildOptions, build
from index.local import LocalStore
from index.model import Article, Made, Passage
from index.passages import PassageSize, split
from index.raw import RawArticle
from tests.generated import random_article
from tests.word_encoder import WordEncoder

Contents = tuple[list[Article], list[Passage], dict[bytes, Made]]


def _build(root: Path, raws: Sequence[RawArticle], options: BuildOptions | None = None) -> Contents:
    source = root.with_suffix(".jsonl")
    records = ({"id": raw.id, "title": raw.title, "text": raw.text} for raw in raws)
    source.write_text("".join(json.dumps(record) + "\n" for record in records))
    store = LocalStore(root)
    build([source], store, WordEncoder, options)
    made = store.open_current()
    return list(made.articles()), made.passages(range(made.manifest.passages)), made.made()


@pytest.fixture
def splits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that a build splits."""
    seen: list[str] = []

    def listed(article: Article, size: PassageSize, first_key: int) -> list[Passage]:
        seen.append(article.reference.article_id)
        return split(article, size, first_key)

    monkeypatch.setattr(index.earlier, "split", listed)
    return seen


def test_upon_another_as_if_anew(tmp_path: Path, splits: list[str]) -> None:
    raws = [random_article(number) for number in range(60)]
    _build(tmp_path / "grown", raws[:40])
    splits.clear()
    now = [*raws[45:50], *raws[20:40][::-1]]  # some new, some gone, the rest in another order
    grown = _build(tmp_path / "grown", now)
    assert len(splits) == 5
    assert grown == _build(tmp_path / "anew", now)
    assert len(splits) == 5 + 25


def test_another_recipe_splits_anew(tmp_path: Path, splits: list[str]) -> None:
    raws = [random_article(number) for number in range(20)]
    options = BuildOptions(size=PassageSize(10, 20))
    _build(tmp_path / "grown", raws)
    grown = _build(tmp_path / "grown", raws, options)
    assert len(splits) == 40 and grown == _build(tmp_path / "anew", raws, options)
