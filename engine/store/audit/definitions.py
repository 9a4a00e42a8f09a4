"""Deployed files and versions: every content under its own hash, every version with its file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, and_, exists, select

from engine.store.audit.findings import Trouble, row
from engine.store.audit.raw import as_bytes
from engine.store.tables import (
    deployment_resource,
    form_definition,
    process_definition,
    resource,
)


def changed_files(connection: Connection) -> Iterator[Trouble]:
    """Contents that do not match their hash, versions that point to a foreign file."""
    statement = select(resource.c.sha256, resource.c.content).order_by(resource.c.sha256)
    for held in connection.execution_options(yield_per=100).execute(statement):
        if hashlib.sha256(as_bytes(held.content)).hexdigest() != held.sha256:
            place = row("resource", sha256=held.sha256)
            yield Trouble(place=place, sentence="was changed: its content has another hash")
    for table in (process_definition, form_definition):
        deployed = exists(
            select(1).where(
                and_(
                    deployment_resource.c.deployment_key == table.c.deployment_key,
                    deployment_resource.c.name == table.c.resource_name,
                    deployment_resource.c.sha256 == table.c.sha256,
                )
            )
        )
        for key in connection.execute(select(table.c.key).where(~deployed)).scalars():
            place = row(table.name, key=key)
            yield Trouble(place=place, sentence="was changed: its deployment has no such file")
