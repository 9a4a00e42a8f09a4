"""Accounts as ``/v2`` users."""

from __future__ import annotations

from api.schemas.columns import Column, Table
from api.schemas.fields import Flag, Items, Text
from api.schemas.search import item_schema, page_schema, search_schema

USER = Table(
    noun="account",
    name="User",
    columns=(
        Column(wire="username", row="name"),
        Column(wire="name", row="display_name", nullable=True),
        Column(wire="email", row="email", nullable=True, found=False, sorted=False),
    ),
)

User = item_schema(
    USER,
    {
        "roles": Items(Text(), doc="Extension."),
        "groups": Items(Text(), doc="Extension: role@agency."),
        "unitId": Text(doc="Extension: path in the tree of units."),
        "disabled": Flag(doc="Extension."),
    },
)
UserPage = page_schema("User", User)
UserSearch = search_schema(USER)
