"""Settings and the database server: what would make the engine lose work or run wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Connection, func, select, text

from engine.settings import Settings
from engine.store.audit.findings import Trouble, row
from engine.store.migrate import pending, unknown
from engine.store.sqltypes import RealNow, from_ms
from engine.store.tables import clock, job, root

OLDEST_POSTGRESQL = 150000
UNSEALED = timedelta(minutes=10)
CLOCKS_APART = timedelta(seconds=5)


def of_schema(connection: Connection) -> Iterator[Trouble]:
    """Migrations that wait, or a database newer than this release."""
    newer = unknown(connection)
    if newer:
        sentence = (
            f"is at {', '.join(newer)}, which this release does not know: install a newer one"
        )
        yield Trouble(place="schema", sentence=sentence)
        return
    waiting = pending(connection)
    if waiting:
        sentence = f"lacks {', '.join(waiting)}: run `motcua init` or start `motcua serve`"
        yield Trouble(place="schema", sentence=sentence)


def of_processes(settings: Settings, is_sqlite: bool, workers: int) -> Iterator[Trouble]:
    """SQLite belongs to one process."""
    if is_sqlite and workers > 1:
        yield Trouble(
            place="workers",
            sentence=f"are {workers}, but an SQLite file belongs to one process: "
            "use 1 worker, or PostgreSQL",
        )
    if settings.demo:
        yield Trouble(
            place="MOTCUA_DEMO",
            sentence="is on: accounts with known passwords exist",
            severity="warning",
        )


def of_server(connection: Connection) -> Iterator[Trouble]:
    """Versions and durability."""
    if connection.dialect.name == "sqlite":
        result = connection.execute(text("PRAGMA quick_check(1)")).scalar()
        if result != "ok":
            yield Trouble(place="sqlite", sentence="has a damaged file: restore a backup")
        mode = connection.execute(text("PRAGMA journal_mode")).scalar()
        if str(mode).lower() != "wal":
            sentence = f"has journal mode {mode} instead of wal: is the file on a network share?"
            yield Trouble(place="sqlite", sentence=sentence)
        return
    shown = {name: connection.execute(text(f"SHOW {name}")).scalar_one() for name in _SHOWN}
    if int(shown["server_version_num"]) < OLDEST_POSTGRESQL:
        yield Trouble(place="postgresql", sentence="is older than 15: upgrade it")
    if shown["server_encoding"] != "UTF8":
        sentence = f"has encoding {shown['server_encoding']}: create the database with UTF8"
        yield Trouble(place="postgresql", sentence=sentence)
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if shown[name] == "off":
            sentence = f"has {name} off: a crash can lose what was acknowledged"
            yield Trouble(place="postgresql", sentence=sentence, severity="warning")


def of_clocks(connection: Connection, settings: Settings) -> Iterator[Trouble]:
    """Machine and database agree; business time runs."""
    theirs = connection.execute(select(RealNow())).scalar_one()
    apart = abs(from_ms(time.time_ns() // 1_000_000) - theirs)
    if apart > CLOCKS_APART:
        sentence = f"differs from the database's clock by {apart.total_seconds():.0f} s"
        yield Trouble(place="clock", sentence=f"of this machine {sentence}")
    pinned = connection.execute(select(clock.c.pinned_at)).scalar()
    if pinned is not None and not (settings.demo or settings.test):
        yield Trouble(
            place="clock", sentence=f"is pinned at {pinned.isoformat()}: no timer fires in time"
        )


def of_work(connection: Connection) -> Iterator[Trouble]:
    """Our own jobs that gave up, heads nobody seals."""
    given_up = select(job.c.key, job.c.type, job.c.error_message).where(
        job.c.kind == "INTERNAL", job.c.open, job.c.retries <= 0
    )
    for held in connection.execute(given_up):
        yield Trouble(
            place=row("job", key=held.key),
            sentence=f"of type {held.type} was given up after {held.error_message}",
        )
    old = from_ms(time.time_ns() // 1_000_000) - UNSEALED
    waiting = select(func.count()).where(
        root.c.sealed_seq == 0, root.c.seq > 0, root.c.created_at < old
    )
    count = connection.execute(waiting).scalar_one()
    if count:
        yield Trouble(
            place="seal",
            sentence=f"is missing for {count} roots older than 10 minutes: does the worker run?",
            severity="warning",
        )


_SHOWN = ("server_version_num", "server_encoding", "fsync", "full_page_writes",
          "synchronous_commit")  # fmt: skip
