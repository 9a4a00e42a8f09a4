"""Migrated databases for every tier: an SQLite file and a PostgreSQL database.

The migrations run once per test process and engine; each test module gets a
copy of that template.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.store.migrate import migrate
from tests.live.postgres import Postgres


class Databases:
    """Makes and drops databases; a template is made with its first copy."""

    def __init__(self, folder: Path, server: Callable[[], Postgres]) -> None:
        self._folder = folder
        self._server = server
        self._sqlite_template: Path | None = None
        self._postgresql_template: str | None = None
        self._postgresql_server: Postgres | None = None

    @contextmanager
    def fresh(self, kind: str) -> Iterator[str]:
        """The URL of a migrated database nobody else uses; dropped at the end."""
        make = self._sqlite if kind == "sqlite" else self._postgresql
        with make() as url:
            yield url

    @contextmanager
    def copy(self, url: str) -> Iterator[str]:
        """A database with all that stands in another, to which nobody is connected."""
        if url.startswith("sqlite"):
            with self._sqlite_copy(Path(url.removeprefix("sqlite:///"))) as made:
                yield made
        else:
            with self._postgresql_copy(url) as made:
                yield made

    def close(self) -> None:
        """Drop what was made on a server that goes on; ours has ended by now."""
        server, url = self._postgresql_server, self._postgresql_template
        if server is not None and url is not None and server.pid is None:
            server.drop(url)

    @contextmanager
    def _sqlite(self) -> Iterator[str]:
        if self._sqlite_template is None:
            self._sqlite_template = self._folder / "template.sqlite3"
            migrate(f"sqlite:///{self._sqlite_template}")
        with self._sqlite_copy(self._sqlite_template) as url:
            yield url

    @contextmanager
    def _sqlite_copy(self, original: Path) -> Iterator[str]:
        path = self._folder / f"{secrets.token_hex(4)}.sqlite3"
        shutil.copyfile(original, path)
        yield f"sqlite:///{path}"
        for leftover in self._folder.glob(f"{path.name}*"):
            leftover.unlink()

    @contextmanager
    def _postgresql(self) -> Iterator[str]:
        server = self._postgresql_server = self._server()
        if self._postgresql_template is None:
            server.hurry()
            self._postgresql_template = server.create()
            migrate(self._postgresql_template)
        with self._postgresql_copy(self._postgresql_template) as url:
            yield url

    @contextmanager
    def _postgresql_copy(self, original: str) -> Iterator[str]:
        server = self._server()
        url = server.copy(original)
        yield url
        server.drop(url)


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """The maker of databases of this process; the server starts when it is needed."""
    made = Databases(
        tmp_path_factory.mktemp("databases"), lambda: request.getfixturevalue("postgres_server")
    )
    yield made
    made.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """A migrated database for one test module, on both engines."""
    with databases.fresh(request.param) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """A migrated database for one test, on both engines."""
    with databases.fresh(request.param) as url:
        yield url
