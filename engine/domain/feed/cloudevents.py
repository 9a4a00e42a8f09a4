"""CloudEvents 1.0 in JSON: the body of the feed and of every webhook.

``type`` carries the schema's version; ``subject`` and ``sequence`` order the
events of one root. Who acted is not told: receivers need no names of clerks.
"""

from __future__ import annotations

from typing import Any, Final

import orjson

from engine.domain.feed.catalogue import members
from engine.domain.feed.records import Published, message_id

SCHEMAS: Final = "/api/events/schemas/"
MEDIA_TYPE: Final = "application/cloudevents+json"


def source_of(installation: int) -> str:
    """Who speaks: the same for all events of an installation, for ever."""
    return f"urn:motcua:{installation}"


def cloud_event(published: Published, installation: int) -> dict[str, Any]:
    """The event as a CloudEvents object; optional attributes without a value are left out."""
    outline, seen_by = published.outline, published.outline.visibility
    root_key = str(outline.root_key)
    body: dict[str, Any] = {
        "specversion": "1.0",
        "id": message_id(outline.root_key, outline.seq),
        "source": source_of(installation),
        "type": outline.type,
        "subject": root_key,
        "time": outline.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataschema": SCHEMAS + outline.type,
        "sequence": f"{outline.seq:010d}",
        "unit": seen_by.unit_id,
        "procedure": seen_by.procedure_code,
        "process": outline.process_id,
        "data": data_of(outline.type, published.payload),
    }
    return {name: value for name, value in body.items() if value not in (None, "")}


def data_of(wire: str, payload: str) -> dict[str, Any]:
    """The payload under its public names, keys as strings."""
    held: dict[str, Any] = orjson.loads(payload)
    return {
        member.wire: _keys(held[member.name]) if member.is_key else held[member.name]
        for member in members(wire)
        if member.name in held
    }


def _keys(value: Any) -> Any:
    return [str(each) for each in value] if isinstance(value, list) else str(value)
