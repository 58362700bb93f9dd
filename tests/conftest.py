"""What the tests share: a small deterministic encoder, articles, and indexes built from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index.build import build
from index.folder.folder_store import FolderStore
from index.models.encoder import Encoder
from index.models.fast_encoder import FastEncoder
from index.models.graph_runner import CACHE_VARIABLE, OnnxModel, cache_folder
from retrieval.network.fp32_reader import AdapterModel
from tests.word_encoder import WordEncoder

# No deadlines: how long an example takes says more of the machine than of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SEEDS = Path(__file__).parent.parent / "seeds"

_MODEL_FIXTURES = frozenset({"encoder", "seed_index"})
_MODEL = (
    "bot/test_cli.py", "bot/test_nothing_leaves.py", "bot/test_wiring.py", "index/models",
    "retrieval/network", "retrieval/reading/test_span_reader.py",
)  # fmt: skip
"""Files and folders of tests that load a model by themselves."""
_SLOW = (
    "bot/terminal/test_broken_torch.py", "bot/test_nothing_leaves.py", "bot/test_slim.py", "crash",
    "index/sources/test_unread.py", "telegram", "test_patterns.py", "test_wheel.py", "tools",
    "training",
)  # fmt: skip
"""Where processes are killed, servers waited for, networks trained, or much is tried."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a model or takes its time is known by its fixtures and its place."""
    for item in items:
        place = item.path.relative_to(Path(__file__).parent).as_posix()
        if place.startswith(_MODEL) or _MODEL_FIXTURES & {*getattr(item, "fixturenames", ())}:
            item.add_marker("model")
        if place.startswith(_SLOW):
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def no_model_unseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that loads a model says so, or `make quick` would not be quick."""
    if request.node.get_closest_marker("model") or request.node.get_closest_marker("slow"):
        return

    def refuse(*_: object) -> None:
        pytest.fail("a model is loaded: mark this test `model`")

    monkeypatch.setattr(OnnxModel, "__init__", refuse)
    monkeypatch.setattr(AdapterModel, "__init__", refuse)
    monkeypatch.setattr("index.models.encoder._load", refuse)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Prepared models are kept for this run alone, by the processes that tests start, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield cache_folder()


@pytest.fixture(scope="session")
def encoder(cache: Path) -> Encoder:
    """The real model, as it runs by default."""
    return FastEncoder(cache, print)


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index of the seed article by the real model. Not to be written to."""
    folder = tmp_path_factory.mktemp("seed-index")
    build([SEEDS], FolderStore(folder), lambda: encoder)
    return folder


@pytest.fixture
def word_index(tmp_path: Path) -> Path:
    """An index of the seed article by `WordEncoder`; a test may damage it."""
    folder = tmp_path / "index"
    build([SEEDS], FolderStore(folder), WordEncoder)
    return folder
