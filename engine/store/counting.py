"""Count the statements a store sends: for tests and for figures per operation.

BEGIN, COMMIT and ROLLBACK do not count: each transaction has one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from engine.store.store import SqlStore


@contextmanager
def counted_statements(store: SqlStore) -> Iterator[list[str]]:
    """The statements sent while the block runs, by any thread of this process."""
    engine = store.database.engine
    seen: list[str] = []

    def note(
        _connection: Any,
        _cursor: Any,
        statement: str,
        _parameters: Any,
        _context: Any,
        _many: bool,
    ) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
