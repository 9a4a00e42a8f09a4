"""Keys in blocks of 1,000 (design 14.5): installation << 51 | counter.

A block is taken in a transaction of its own. SQLite has one writer, so inside
a write transaction the block comes from that transaction and is dropped when
it rolls back.
"""

from __future__ import annotations

import os
import threading

from sqlalchemy import Connection, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.ids import Key
from engine.errors import InvalidInput
from engine.store.database import Database
from engine.store.tables import key_block

BLOCK = 1000
SHIFT = 51
INSTALLATIONS = range(1, 4096)


class KeyBlocks:
    """The keys one process may give out."""

    def __init__(self, database: Database, installation: int) -> None:
        if installation not in INSTALLATIONS:
            raise InvalidInput(
                f"The installation number is {installation}; it must be from 1 to 4095 "
                "(MOTCUA_INSTALLATION)."
            )
        self._database = database
        self._installation = installation
        self._lock = threading.Lock()
        self._next = self._end = 0
        self._pid = 0
        self._unsure = False

    def next(self, writer: Connection) -> Key:
        """A key nobody else gets; ``writer`` is the caller's write transaction."""
        with self._lock:
            if self._pid != os.getpid():
                self._next = self._end = 0
                self._pid = os.getpid()
            if self._next == self._end:
                self._refill(writer)
            key = self._next
            self._next += 1
            return self._installation << SHIFT | key

    def settle(self, *, committed: bool) -> None:
        """SQLite: the transaction that may have taken a block has ended."""
        if self._unsure:
            with self._lock:
                self._unsure = False
                if not committed:
                    self._next = self._end

    def _refill(self, writer: Connection) -> None:
        if self._database.is_sqlite:
            self._unsure = True
            first = self._take(writer)
        else:
            with self._database.apart() as connection:
                first = self._take(connection)
                connection.commit()
        self._next, self._end = first, first + BLOCK

    def _take(self, connection: Connection) -> int:
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        row = {"installation": self._installation, "next_counter": 1}
        statement = (
            update(key_block)
            .where(key_block.c.installation == self._installation)
            .values(next_counter=key_block.c.next_counter + BLOCK)
            .returning(key_block.c.next_counter - BLOCK)
        )
        first = connection.execute(statement).scalar()
        if first is None:
            connection.execute(insert(key_block).on_conflict_do_nothing(), row)
            first = connection.execute(statement).scalar_one()
        return int(first)
