"""Examine an installation: settings, schema, chains, seals and projections.

Reads in one snapshot and changes nothing. Every trouble names the row as an
operator would look for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import Unavailable
from engine.settings import Settings
from engine.store.audit import definitions, installation, seals
from engine.store.audit.findings import Trouble
from engine.store.audit.history import History
from engine.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What was found, and how much was looked at."""

    troubles: tuple[Trouble, ...]
    roots: int = 0
    events: int = 0

    @property
    def is_healthy(self) -> bool:
        """True without errors; warnings may stand."""
        return not any(trouble.severity == "error" for trouble in self.troubles)


def examine(settings: Settings, *, workers: int = 1, root_key: int | None = None) -> Diagnosis:
    """All examinations; ``root_key`` limits the chains and rows to one root."""
    database = Database(settings.database_url)
    _require_file(database)
    try:
        with database.snapshot() as connection:
            found = list(installation.of_processes(settings, database.is_sqlite, workers))
            found += installation.of_server(connection)
            schema = list(installation.of_schema(connection))
            if schema:
                # The rest would stumble over tables and columns that are not there.
                return Diagnosis(troubles=(*found, *schema))
            found += installation.of_clocks(connection, settings)
            found += installation.of_work(connection)
            history = History(connection, root_key)
            found += history.troubles()
            if root_key is None:
                found += seals.orphans(connection)
                found += seals.broken_seals(connection)
                found += seals.removed_wrongly(connection)
                found += definitions.changed_files(connection)
            found += _of(root_key, seals.lost_heads(connection))
            return Diagnosis(
                troubles=tuple(dict.fromkeys(found)), roots=history.roots, events=history.events
            )
    finally:
        database.dispose()


def _of(root_key: int | None, troubles: Iterator[Trouble]) -> Iterator[Trouble]:
    for trouble in troubles:
        if root_key is None or f"={root_key}," in trouble.place or f"={root_key})" in trouble.place:
            yield trouble


def _require_file(database: Database) -> None:
    path = database.url.database or ""
    if database.is_sqlite and not Path(path).exists():
        raise Unavailable(f"There is no database at {path} yet: run `motcua init` first.")
