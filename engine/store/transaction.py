"""One database transaction as the parts of a unit of work share it.

Row changes wait in memory; a read inside the transaction writes them first,
so it sees what the command did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, select

from engine.domain.actors import Actor
from engine.domain.ids import DefinitionRef, Key
from engine.errors import NotFound
from engine.store.flush import flush
from engine.store.keys import KeyBlocks
from engine.store.rows import Rows
from engine.store.sqltypes import from_ms, to_ms
from engine.store.tables import clock as clock_table
from engine.store.tables import process_definition

PINNED = select(clock_table.c.pinned_at).where(clock_table.c.id == 1)
_DEFINITION = select(
    process_definition.c.key,
    process_definition.c.process_id,
    process_definition.c.version,
    process_definition.c.version_tag,
    process_definition.c.deployment_key,
)
NO_DEFINITION = DefinitionRef(key=0, process_id="", version=0)


class Transaction:
    """Connection, actor, business time, buffered rows and keys of one unit of work."""

    def __init__(
        self,
        connection: Connection,
        actor: Actor,
        *,
        keys: KeyBlocks,
        machine_now: Callable[[], datetime],
        real_now: Callable[[Connection], datetime],
        definitions: dict[Key, DefinitionRef],
        writing: bool,
    ) -> None:
        self.connection = connection
        self.actor = actor
        self.writing = writing
        self.rows = Rows()
        self.created_internal = False
        # Topics to ring after the commit.
        self.rings: set[str] = set()
        # Flushed before any row: rows point to their root.
        self.before_rows: Callable[[], None] = lambda: None
        self._keys = keys
        self._machine_now = machine_now
        self._real_now = real_now
        self._definitions = definitions
        self._now: datetime | None = None

    @property
    def is_sqlite(self) -> bool:
        """True on SQLite, where the whole transaction is one lock."""
        return self.connection.dialect.name == "sqlite"

    @property
    def now(self) -> datetime:
        """Business time, one instant for the whole transaction."""
        if self._now is None:
            self.know_clock(self.connection.execute(PINNED).scalar())
        assert self._now is not None  # noqa: S101 - set the line before
        return self._now

    def know_clock(self, pinned_at: datetime | None) -> None:
        """A statement read the clock's row on its way."""
        if self._now is None:
            self._now = pinned_at or self.machine_now()

    def set_clock(self, at: datetime | None) -> None:
        """The clock's row was changed in this transaction."""
        self._now = at or self.machine_now()

    def machine_now(self) -> datetime:
        """The machine's clock, whole milliseconds."""
        return from_ms(to_ms(self._machine_now()))

    @property
    def real_now(self) -> datetime:
        """The database's real clock."""
        return self._real_now(self.connection)

    def next_key(self) -> Key:
        """A fresh key."""
        self.require_writing()
        return self._keys.next(self.connection)

    def require_writing(self) -> None:
        """A reading transaction that is asked to write is a bug."""
        if not self.writing:
            raise RuntimeError("this unit of work only reads")

    def flush(self) -> None:
        """Write the buffered rows."""
        self.before_rows()
        flush(self.connection, self.rows)

    def read(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Select, after what waits in memory was written."""
        self.flush()
        return self.connection.execute(statement, parameters)

    def write(
        self,
        statement: Executable,
        parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> CursorResult[Any]:
        """Change rows at once, without the buffer."""
        self.require_writing()
        return self.connection.execute(statement, parameters)

    def definition(self, key: Key | None) -> DefinitionRef:
        """A definition's reference; they never change, so the process remembers them."""
        if key is None:
            return NO_DEFINITION
        known = self._definitions.get(key)
        if known is None:
            row = self.connection.execute(
                _DEFINITION.where(process_definition.c.key == key)
            ).one_or_none()
            if row is None:
                raise NotFound(f"There is no process definition with key {key}.")
            known = self._definitions[key] = DefinitionRef(**row._mapping)
        return known
