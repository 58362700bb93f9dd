"""Settings of bots over the seed article."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Settings
from index.build import build
from index.folder.folder_store import FolderStore
from tests.conftest import SEEDS
from tests.telegram.running import settings_for
from tests.word_encoder import WordEncoder


@pytest.fixture(scope="session")
def shared_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the seed article that no model is needed for. Not to be written to."""
    folder = tmp_path_factory.mktemp("shared-index")
    build([SEEDS], FolderStore(folder), WordEncoder)
    return folder


@pytest.fixture
def plain(shared_index: Path, tmp_path: Path) -> Settings:
    """A bot without a model, which is quick to start."""
    return settings_for(shared_index, tmp_path)


@pytest.fixture
def real(seed_index: Path, tmp_path: Path) -> Settings:
    """A bot with the model."""
    return settings_for(seed_index, tmp_path, "all-MiniLM-L6-v2")
