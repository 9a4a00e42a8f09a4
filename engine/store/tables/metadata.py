"""One MetaData for all tables, and the columns several of them share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, MetaData, Text

from engine.store.sqltypes import KEY, PATH, Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

VISIBILITY = ("tenant_id", "unit_id", "procedure_code", "sealed")


def visibility() -> list[Column[Any]]:
    """Who may see the row (design 14.7); copied from the root's row."""
    return [
        Column("tenant_id", Text, nullable=False),
        Column("unit_id", PATH, nullable=False),
        Column("procedure_code", Text),
        Column("sealed", Boolean, nullable=False),
    ]


def key(name: str = "key", *args: Any, **kwargs: Any) -> Column[int]:
    """A column that holds a key."""
    kwargs.setdefault("nullable", False)
    return Column(name, KEY, *args, **kwargs)


def primary_key(name: str = "key") -> Column[int]:
    """The row's own key, given by us and never by the database."""
    return Column(name, KEY, primary_key=True, autoincrement=False)


def instant(name: str, *, nullable: bool = True) -> Column[Any]:
    """A column that holds an instant."""
    return Column(name, Instant, nullable=nullable)


def text(name: str, *, nullable: bool = False) -> Column[str]:
    """A text column; present unless said otherwise."""
    return Column(name, Text, nullable=nullable)
