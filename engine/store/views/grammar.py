"""The search grammar in SQL: which fields a noun has, and what a condition means.

An unknown field, an operator that makes no sense for it, or a value of another
type is ``InvalidInput`` and names the field.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Text,
    and_,
    false,
    not_,
    or_,
    select,
    type_coerce,
)

from engine.domain.actors import Actor
from engine.errors import Fault, InvalidInput
from engine.ports.views import Condition, VariableCondition
from engine.store import codec
from engine.store.sqltypes import Instant, JsonText, fits
from engine.store.tables import variable

_NEGATIVE = {"neq": "eq", "notIn": "in"}
_ORDER: Mapping[str, Callable[[Any, Any], Any]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
_TEXT_ONLY = frozenset({"eq", "neq", "exists", "in", "notIn", "like"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Fields of rows that belong to the row searched: all conditions meet in one of them."""

    table: FromClause
    link: ColumnElement[bool]
    fields: Mapping[str, ColumnElement[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NounView:
    """One noun: where its rows come from, its fields, and who sees which rows."""

    source: FromClause
    fields: Mapping[str, ColumnElement[Any]]
    visible: Callable[[Actor], ColumnElement[bool]]
    key: ColumnElement[Any]
    filters: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    always: tuple[ColumnElement[bool], ...] = ()
    instance_scope: ColumnElement[Any] | None = None
    local_scope: ColumnElement[Any] | None = None
    sort: tuple[str, ...] = ()
    # Fields made of several columns: equality is asked of the columns, so that an index serves.
    lookups: Mapping[str, Callable[[str], ColumnElement[bool]]] = field(default_factory=dict)

    def sortable(self, name: str) -> ColumnElement[Any]:
        """The column to sort by."""
        column = self.fields.get(name, self.filters.get(name))
        if column is None:
            raise _unknown(name, "sorted by")
        return column

    def meaning(self, conditions: Sequence[Condition]) -> ColumnElement[bool]:
        """All conditions hold."""
        own = [self._own(condition) for condition in conditions if self._is_own(condition)]
        for related in self.related:
            mine = [c for c in conditions if not self._is_own(c) and c.field in related.fields]
            own += _meet(related, mine)
        known = set(self.fields) | set(self.filters)
        known.update(*(related.fields for related in self.related))
        for condition in conditions:
            if condition.field not in known:
                raise _unknown(condition.field, "searched by")
        return and_(*own) if own else and_(True)

    def holds(self, condition: VariableCondition) -> ColumnElement[bool]:
        """The row's scope has such a variable."""
        scope = self.local_scope if condition.local else self.instance_scope
        if scope is None:
            raise InvalidInput("These rows cannot be searched by variables.")
        if condition.op not in _TEXT_ONLY:
            raise _wrong(condition.name, "variables are compared as JSON text: no order")
        has = select(1).where(variable.c.scope_key == scope, variable.c.name == condition.name)
        if condition.op == "exists":
            return has.exists() if condition.value else ~has.exists()
        asked = Condition(field=condition.name, op=condition.op, value=condition.value)
        return has.where(compare(variable.c.value, asked)).exists()

    def _is_own(self, condition: Condition) -> bool:
        return condition.field in self.fields or condition.field in self.filters

    def _own(self, condition: Condition) -> ColumnElement[bool]:
        lookup = self.lookups.get(condition.field)
        if lookup is not None and condition.op in ("eq", "in"):
            wanted = [condition.value] if condition.op == "eq" else condition.value
            names = [
                _typed(self.fields[condition.field], condition.field, one)
                for one in _several(condition.field, wanted)
            ]
            return or_(false(), *(lookup(str(name)) for name in names))
        column = self.filters.get(condition.field)
        return compare(self.fields[condition.field] if column is None else column, condition)


def compare(column: ColumnElement[Any], condition: Condition) -> ColumnElement[bool]:
    """One condition on one column; a missing value is unlike every value."""
    op, value, name = condition.op, condition.value, condition.field
    if op == "exists":
        return column.is_not(None) if value else column.is_(None)
    if isinstance(column.type, JsonText):
        return _has_member(column, condition)
    if op in ("in", "notIn"):
        values = [_typed(column, name, one) for one in _several(name, value)]
        hit = column.in_(values) if values else false()
        return hit if op == "in" else or_(not_(hit), column.is_(None))
    if op == "like":
        return _like(column, name, value)
    typed = _typed(column, name, value)
    if op == "eq":
        return column == typed
    if op == "neq":
        return or_(column != typed, column.is_(None))
    return _ordered(column, op, typed)


def _ordered(column: ColumnElement[Any], op: str, value: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = _ORDER[op](column, value)
    return found


def _like(column: ColumnElement[Any], name: str, value: object) -> ColumnElement[bool]:
    if not isinstance(column.type, Text) or not isinstance(value, str):
        raise _wrong(name, "like needs a text field and a pattern with * and ?")
    pattern = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = pattern.replace("*", "%").replace("?", "_")
    return column.like(_text(name, pattern), escape="\\")


def _has_member(column: ColumnElement[Any], condition: Condition) -> ColumnElement[bool]:
    """A list column: one member equals the value."""
    name, value = condition.field, condition.value
    if condition.op not in ("eq", "neq") or not isinstance(value, str):
        raise _wrong(name, "a list is searched for one member: eq or neq with a text")
    written = codec.dumps(_text(name, value))
    has = type_coerce(column, Text()).contains(written, autoescape=True)
    return has if condition.op == "eq" else or_(not_(has), column.is_(None))


def _meet(related: Related, conditions: Sequence[Condition]) -> list[ColumnElement[bool]]:
    """One related row meets all positive conditions; for each negative one, none does."""
    found: list[ColumnElement[bool]] = []
    positive: list[ColumnElement[bool]] = []
    for asked in conditions:
        column = related.fields[asked.field]
        rows = select(1).select_from(related.table).where(related.link)
        if asked.op == "exists":
            one = rows.where(column.is_not(None)).exists()
            found.append(one if asked.value else ~one)
        elif asked.op in _NEGATIVE:
            turned = Condition(field=asked.field, op=_NEGATIVE[asked.op], value=asked.value)  # type: ignore[arg-type]  # both are operators
            found.append(~rows.where(compare(column, turned)).exists())
        else:
            positive.append(compare(column, asked))
    if positive:
        rows = select(1).select_from(related.table).where(related.link, *positive)
        found.append(rows.exists())
    return found


def _typed(column: ColumnElement[Any], name: str, value: object) -> object:
    kind = column.type
    if isinstance(kind, Instant):
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise _wrong(name, "an instant with a time zone is needed")
        return value
    if isinstance(kind, Boolean):
        if not isinstance(value, bool):
            raise _wrong(name, "true or false is needed")
        return value
    if isinstance(kind, BigInteger | Integer):
        if isinstance(value, bool) or not isinstance(value, int) or not fits(value):
            raise _wrong(name, "a whole number of at most 64 bits is needed")
        return value
    if not isinstance(value, str):
        raise _wrong(name, "a text is needed")
    return _text(name, value)


def _text(name: str, value: str) -> str:
    if "\0" in value:
        raise _wrong(name, "a text cannot contain the character U+0000")
    return value


def _several(name: str, value: object) -> Sequence[object]:
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    raise _wrong(name, "in and notIn need a list")


def _unknown(name: str, how: str) -> InvalidInput:
    sentence = f"There is no field {name!r} that can be {how}."
    fault = Fault(pointer=f"/{name}", code="field-unknown", sentence=sentence)
    return InvalidInput(sentence, [fault], code="field-unknown")


def _wrong(name: str, why: str) -> InvalidInput:
    sentence = f"The condition on {name!r} cannot be used: {why}."
    return InvalidInput(sentence, [Fault(pointer=f"/{name}", code="condition", sentence=sentence)])
