"""One database: its pool, its transactions, and SQLite's single writer.

No connection is made before the first use, and a forked process makes its own.
SQLite needs a file (WAL, synchronous FULL) and belongs to one process.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from engine.errors import InvalidInput
from engine.store.faults import LostRace, translated
from engine.store.writer import WriterLock

POOL_SIZE = 20
POOL_WAIT = 10.0
WRITER_WAIT = 30.0
# Server-side guards in ms: a stuck lock or a forgotten transaction ends by itself.
PG_OPTIONS = "-c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000 -c timezone=UTC"

_writers: dict[tuple[int, str], WriterLock] = {}
_writers_guard = threading.Lock()


def parse_url(text: str) -> URL:
    """The URL with the driver we use; ``InvalidInput`` for another database."""
    try:
        url = make_url(text)
    except Exception:
        raise InvalidInput(
            "MOTCUA_DATABASE_URL is no database URL. Write sqlite:///var/motcua.sqlite3 "
            "or postgresql://user@host/name."
        ) from None
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite+pysqlite")
    raise InvalidInput(
        f"A database of kind {backend!r} is not supported: use an SQLite file "
        "(sqlite:///var/motcua.sqlite3) or PostgreSQL (postgresql://user@host/name)."
    )


class Database:
    """Connections to one database, made lazily and per process."""

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine: Engine | None = None
        self._aside: Engine | None = None
        self._pid = 0
        self._guard = threading.Lock()

    @property
    def engine(self) -> Engine:
        """This process's engine; a parent's pool is left to the parent."""
        engine = self._engine
        if engine is None or self._pid != os.getpid():
            engine = self._start()
        return engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction; rolled back unless committed inside."""
        if not self.is_sqlite:
            with translated(), self.engine.connect() as connection:
                yield connection
            return
        lock = self._writer()
        if not lock.acquire(timeout=WRITER_WAIT):
            raise LostRace("Another writer holds the database. Please repeat the call.")
        try:
            with translated(), self.engine.connect() as connection:
                yield connection.execution_options(motcua_writes=True)
        finally:
            lock.release()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Statements that see committed rows; PostgreSQL runs them without a transaction."""
        with translated(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Many statements that see the database at one moment."""
        with translated(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            yield connection

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """PostgreSQL: one connection outside the pool.

        A thread that holds a pooled connection may ask for it without ever
        waiting for threads that hold the others.
        """
        self.engine  # noqa: B018 - a forked process first drops its parent's
        if self._aside is None:
            self._aside = _postgresql(self.url, pool_size=1, max_overflow=0)
        with translated(), self._aside.connect() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Any]:
        """PostgreSQL: a driver connection outside any pool, committing each statement.

        For threads that listen: they hold it as long as they live.
        """
        engine = _postgresql(self.url, pool_size=1, max_overflow=0)
        try:
            with translated(), engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.autocommit = True
                yield driver
                driver.autocommit = False
        finally:
            engine.dispose()

    def dispose(self) -> None:
        """Close the pool; the next use makes a new one."""
        with self._guard:
            engines = (self._engine, self._aside)
            self._engine = self._aside = None
        for engine in engines:
            if engine is not None:
                engine.dispose(close=self._pid == os.getpid())

    def _start(self) -> Engine:
        with self._guard:
            if self._engine is not None and self._pid == os.getpid():
                return self._engine
            for engine in (self._engine, self._aside):
                if engine is not None:
                    engine.dispose(close=False)
            self._aside = None
            self._engine = self._sqlite() if self.is_sqlite else _postgresql(self.url)
            self._pid = os.getpid()
            return self._engine

    def _sqlite(self) -> Engine:
        Path(self.url.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            self.url,
            pool_size=POOL_SIZE,
            max_overflow=POOL_SIZE,
            pool_timeout=POOL_WAIT,
            hide_parameters=True,
            connect_args={"timeout": 30, "check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _writer(self) -> WriterLock:
        place = (os.getpid(), str(Path(self.url.database or "").resolve()))
        with _writers_guard:
            return _writers.setdefault(place, WriterLock())


def _postgresql(url: URL, pool_size: int = POOL_SIZE, max_overflow: int = POOL_SIZE) -> Engine:
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=POOL_WAIT,
        hide_parameters=True,
        connect_args={"options": PG_OPTIONS, "connect_timeout": 10},
    )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # We say BEGIN ourselves; the driver would start transactions late. LIKE shall
    # be the same as on PostgreSQL, and use the index for a prefix.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 30000",
        "case_sensitive_like = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("motcua_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
