"""Bring a database to this release's schema: alembic, driven from code.

One migrator at a time (advisory lock), with time-outs so that a busy table is
never blocked for long. Old code keeps running on a ``pre`` migration.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

import migrations
from engine.errors import Conflict, Unavailable
from engine.store.database import Database

_LOCK = 0x6D6F74637561  # "motcua"
_PATIENCE = 120


def migrate(url: str) -> tuple[str, ...]:
    """Apply what is pending; the revisions that were applied, oldest first."""
    database = Database(url)
    try:
        with _migrating(database) as connection:
            newer = unknown(connection)
            if newer:
                raise Unavailable(
                    f"The database is at {', '.join(newer)}, newer than this release: "
                    "install the release that migrated it."
                )
            waiting = pending(connection)
            if not database.is_sqlite:
                # alembic opens one transaction per revision, and none may be open before.
                connection.rollback()
            if waiting:
                command.upgrade(_config(connection), "head")
            return waiting
    finally:
        database.dispose()


def migrate_to(url: str, revision: str) -> None:
    """Give a database without schema that of an older release, to load what it saved.

    One that has this very schema is left alone; every other is refused.
    """
    known = {step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision not in known:
        raise Unavailable(
            f"The backup is of schema {revision}, which this release does not know: "
            "install the release that wrote it.",
            code="backup-newer",
        )
    database = Database(url)
    try:
        with _migrating(database) as connection:
            heads = _heads(connection)
            if heads == (revision,):
                return
            if heads:
                raise Conflict(
                    f"The database has schema {', '.join(heads)}, the backup {revision}: "
                    "restore into a database without any.",
                    code="schema-differs",
                )
            if not database.is_sqlite:
                connection.rollback()
            command.upgrade(_config(connection), revision)
    finally:
        database.dispose()


def migrate_empty(url: str) -> bool:
    """Migrate a database that has no schema yet; True when this call did it.

    Of several servers that start at once on an empty database one migrates, the
    others wait for it, a minute at most.
    """
    for _ in range(_PATIENCE):
        if not _is_empty(url):
            return False
        try:
            return bool(migrate(url))
        except Unavailable:
            time.sleep(0.5)
    raise Unavailable("The database stays without a schema: run `motcua init`.")


def pending(connection: Connection) -> tuple[str, ...]:
    """Revisions this release has and the database has not, oldest first."""
    script = ScriptDirectory.from_config(_config())
    known = {step.revision for step in script.walk_revisions()}
    done: set[str] = set()
    for head in _heads(connection):
        if head in known:
            done |= {step.revision for step in script.iterate_revisions(head, "base")}
    steps = reversed(list(script.walk_revisions()))
    return tuple(step.revision for step in steps if step.revision not in done)


def unknown(connection: Connection) -> tuple[str, ...]:
    """Revisions of the database that this release does not have."""
    script = ScriptDirectory.from_config(_config())
    known = {step.revision for step in script.walk_revisions()}
    return tuple(head for head in _heads(connection) if head not in known)


def _is_empty(url: str) -> bool:
    database = Database(url)
    try:
        with database.reading() as connection:
            return not _heads(connection)
    finally:
        database.dispose()


@contextmanager
def _migrating(database: Database) -> Iterator[Connection]:
    if database.is_sqlite:
        with database.writing() as connection:
            yield connection
            connection.commit()
        return
    with database.writing() as connection:
        taken = connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": _LOCK}).scalar()
        connection.commit()
        if not taken:
            raise Unavailable("Another process migrates this database. Please wait and try again.")
        try:
            connection.execute(text("SET lock_timeout = '4s'"))
            connection.execute(text("SET statement_timeout = '300s'"))
            connection.commit()
            yield connection
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": _LOCK})
            connection.commit()
            # The session's time-outs must not reach the next user of the pool.
            connection.invalidate()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    folder = Path(migrations.__file__).parent
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _heads(connection: Connection) -> tuple[str, ...]:
    return tuple(MigrationContext.configure(connection).get_current_heads())
