"""A store on each database, and a story teller on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.settings import Settings
from engine.store import SqlStore, open_store
from tests.contract.story import Story

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


class SetClock:
    """A machine's clock that a test can set."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="module")
def store(database_url: str, clock: SetClock) -> Iterator[SqlStore]:
    made = open_store(Settings(database_url=database_url), clock)
    yield made
    made.dispose()


@pytest.fixture
def story(store: SqlStore) -> Story:
    return Story(store)
