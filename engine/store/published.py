"""Events with what is told of their root: one list of columns for feed, replay and deliveries."""

from __future__ import annotations

from typing import Any

from engine.domain.feed.records import Outline, Published
from engine.domain.records import Visibility
from engine.store.tables import event, process_definition, root

COLUMNS = (
    event.c.root_key,
    event.c.seq,
    event.c.type,
    event.c.at,
    event.c.payload,
    root.c.tenant_id,
    root.c.unit_id,
    root.c.procedure_code,
    root.c.sealed,
    process_definition.c.process_id,
)
SOURCE = event.join(root, root.c.key == event.c.root_key).outerjoin(
    process_definition, process_definition.c.key == root.c.definition_key
)


def visibility_of(row: Any) -> Visibility:
    """The four columns of a row."""
    return Visibility(
        tenant_id=row.tenant_id,
        unit_id=row.unit_id,
        procedure_code=row.procedure_code,
        sealed=row.sealed,
    )


def outline_of(row: Any) -> Outline:
    """What decides who is told."""
    return Outline(
        root_key=row.root_key,
        seq=row.seq,
        type=row.type,
        at=row.at,
        visibility=visibility_of(row),
        process_id=row.process_id,
    )


def published_of(row: Any, position: int = 0) -> Published:
    """The event with its payload."""
    return Published(outline=outline_of(row), payload=row.payload, position=position)
