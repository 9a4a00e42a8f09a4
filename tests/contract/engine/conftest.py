"""A whole engine on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.bootstrap import build_engine
from engine.dispatch import CommandEngine
from engine.settings import Settings
from engine.testing import EngineDriver


@pytest.fixture(scope="module")
def engine(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandEngine]:
    blobs = tmp_path_factory.mktemp("blobs")
    made = build_engine(Settings(database_url=database_url, test=True, blobs_dir=blobs))
    yield made
    made.close()


@pytest.fixture
def driver(engine: CommandEngine) -> EngineDriver:
    return EngineDriver(engine)
