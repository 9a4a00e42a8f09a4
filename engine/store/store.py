"""Opens units of work on one database; the only wiring inside the store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from engine.domain.actors import SYSTEM, Actor
from engine.domain.ids import DefinitionRef, Key
from engine.ports.bell import Bell
from engine.ports.clock import Clock
from engine.settings import Settings
from engine.store.bell import LocalBell, NotifyBell
from engine.store.database import Database
from engine.store.faults import is_retryable
from engine.store.keys import KeyBlocks
from engine.store.law import LawCache
from engine.store.realclock import RealClock
from engine.store.seal import AT_ONCE, seal_heads
from engine.store.sqltypes import from_ms
from engine.store.tidy import tidy_rows
from engine.store.transaction import Transaction
from engine.store.unit_of_work import SqlUnitOfWork
from engine.store.views import SqlViews


class SqlStore:
    """``engine.ports.store.Store`` on SQLite or PostgreSQL; ``views`` reads."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.database = Database(settings.database_url)
        self.views = SqlViews(self.database)
        self._settings = settings
        self._machine_now = clock.now if clock is not None else _machine_now
        self._keys = KeyBlocks(self.database, settings.installation)
        self._real_clock = RealClock()
        self._definitions: dict[Key, DefinitionRef] = {}
        self._law = LawCache()
        self.bell: Bell = LocalBell() if self.database.is_sqlite else NotifyBell(self.database)

    @contextmanager
    def unit_of_work(self, actor: Actor) -> Iterator[SqlUnitOfWork]:
        """A write transaction whose events carry this actor."""
        with self.database.writing() as connection:
            uow = self._unit_of_work(connection, actor, writing=True)
            try:
                yield uow
            finally:
                self._keys.settle(committed=uow.committed)
        if uow.committed:
            self.bell.ring(uow.rings)

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[SqlUnitOfWork]:
        """A transaction without write lock."""
        with self.database.reading() as connection:
            uow = self._unit_of_work(connection, actor, writing=False)
            yield uow
        if uow.accounts.seen:
            with self.unit_of_work(actor) as later:
                for session_hash, now in uow.accounts.seen:
                    later.accounts.touch(session_hash, now)
                later.commit()

    def is_retryable(self, error: Exception) -> bool:
        """True for a lost race."""
        return is_retryable(error)

    def seal(self) -> int:
        """Seal all chain heads that changed since the last seal; how many."""
        sealed = 0
        while True:
            with self.database.writing() as connection:
                found = seal_heads(self._transaction(connection, SYSTEM, writing=True))
                connection.commit()
            sealed += found
            if found < AT_ONCE:
                return sealed

    def tidy(self) -> int:
        """Delete rows whose time is over; how many."""
        with self.database.writing() as connection:
            gone = tidy_rows(self._transaction(connection, SYSTEM, writing=True))
            connection.commit()
        return gone

    def dispose(self) -> None:
        """Close the pool."""
        self.bell.close()
        self.database.dispose()

    def _unit_of_work(
        self, connection: Connection, actor: Actor, *, writing: bool
    ) -> SqlUnitOfWork:
        tx = self._transaction(connection, actor, writing=writing)
        return SqlUnitOfWork(tx, self._settings.zone, self._law)

    def _transaction(self, connection: Connection, actor: Actor, *, writing: bool) -> Transaction:
        return Transaction(
            connection,
            actor,
            keys=self._keys,
            machine_now=self._machine_now,
            real_now=self._real_clock.now,
            definitions=self._definitions,
            writing=writing,
        )


def _machine_now() -> datetime:
    return from_ms(time.time_ns() // 1_000_000)


def open_store(settings: Settings, clock: Clock | None = None) -> SqlStore:
    """The store of an installation; connects with its first use, not before."""
    return SqlStore(settings, clock)
