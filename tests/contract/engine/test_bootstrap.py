"""A server that finds an empty database gives it its schema, once."""

from __future__ import annotations

import threading

import pytest

from engine.bootstrap import build_engine, migrate, migrate_empty
from engine.errors import NotAuthenticated
from engine.settings import Settings


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest) -> Settings:
    return Settings(database_url=request.getfixturevalue(f"{request.param}_url"))


def test_of_servers_that_start_together_one_migrates(empty: Settings) -> None:
    did: list[bool] = []
    threads = [threading.Thread(target=lambda: did.append(migrate_empty(empty))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(did) == [False, False, True]
    assert migrate(empty) == ()
    engine = build_engine(empty)
    with pytest.raises(NotAuthenticated):
        engine.authenticate_basic("nobody", "nothing")
    engine.close()
