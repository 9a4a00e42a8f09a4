"""Run a search: at most one statement for the page and one for the total."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.errors import InvalidInput
from engine.ports.views import Page, Query
from engine.store.sqltypes import fits
from engine.store.views.grammar import NounView
from engine.store.views.paging import SortColumn, beyond, cursor_of, order

MAX_LIMIT = 10_000
# Counting further costs more than anybody reads.
COUNTED = 10_000


def search(connection: Connection, view: NounView, actor: Actor, query: Query) -> Page:
    """A page of what the actor may see."""
    _require_sane(query)
    columns = _sort_columns(view, query)
    backwards = query.before is not None
    found = [*view.always, view.visible(actor), *_conditions(view, query)]
    statement = (
        select(*_fields(view), *(one.column for one in columns))
        .select_from(view.source)
        .where(*found)
        .order_by(*order(columns, backwards=backwards))
        .limit(query.limit)
    )
    cursor = query.before if backwards else query.after
    if cursor is not None:
        statement = statement.where(beyond(columns, cursor, backwards=backwards))
    if query.offset:
        statement = statement.offset(query.offset)
    rows = connection.execute(statement).all() if query.limit else []
    if backwards:
        rows = rows[::-1]
    total = query.offset + len(rows)
    if cursor is not None or len(rows) == query.limit or (query.offset and not rows):
        some = select(view.key).select_from(view.source).where(*found).limit(COUNTED + 1)
        total = connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()
    first = len(view.fields)
    return Page(
        items=tuple(_item(view, row) for row in rows),
        total=min(total, COUNTED),
        has_more_total=total > COUNTED,
        start_cursor=cursor_of(columns, rows[0], first) if rows else None,
        end_cursor=cursor_of(columns, rows[-1], first) if rows else None,
    )


def get(
    connection: Connection, view: NounView, actor: Actor, key: Key
) -> Mapping[str, object] | None:
    """One row the actor may see."""
    if not fits(key):
        return None
    statement = (
        select(*_fields(view))
        .select_from(view.source)
        .where(*view.always, view.visible(actor), view.key == key)
    )
    row = connection.execute(statement).first()
    return None if row is None else _item(view, row)


def _conditions(view: NounView, query: Query) -> list[ColumnElement[bool]]:
    found = [view.meaning(query.where)] if query.where else []
    if query.any_of:
        found.append(or_(*(view.meaning(group) for group in query.any_of)))
    return found + [view.holds(condition) for condition in query.variables]


def _fields(view: NounView) -> list[ColumnElement[Any]]:
    return [column.label(f"f_{name}") for name, column in view.fields.items()]


def _item(view: NounView, row: Any) -> Mapping[str, object]:
    return dict(zip(view.fields, row, strict=False))


def _sort_columns(view: NounView, query: Query) -> list[SortColumn]:
    columns = [
        SortColumn(name, view.sortable(name), direction == "desc") for name, direction in query.sort
    ]
    # Equal rows keep one order from page to page.
    last = columns[-1].descending if columns else False
    named = {one.name for one in columns}
    ties = view.sort or ("key",)
    return columns + [
        SortColumn(name, view.sortable(name), last) for name in ties if name not in named
    ]


def _require_sane(query: Query) -> None:
    if not 0 <= query.limit <= MAX_LIMIT:
        raise InvalidInput(f"The page limit must be from 0 to {MAX_LIMIT}.", code="limit")
    if query.offset < 0 or not fits(query.offset):
        raise InvalidInput("The page offset must not be negative.", code="offset")
    asked = [query.after is not None, query.before is not None, query.offset > 0]
    if sum(asked) > 1:
        raise InvalidInput("Give one of after, before and an offset.", code="page")
