"""Persistence: the only importer of SQLAlchemy.

Tables, migrations, the unit of work, appliers that turn events into rows, the
chain of events with its seals, jobs, waits and views; the same code on SQLite
and PostgreSQL.
"""

from engine.store.faults import LostRace, StoreFault, is_retryable
from engine.store.migrate import migrate, migrate_empty
from engine.store.store import SqlStore, open_store

__all__ = [
    "LostRace",
    "SqlStore",
    "StoreFault",
    "is_retryable",
    "migrate",
    "migrate_empty",
    "open_store",
]
