"""Driver errors become ours: a lost race may be tried again, the rest says no value.

A driver's text can quote row contents, so it never leaves this module.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from engine.errors import MotcuaError, Unavailable

# serialization_failure, deadlock_detected, lock_not_available
_LOST = frozenset({"40001", "40P01", "55P03"})
# undefined_table, undefined_column
_NO_SCHEMA = frozenset({"42P01", "42703"})
# SQLITE_BUSY and SQLITE_LOCKED; extended codes carry them in the low byte
_BUSY = frozenset({5, 6})


class LostRace(Unavailable):
    """Another transaction was faster, or held a lock too long; the same command may be repeated."""

    code = "lost-race"


class StoreFault(MotcuaError):
    """The database refused a statement: our bug or a damaged database."""

    code = "store-fault"


def is_retryable(error: BaseException) -> bool:
    """True when ``dispatch`` may run the command again in a new transaction."""
    return isinstance(error, LostRace)


def translate(error: DBAPIError) -> MotcuaError:
    """Our error for a driver's; only codes and constraint names are told."""
    cause: Any = error.orig
    state = getattr(cause, "sqlstate", None)
    busy = isinstance(cause, sqlite3.Error) and (cause.sqlite_errorcode & 0xFF) in _BUSY
    if state in _LOST or busy:
        return LostRace("Others are writing the same rows. Please repeat the call.")
    if state in _NO_SCHEMA or _lacks_schema(cause):
        return Unavailable(
            "The database has no tables of this release yet: run `motcua init` or `motcua serve`.",
            code="not-migrated",
        )
    gone = state is None or state.startswith(("08", "57P", "53"))
    if error.connection_invalidated or (
        isinstance(error, OperationalError | InterfaceError) and gone and not _is_sqlite(cause)
    ):
        return Unavailable("The database cannot be reached. Please try again in a moment.")
    return StoreFault(f"{type(cause).__name__} {_code(cause)}".strip())


@contextmanager
def translated() -> Iterator[None]:
    """Run statements; driver errors leave as ours, without their text."""
    try:
        yield
    except DBAPIError as error:
        raise translate(error) from None
    except PoolTimeout:
        raise Unavailable("All database connections are busy. Please try again.") from None


def _lacks_schema(cause: object) -> bool:
    # SQLite has one code for all mistakes in a statement; its words tell them apart.
    return _is_sqlite(cause) and str(cause).startswith(("no such table", "no such column"))


def _is_sqlite(cause: object) -> bool:
    return isinstance(cause, sqlite3.Error)


def _code(cause: Any) -> str:
    if isinstance(cause, sqlite3.Error):
        return str(getattr(cause, "sqlite_errorname", ""))
    diagnosis = getattr(cause, "diag", None)
    parts = (
        getattr(cause, "sqlstate", None),
        getattr(diagnosis, "table_name", None),
        getattr(diagnosis, "constraint_name", None),
    )
    return " ".join(part for part in parts if part)
