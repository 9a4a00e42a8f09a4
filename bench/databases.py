"""What a database says of itself: version, durability settings, size, bytes of process state."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

import psycopg

_PG_SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_level")
_STATE = "SELECT count(*), coalesce(avg(length(snapshot)), 0) FROM root WHERE snapshot IS NOT NULL"


def durability(url: str) -> Mapping[str, object]:
    """The settings that decide whether an acknowledged write survives a power cut."""
    if url.startswith("sqlite"):
        # synchronous belongs to a connection: the server sets it in engine/store/database.py.
        mode = _sqlite(url, "PRAGMA journal_mode")[0]
        return {"version": sqlite3.sqlite_version, "journal_mode": mode, "synchronous": "FULL"}
    return {name: _postgres(url, f"SHOW {name}")[0] for name in _PG_SETTINGS}


def size(url: str) -> int:
    """Bytes of the whole database."""
    if url.startswith("sqlite"):
        pages, page = _sqlite(url, "PRAGMA page_count")[0], _sqlite(url, "PRAGMA page_size")[0]
        return int(pages) * int(page)
    return int(_postgres(url, "SELECT pg_database_size(current_database())")[0])


def snapshots(url: str) -> tuple[int, float]:
    """How many running instances there are, and the mean bytes of their control state."""
    count, mean = _sqlite(url, _STATE) if url.startswith("sqlite") else _postgres(url, _STATE)
    return int(count), float(mean)


def _sqlite(url: str, statement: str) -> tuple[Any, ...]:
    # As in SQLAlchemy's URLs: three slashes and a relative path, or four and an absolute one.
    file = url.removeprefix("sqlite:///")
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        row: tuple[Any, ...] = connection.execute(statement).fetchone()
        return row
    finally:
        connection.close()


def _postgres(url: str, statement: str) -> tuple[Any, ...]:
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as connection:
        row = connection.execute(statement.encode()).fetchone()
        assert row is not None
        return row
