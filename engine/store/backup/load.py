"""Restore a backup into an installation without data.

Everything is checked before anything is written; all rows are loaded in one
transaction, so a restore that is killed leaves an empty database and is
repeated. A backup of an older release is loaded under its own schema and
migrated then.
"""

from __future__ import annotations

import gzip
import shutil
from itertools import islice
from pathlib import Path

import orjson
from sqlalchemy import Connection, Table, delete, literal, select, update

from engine.errors import Conflict, InvalidInput
from engine.settings import Settings
from engine.store.backup.manifest import BLOBS, Manifest, digest_of
from engine.store.backup.rowfiles import read_rows
from engine.store.backup.save import Tell, stored_tables
from engine.store.database import Database
from engine.store.migrate import migrate, migrate_to
from engine.store.tables import account, deployment, key_block, root

_AT_ONCE = 500
# Keys given after the backup stand in other systems: they are not given again.
_KEYS_SKIPPED = 1 << 20
# Where somebody has worked. What a migration or ``init`` put elsewhere is replaced.
_WORK = (root, account, deployment)


def restore(settings: Settings, folder: Path, tell: Tell = lambda _: None) -> Manifest:
    """Load a backup; refuses a database that holds data."""
    made = Manifest.read(folder)
    made.require_whole(folder)
    blobs = _checked_blobs(folder)
    migrate_to(settings.database_url, made.revision)
    database = Database(settings.database_url)
    try:
        with database.writing() as connection:
            tables = stored_tables(connection)
            _require_fit(connection, tables, made)
            _copy_blobs(folder, blobs, settings.blobs_dir, tell)
            for table in reversed(tables):
                connection.execute(delete(table))
            for table in tables:
                _load(connection, table, folder, tell)
            _skip_keys(connection)
            connection.commit()
    finally:
        database.dispose()
    migrate(settings.database_url)
    return made


def _checked_blobs(folder: Path) -> list[Path]:
    found: list[Path] = []
    with gzip.open(folder / BLOBS, "rb") as listed:
        for line in listed:
            place = Path(orjson.loads(line)[0])
            path = folder / "blobs" / place
            if place.is_absolute() or ".." in place.parts:
                raise InvalidInput("A blob leads out of the backup.", code="backup-damaged")
            if not path.is_file() or digest_of(path) != place.name:
                raise InvalidInput(
                    f"The backup is damaged: the blob {place} is missing or was changed.",
                    code="backup-damaged",
                )
            found.append(place)
    return found


def _require_fit(connection: Connection, tables: list[Table], made: Manifest) -> None:
    there = {table.name for table in tables}
    lost = [each.name for each in made.tables if each.name not in there]
    if lost:
        raise Conflict(
            f"The database has another schema: it lacks {', '.join(lost)}.", code="schema-differs"
        )
    for table in _WORK:
        if connection.execute(select(literal(1)).select_from(table).limit(1)).first() is not None:
            raise Conflict(
                f"The database holds data (in {table.name}): restore into an empty one.",
                code="not-empty",
            )


def _copy_blobs(folder: Path, blobs: list[Path], target: Path, tell: Tell) -> None:
    for place in blobs:
        path = target / place
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.restoring")
        shutil.copyfile(folder / "blobs" / place, beside)
        beside.rename(path)
    tell(f"blobs: {len(blobs)} files")


def _load(connection: Connection, table: Table, folder: Path, tell: Tell) -> None:
    path = folder / "tables" / f"{table.name}.jsonl.gz"
    count = 0
    if path.exists():
        held = read_rows(path)
        while rows := list(islice(held, _AT_ONCE)):
            connection.execute(table.insert(), rows)
            count += len(rows)
    tell(f"{table.name}: {count} rows")


def _skip_keys(connection: Connection) -> None:
    connection.execute(
        update(key_block).values(next_counter=key_block.c.next_counter + _KEYS_SKIPPED)
    )
