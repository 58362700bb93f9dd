"""What is no address stops nobody: neither a search by outlet, nor a list of the newest."""

import ast
import sqlite3
from pathlib import Path

import pytest

from bot.render.telegram_html import citation
from index import links
from index.folder.catalogue import Catalogue
from index.folder.catalogue_file import FILE as CATALOGUE
from index.folder.folder_store import FolderStore
from index.model import Reference, Selection

ROOT = Path(__file__).parent.parent.parent
BAD = ["http://[bad/news", "http://h:port/", "http://\u2100.example/", "//[", "\ud83d"]


@pytest.mark.parametrize("url", BAD)
def test_nothing_is_raised_for_what_is_no_address(url: str) -> None:
    assert not links.is_web(url)
    assert links.host(url) is None
    assert citation(Reference("a", "A title", url)) == "A title"


@pytest.mark.parametrize("url", ["http://x.example", "HTTPS://[::1]:80/", "https://нов.example/1"])
def test_addresses_of_the_web(url: str) -> None:
    assert links.is_web(url) and links.host(url)


def test_an_index_with_a_bad_link_can_be_searched_by_outlet(word_index: Path) -> None:
    store = FolderStore(word_index)
    folder = word_index / "generations" / store.require_current()
    with sqlite3.connect(folder / CATALOGUE) as tables:
        tables.execute("UPDATE articles SET url = 'http://[bad/news'")
    tables.close()
    assert Catalogue(folder).select(Selection(sources=("nowhere",))) == []
    (newest,) = Catalogue(folder).latest(5)
    assert "<a" not in citation(newest)


def test_there_is_one_door() -> None:
    for floor in ("bot", "evaluation", "index", "retrieval"):
        for file in (ROOT / floor).glob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            names = {
                a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names
            }
            assert "urlsplit" not in names or file.name == "links.py", file
