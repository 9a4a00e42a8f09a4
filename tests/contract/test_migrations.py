"""The migrations lead to the models, once, on both databases; from a newer release they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from engine.domain.actors import SYSTEM
from engine.errors import Unavailable
from engine.settings import Settings
from engine.store import migrate, open_store
from engine.store.database import Database
from engine.store.doctor import examine
from engine.store.tables import metadata

KINDS = ["sqlite_url", "postgres_url"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_equals_the_models(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(kind)
    applied = migrate(url)

    database = Database(url)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    database.dispose()
    assert applied[0] == "0001"
    assert differences == []
    assert migrate(url) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_pending_migrations_are_told(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(kind)
    database = Database(url)
    database.engine.connect().close()
    database.dispose()

    (trouble,) = [t for t in examine(Settings(database_url=url)).troubles if t.place == "schema"]
    assert "lacks 0001" in trouble.sentence
    assert "motcua init" in trouble.sentence


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_without_tables_is_unavailable(kind: str, request: pytest.FixtureRequest) -> None:
    store = open_store(Settings(database_url=request.getfixturevalue(kind)))

    with pytest.raises(Unavailable) as refused:
        store.views.get("user_task", SYSTEM, 5)
    store.dispose()
    assert refused.value.reason == "not-migrated"


@pytest.mark.parametrize("kind", KINDS)
def test_a_database_of_a_newer_release_is_left_alone(
    kind: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(kind)
    migrate(url)
    database = Database(url)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    database.dispose()

    with pytest.raises(Unavailable, match="9999"):
        migrate(url)
    (trouble,) = [t for t in examine(Settings(database_url=url)).troubles if t.place == "schema"]
    assert "9999" in trouble.sentence


def test_a_store_makes_no_connection_before_its_first_use(sqlite_url: str) -> None:
    store = open_store(Settings(database_url="postgresql://nobody@nowhere.invalid/x"))
    store.dispose()
    lazy = open_store(Settings(database_url=sqlite_url))

    assert not Path(sqlite_url.removeprefix("sqlite:///")).exists()
    lazy.dispose()


def test_a_missing_file_is_no_database(sqlite_url: str) -> None:
    with pytest.raises(Unavailable, match="motcua init"):
        examine(Settings(database_url=sqlite_url))


def test_several_workers_on_sqlite_are_refused(sqlite_url: str) -> None:
    migrate(sqlite_url)

    one = examine(Settings(database_url=sqlite_url), workers=1)
    two = examine(Settings(database_url=sqlite_url), workers=2)
    assert one.is_healthy
    assert [t.place for t in two.troubles if t.severity == "error"] == ["workers"]


def test_an_unreachable_server_is_unavailable() -> None:
    store = open_store(Settings(database_url="postgresql://x@127.0.0.1:1/x"))
    with pytest.raises(Unavailable), store.unit_of_work(SYSTEM) as uow:
        uow.waits.due_roots(uow.now, 1)
    store.dispose()
