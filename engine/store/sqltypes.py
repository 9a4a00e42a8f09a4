"""Column types both databases share: keys, instants, JSON text, and the database's real clock.

Instants are stored as whole milliseconds since 1970 UTC, so they compare and
sort alike everywhere; a naive datetime is refused.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from engine.store import codec

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)

# SQLite keeps a table in key order only when its key column is an INTEGER.
KEY = BigInteger().with_variant(Integer(), "sqlite")
# A path is compared byte by byte, so that a prefix search can use the index.
PATH = Text().with_variant(Text(collation="C"), "postgresql")


def to_ms(at: datetime) -> int:
    """Whole milliseconds since 1970; ``ValueError`` for a naive datetime."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (at - EPOCH) // MILLISECOND


def from_ms(ms: int) -> datetime:
    """The instant, aware, UTC."""
    return EPOCH + timedelta(milliseconds=ms)


class Instant(TypeDecorator[datetime]):
    """An instant to the millisecond, UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Datetime to milliseconds."""
        return None if value is None else to_ms(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """Milliseconds to datetime."""
        return None if value is None else from_ms(value)


class JsonText(TypeDecorator[object]):
    """A JSON value as canonical text; decimals stay decimals."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> str | None:
        """Value to canonical text."""
        return None if value is None else codec.dumps(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> object:
        """Text to value."""
        return None if value is None else codec.loads(value)


class RealNow(ColumnElement[datetime]):
    """The database's real clock, as an ``Instant``; moves inside a transaction."""

    inherit_cache = True
    type = Instant()


@compiles(RealNow, "postgresql")
def _postgresql_now(_element: RealNow, _compiler: SQLCompiler, **_kw: Any) -> str:
    return "(extract(epoch from clock_timestamp()) * 1000)::bigint"


@compiles(RealNow, "sqlite")
def _sqlite_now(_element: RealNow, _compiler: SQLCompiler, **_kw: Any) -> str:
    return "cast((julianday('now') - 2440587.5) * 86400000.0 + 0.5 as integer)"


def fits(key: int) -> bool:
    """False for a number no key column can hold: nothing has such a key."""
    return -(2**63) <= key < 2**63
