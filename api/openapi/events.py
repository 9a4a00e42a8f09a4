"""docs/events.md: every event type with the members of its data, and their schemas beside it."""

from __future__ import annotations

from typing import Any

import orjson

from engine.domain.feed.catalogue import kinds, members, schema_of

PAGE = "docs/events.md"
SCHEMAS = "docs/events.schema.json"
_HEAD = """# Event types

Written by `python -m api.openapi` from the classes in `engine/domain/events`;
[webhooks and feed](webhooks.md) tell how events arrive. `data` has the members below (`?` = may be
absent); keys are strings of digits. JSON Schemas (2020-12):
[events.schema.json](events.schema.json), served at `/api/events/schemas/{type}`.

Within a version members are only added. A change of meaning is a new type (`…v2`), published beside
the old one for at least one release. No member ever holds a value a person gave: names, ids and
states only.

| type | data |
|---|---|
"""


def events_page() -> str:
    """The page as it is committed."""
    lines = [
        f"| `{wire}` | {', '.join(_shown(member) for member in members(wire)) or '-'} |"
        for wire in kinds()
    ]
    return _HEAD + "\n".join(lines) + "\n"


def events_schemas() -> str:
    """All schemas in one document, by type."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {wire: schema_of(wire) for wire in kinds()},
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def _shown(member: Any) -> str:
    kind = member.schema.get("format") or member.schema.get("type", "any")
    name = "key" if member.is_key else kind
    return f"`{member.wire}{'?' if member.optional else ''}` {name}"
