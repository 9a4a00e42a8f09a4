"""Write a backup: all rows of one moment, then the blobs they may name.

A blob is stored before its row and swept a day later, so the folder holds every
blob of the moment. The folder gets its name when it is whole: what a killed
backup leaves is called ``.partial`` and is replaced by the next one.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import orjson
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, select

from engine.errors import Conflict, InvalidInput
from engine.settings import Settings
from engine.store.backup.manifest import BLOBS, Manifest, TableFile, digest_of
from engine.store.backup.rowfiles import write_rows
from engine.store.database import Database

# Browser sessions and refused log-ins are nobody's business in another installation.
LEFT_OUT = frozenset({"alembic_version", "session", "login_failure"})
_BLOB = re.compile(r"[0-9a-f]{64}")
Tell = Callable[[str], None]


def backup(settings: Settings, folder: Path, tell: Tell = lambda _: None) -> Manifest:
    """Write the installation into a folder that does not exist yet."""
    if folder.exists():
        raise Conflict(f"{folder} exists already: name another folder.", code="backup-exists")
    partial = folder.with_name(f"{folder.name}.partial")
    if partial.exists():
        shutil.rmtree(partial)
    (partial / "tables").mkdir(parents=True)
    database = Database(settings.database_url)
    try:
        with database.snapshot() as connection:
            revision = _revision(connection)
            tables = tuple(_save_tables(connection, partial, tell))
        made = Manifest(
            revision=revision,
            database=database.url.get_backend_name(),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            tables=tables,
        )
    finally:
        database.dispose()
    made = _with_blobs(made, settings.blobs_dir, partial, tell)
    made.write(partial)
    partial.rename(folder)
    return made


def stored_tables(connection: Connection) -> list[Table]:
    """The tables as the database has them, parents before children."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in LEFT_OUT]


def _revision(connection: Connection) -> str:
    heads = MigrationContext.configure(connection).get_current_heads()
    if len(heads) != 1:
        raise InvalidInput("There is no installation in this database.", code="not-migrated")
    return heads[0]


def _save_tables(connection: Connection, folder: Path, tell: Tell) -> Iterator[TableFile]:
    for table in stored_tables(connection):
        path = folder / "tables" / f"{table.name}.jsonl.gz"
        rows = connection.execution_options(yield_per=500).execute(
            select(table).order_by(*table.primary_key)
        )
        count = write_rows(path, [column.name for column in table.columns], rows)
        tell(f"{table.name}: {count} rows")
        yield TableFile(name=table.name, rows=count, sha256=digest_of(path))


def _with_blobs(made: Manifest, source: Path, folder: Path, tell: Tell) -> Manifest:
    count = size = 0
    with gzip.open(folder / BLOBS, "wb") as listed:
        for path in sorted(source.rglob("*")) if source.exists() else ():
            if not (path.is_file() and _BLOB.fullmatch(path.name)):
                continue
            place = path.relative_to(source)
            target = folder / "blobs" / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            if digest_of(target) != path.name:
                raise Conflict(f"The blob {place} was changed on the disk.", code="blob-damaged")
            listed.write(orjson.dumps([str(place), path.stat().st_size]) + b"\n")
            count, size = count + 1, size + path.stat().st_size
    tell(f"blobs: {count} files")
    return Manifest(
        revision=made.revision,
        database=made.database,
        made_at=made.made_at,
        tables=made.tables,
        blobs=count,
        blob_bytes=size,
        blobs_sha256=digest_of(folder / BLOBS),
    )
