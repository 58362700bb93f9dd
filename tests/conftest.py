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
from index.models.graph_runner import CACHE_VARIABLE, cache_folder
from tests.word_encoder import WordEncoder

# No deadlines: how long an example takes says more of the machine than of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SEEDS = Path(__file__).parent.parent / "seeds"


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
