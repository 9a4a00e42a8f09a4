"""Search bodies and their answers, made from a noun's table."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields

from api.schemas.columns import Table
from api.schemas.fields import Flag, Items, Text, Whole
from api.schemas.filters import text_filter

SchemaClass = type[Schema]
DEFAULT_LIMIT = 100
MAX_LIMIT = 10_000


class Request(Schema):
    """Root of bodies: a name we do not know is refused, not ignored."""

    null_means: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        unknown = RAISE


class Answer(Schema):
    """Root of answers; more members may come."""


def request(
    name: str, members: dict[str, Any], *, null_means: frozenset[str] = frozenset()
) -> SchemaClass:
    """A body with these members.

    Clients in Java write null for what they leave out, so every optional member
    may be null and is then absent, but for the members where null means something.
    """
    for member in members.values():
        member.allow_none = member.allow_none or not member.required
    made = Request.from_dict(members, name=name)
    made.null_means = null_means  # type: ignore[attr-defined] # of our own root
    return made


def answer(name: str, members: dict[str, Any]) -> SchemaClass:
    """An answer with these members."""
    return Answer.from_dict(members, name=name)


PageRequest = request(
    "PageRequest",
    {
        "from": Whole(least=0, doc="Index of the first item; not together with a cursor."),
        "limit": Whole(least=0, most=MAX_LIMIT, doc=f"Most items to answer ({DEFAULT_LIMIT})."),
        "after": Text(least=1, most=1000, doc="endCursor of the page before."),
        "before": Text(least=1, most=1000, doc="startCursor of the page after."),
    },
)

PageAnswer = answer(
    "Page",
    {
        "totalItems": Whole(least=0, most=2**63 - 1, required=True),
        "hasMoreTotalItems": Flag(required=True),
        "startCursor": Text(required=True, nullable=True),
        "endCursor": Text(required=True, nullable=True),
    },
)

VariableFilter = request(
    "VariableValueFilter",
    {
        "name": Text(least=1, most=1000, required=True),
        "value": text_filter(required=True, doc="Compared with the value's JSON text."),
    },
)


def filter_schema(table: Table, more: dict[str, Any] | None = None) -> SchemaClass:
    """The noun's filter; every condition must hold, ``$or`` wants one of its groups."""
    members = {column.wire: column.filter_field() for column in table.columns if column.found} | (
        more or {}
    )
    group = request(f"{table.name}FilterGroup", members)
    return request(f"{table.name}Filter", members | {"$or": Items(fields.Nested(group), most=20)})


def sort_field(table: Table) -> Items:
    """How the noun's rows may be sorted."""
    names = tuple(column.wire for column in table.columns if column.sorted)
    members = {"field": Text(values=names, required=True), "order": Text(values=("ASC", "DESC"))}
    return Items(fields.Nested(request(f"{table.name}Sort", members)), most=10)


def search_schema(
    table: Table, filters: dict[str, Any] | None = None, more: dict[str, Any] | None = None
) -> SchemaClass:
    """The body of the noun's search."""
    members: dict[str, Any] = {
        "filter": fields.Nested(filter_schema(table, filters)),
        "sort": sort_field(table),
        "page": fields.Nested(PageRequest),
    }
    return request(f"{table.name}Search", members | (more or {}))


def filter_of(search: SchemaClass) -> SchemaClass:
    """The filter of a search body, for another body that filters alike."""
    nested: fields.Nested = search().fields["filter"]  # type: ignore[assignment] # search_schema made it
    return type(nested.schema)


def item_schema(table: Table, more: dict[str, Any] | None = None) -> SchemaClass:
    """One row as the wire shows it."""
    members = {column.wire: column.answer_field() for column in table.columns if column.shown}
    return answer(table.name, members | (more or {}))


def page_schema(name: str, item: SchemaClass) -> SchemaClass:
    """A page of such rows."""
    return answer(
        f"{name}Page",
        {
            "items": Items(fields.Nested(item), required=True),
            "page": fields.Nested(PageAnswer, required=True),
        },
    )
